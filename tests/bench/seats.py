"""Who sends what: the seats of a circle on their connections, with the sizes and rates that our own page sends. The same towards all.

Each circle, a second: one full picture (25 frames of 3 packets of 1000 bytes: 600 kbit/s), eleven small ones (12 packets of 800 bytes: 77
kbit/s), two sounds (50 packets of 80 bytes: 32 kbit/s). Each packet goes to the eleven others.
"""

import secrets
import time
from struct import pack
from typing import NamedTuple

from tests.bench.peer import CLOCK, Peer
from tests.bench.sdp import KINDS, PAYLOAD, TWCC

SOUNDS = 2


class Pace(NamedTuple):
    """A stream: so many frames a second, each of so many packets, `apart` seconds between them, of so many bytes."""

    frames: int
    packets: int
    apart: float
    size: int


FULL = Pace(25, 3, 0.005, 1000)
SMALL = Pace(12, 1, 0.0, 800)
SOUND = Pace(50, 1, 0.0, 80)


class Stream:
    """One track of a publisher, and the packet that is sent again and again with a new number and time."""

    def __init__(self, seat: "Seat", kind: str) -> None:
        self.seat, self.kind = seat, kind
        self.ssrc = secrets.randbits(31) | 1
        self.number = 0
        self.packets = 0

    def packet(self, size: int) -> bytearray:
        header = pack("!BBHIIHHBHB", 0x90, 0x80 | PAYLOAD[self.kind], 0, 0, self.ssrc, 0xBEDE, 1, TWCC << 4 | 1, 0, 0)
        return bytearray(header + b"\x10" + secrets.token_bytes(size - 1))

    def send(self, packet: bytearray) -> None:
        self.number += 1
        self.packets += 1
        self.seat.transport_number = self.seat.transport_number + 1 & 0xFFFF
        packet[17:19] = self.seat.transport_number.to_bytes(2, "big")
        self.seat.publisher.send_rtp(packet, self.number)

    def report(self) -> bytes:
        """A sender report (RFC 3550, 6.4.1)."""
        now = time.time() + 2_208_988_800
        times = int(now), int(now % 1 * 2**32), int(now * 1000 * CLOCK) & 0xFFFFFFFF
        return pack("!BBHIIIIII", 0x80, 200, 6, self.ssrc, *times, self.packets & 0xFFFFFFFF, 0)


class Seat:
    """Somebody in a circle: a connection that sends and one that receives."""

    def __init__(self, address: str) -> None:
        self.publisher, self.listener = Peer(address), Peer(address)
        self.streams = {kind: Stream(self, kind) for kind in KINDS}
        self.transport_number = 0
        self.heard: tuple[int, ...] = ()

    def paces(self, place: int) -> list[tuple[Stream, Pace]]:
        """What the seat at that place sends: the first one is shown in full, the first two are heard."""
        picture = (self.streams["video"], FULL if place == 0 else SMALL)
        return [picture, (self.streams["audio"], SOUND)] if place < SOUNDS else [picture]

    def send_reports(self) -> None:
        for stream in self.streams.values():
            if stream.packets:
                self.publisher.send_rtcp(stream.report())

    def send_reception(self) -> None:
        """A receiver report on what comes: nothing lost (RFC 3550, 6.4.2)."""
        told = self.heard[:31]
        blocks = b"".join(pack("!IIIIII", ssrc, 0, 0, 0, 0, 0) for ssrc in told)
        self.listener.send_rtcp(pack("!BBHI", 0x80 | len(told), 201, 1 + 6 * len(told), 1) + blocks)
