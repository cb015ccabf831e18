"""Members who break the rules on purpose. Their packets are genuine in every way but one: they are not allowed."""

import asyncio
import contextlib
import secrets
from typing import Any

from tests.bots.member import Member
from tests.bots.participant import Participant
from tests.bots.peer import WITHIN, Peer, rtp
from tests.bots.signaling import Refused, View
from tests.bots.tasks import stop

OPUS, VP8 = 111, 96
STEP = 960
"""of the timestamp, from packet to packet"""


class Loud(Member):
    """A patched browser: its microphone never goes off."""

    def speaks(self, view: View) -> bool:
        return True


class Candid(Member):
    """Tells the server all its addresses, and one that is easily found again."""

    ADDRESS = "203.0.113.77"

    def describe(self, sdp: str) -> str:
        planted = f"a=candidate:77 1 udp 2130706431 {self.ADDRESS} 4242 typ host\r\n"
        moved = sdp.replace("c=IN IP4 0.0.0.0", f"c=IN IP4 {self.ADDRESS}")
        return moved.replace("a=end-of-candidates\r\n", planted + "a=end-of-candidates\r\n")


class Rogue(Participant):
    """Sends whatever packets it is told to, on either connection, and keeps those that come to it."""

    def __init__(self, link: str, name: str) -> None:
        super().__init__(link, name)
        self.sent = 0
        """packets so far; each is known again by its timestamp"""
        self._begin()

    def _begin(self) -> None:
        """With connections of which nobody knows yet."""
        self.listener = Peer()
        self.publisher = _publisher()
        self._streams: dict[int, tuple[str, str]] = {}
        self._offers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.line.on_media = self._offers.put
        self._answering: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()
        self._told = asyncio.Event()

    async def sit(self) -> None:
        """Once let in: listen. It stands when it returns."""
        await self.until_keyed()
        self._answering = asyncio.create_task(self._answer())
        await self.line.call("media", {"type": "subscribe"})
        async with asyncio.timeout(WITHIN):
            await self._connected.wait()

    async def publish(self) -> None:
        """Raises Refused where the server will have none of it."""
        await self._publish(self.publisher)

    async def _publish(self, peer: Peer) -> None:
        answer = await self.line.call("media", {"type": "publish", "sdp": peer.offer()})
        await peer.connect(answer["sdp"])

    async def publishes_afresh(self) -> None:
        """With other streams, on another connection."""
        fresh = _publisher()
        await self._publish(fresh)
        self.publisher.close()
        self.publisher = fresh

    def sound(self, count: int = 1, *, ssrc: int | None = None, on: Peer | None = None) -> None:
        """Packets of sound: of the stream that was announced and on the connection for it, unless told otherwise."""
        for _ in range(count):
            self._packet(self.publisher.ssrcs["audio"] if ssrc is None else ssrc, OPUS, on or self.publisher)

    def picture(self, count: int = 1) -> None:
        """Packets of picture."""
        for _ in range(count):
            self._packet(self.publisher.ssrcs["video"], VP8, self.publisher)

    def _packet(self, ssrc: int, payload_type: int, on: Peer) -> None:
        self.sent += 1
        on.send_rtp(rtp(ssrc, payload_type, self.sent, secrets.token_bytes(80), timestamp=STEP * self.sent))

    async def settled(self) -> None:
        """Wait until the relay has dealt with all that we sent, and we have all that it sent us before that."""
        for peer in (self.publisher, self.listener):
            if peer.sessions is not None:
                before = peer.answers
                peer.check()
                await peer.until(lambda peer=peer, before=before: peer.answers > before)

    def heard(self, kind: str = "audio") -> list[str]:
        """Whose packets of that kind came, in order: seats, or an ssrc that nobody announced."""
        streams = (int.from_bytes(packet[8:12], "big") for packet in self.listener.packets)
        known = (self._streams.get(ssrc, (str(ssrc), kind)) for ssrc in streams)
        return [seat for seat, of in known if of == kind]

    def numbers(self, seat: str, kind: str = "audio") -> list[int]:
        """Which of that seat's packets came: the first it ever sent is 1."""
        of = {ssrc for ssrc, track in self._streams.items() if track == (seat, kind)}
        packets = [packet for packet in self.listener.packets if int.from_bytes(packet[8:12], "big") in of]
        return [int.from_bytes(packet[4:8], "big") // STEP for packet in packets]

    async def stream(self, seat: str, kind: str = "audio") -> int:
        """Under which ssrc that seat's track comes to us, as soon as it has been offered."""
        async with asyncio.timeout(WITHIN):
            while (seat, kind) not in self._streams.values():
                self._told.clear()
                await self._told.wait()
        return next(ssrc for ssrc, of in self._streams.items() if of == (seat, kind))

    async def close(self) -> None:
        try:
            if self._answering is not None:
                await stop(self._answering)
        finally:
            self.publisher.close()
            self.listener.close()
            await super().close()

    async def comes_back(self) -> None:
        """With fresh connections, as after a reload."""
        self._begin()
        await super().comes_back()
        await self.sit()
        if self.role != "observer":
            await self.publish()

    async def _answer(self) -> None:
        while True:
            message = await self._offers.get()
            self._streams |= _streams(message)
            self._told.set()
            answer = {"type": "answer", "offer": message["offer"], "sdp": self.listener.answer(message["sdp"])}
            with contextlib.suppress(Refused):  # a newer offer is on its way, or our seat has ended
                await self.line.call("media", answer)
            if self.listener.sessions is None:
                await self.listener.connect(message["sdp"])
                self._connected.set()


def _publisher() -> Peer:
    return Peer({kind: secrets.randbits(31) + 1 for kind in ("audio", "video")})


def _streams(message: dict[str, Any]) -> dict[int, tuple[str, str]]:
    """ssrc -> (seat, kind), as an offer says."""
    found: dict[int, tuple[str, str]] = {}
    for section in message["sdp"].split("\r\nm=")[1:]:
        lines = section.split("\r\n")
        mid = next(line.removeprefix("a=mid:") for line in lines if line.startswith("a=mid:"))
        for line in lines:
            if line.startswith("a=ssrc:") and mid in message["tracks"]:
                track = message["tracks"][mid]
                found[int(line[7:].split()[0])] = (track["seat"], track["kind"])
    return found
