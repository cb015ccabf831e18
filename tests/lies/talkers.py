"""Somebody who sends encrypted frames that say when they were made, and opens what comes with the keys that they have."""

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from struct import pack, unpack

from server.media.engine import Audience, Kind
from server.media.relay.relay import Relay
from tests.bots.keys.frames import kid, split
from tests.bots.keys.octets import Bad
from tests.bots.keys.sframe import Key
from tests.bots.peer import Peer, rtp
from tests.bots.rogue import OPUS, STEP, Rogue
from tests.hourglass import Hourglass

INTER = b"\x01\0\0"
"""how a VP8 frame begins that is no key frame: these bytes are sent in the clear"""


class Helpful(Relay):
    """A relay that forwards everything to everybody, and lets go of nobody who was removed."""

    async def gate(self, circle: str, seat: str, kind: Kind, audience: Audience) -> None:
        await super().gate(circle, seat, kind, "all")

    async def drop(self, circle: str, seat: str) -> None:
        """They go on receiving."""


class Talker(Rogue):
    def __init__(self, link: str, name: str, time: Hourglass) -> None:
        super().__init__(link, name)
        self.time = time

    def _packet(self, ssrc: int, payload_type: int, on: Peer) -> None:
        """With a frame of one packet; none without keys."""
        kind = "audio" if payload_type == OPUS else "video"
        frame = INTER + pack("!d", self.time.now()) + secrets.token_bytes(60)
        sealed = self.keyed.sealing.seal(kind, frame)
        if sealed is not None:
            self.sent += 1
            on.send_rtp(rtp(ssrc, payload_type, self.sent, sealed, timestamp=STEP * self.sent))

    def opens(self, packets: Iterable[tuple[str, bytes]]) -> list[float]:
        """Those frames that can be opened with any key that one ever had, by a client that keeps no rule: when they were made."""
        assert self.keyed.keys is not None
        epochs = self.keyed.keys.shelf.epochs.values()
        entries = [
            (epoch, entry, kid(entry.index, epoch.roster.n)) for epoch in epochs for entry in epoch.roster.entries
        ]
        keys = {kid_: Key(epoch.media(entry.keys.mid), kid_) for epoch, entry, kid_ in entries}
        return [made for kind, payload in packets if (made := _made(keys, kind, payload)) is not None]

    @property
    def recorded(self) -> list[tuple[str, bytes]]:
        """Every packet that came: of which kind, and what was in it."""
        known = ((self._streams.get(int.from_bytes(packet[8:12], "big")), packet) for packet in self.listener.packets)
        return [(of[1], _payload(packet)) for of, packet in known if of is not None]


def _made(keys: Mapping[int, Key], kind: str, payload: bytes) -> float | None:
    """When this frame was made; None where no key opens it."""
    with suppress(Bad):
        parts = split(kind, payload)
        key = keys.get(parts.kid)
        if key is not None:
            frame = parts.clear + key.open(parts.ctr, parts.sealed, parts.clear)
            return float(unpack("!d", frame[3:11])[0])
    return None


def _payload(packet: bytes) -> bytes:
    at = 12 + 4 * (packet[0] & 15)
    if packet[0] & 16:
        at += 4 + 4 * int.from_bytes(packet[at + 2 : at + 4], "big")
    return packet[at:]
