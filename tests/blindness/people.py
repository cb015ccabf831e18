"""People with a real tone and a real moving picture, encoded, sealed and cut into packets; of what comes they open every frame."""

import asyncio
from collections import defaultdict
from contextlib import suppress

from aiortc.codecs.vpx import VpxPayloadDescriptor

from tests.blindness.markers import Marks
from tests.bots.crypt import Seal, SealedOpus, SealedVp8
from tests.bots.keys.frames import Track
from tests.bots.keys.octets import Bad
from tests.bots.peer import rtp
from tests.bots.rogue import OPUS, VP8, Rogue
from tests.bots.tasks import stop
from tests.bots.tracks import Picture, Tone

PAYLOAD = {"audio": OPUS, "video": VP8}
STILL_HERE = 2.5
"""seconds after which each connection says again that there is somebody, as browsers do"""


class Voice(Rogue):
    """`network`: from where the server believes that they come, so that many circles at once are not one network's."""

    def __init__(self, link: str, marks: Marks, hz: float, network: str) -> None:
        super().__init__(link, marks.word("name"))
        self.line.headers["X-Forwarded-For"] = network
        self.marks = marks
        self.said: dict[str, set[bytes]] = defaultdict(set)
        """frames by kind, as the encoder gave them"""
        self._tracks = {"audio": Tone(hz, 0.3), "video": Picture((90, 60, round(hz) % 200))}
        self._encoders = {"audio": SealedOpus(self._seal("audio")), "video": SealedVp8(self._seal("video"))}
        self._numbers = dict.fromkeys(PAYLOAD, 0)
        self._staying: asyncio.Task[None] | None = None
        self._read = 0
        self._left: list[bytes] = []
        """packets that nobody has looked at yet"""
        self._parts: dict[tuple[int, bytes], bytes] = defaultdict(bytes)
        self._heard: dict[int, set[bytes]] = defaultdict(set)

    async def sit(self) -> None:
        await super().sit()
        self._staying = asyncio.create_task(self._stay())

    async def close(self) -> None:
        try:
            if self._staying is not None:
                await stop(self._staying)
        finally:
            await super().close()

    async def _stay(self) -> None:
        while True:
            await asyncio.sleep(STILL_HERE)
            for peer in (self.publisher, self.listener):
                if peer.sessions is not None:
                    peer.check()

    def _seal(self, kind: str) -> Seal:
        def seal(frame: bytes) -> bytes | None:
            sealed = self.keyed.sealing.seal(kind, frame)
            if sealed is not None:
                self.said[kind].add(frame)
                self.marks.frame(self.seat, kind, frame)
            return sealed

        return seal

    async def plays(self, kind: str, frames: int) -> None:
        for _ in range(frames):
            frame = await self._tracks[kind].recv()
            payloads, timestamp = self._encoders[kind].encode(frame)
            for payload in payloads:
                self._numbers[kind] += 1
                ssrc, number = self.publisher.ssrcs[kind], self._numbers[kind]
                self.publisher.send_rtp(rtp(ssrc, PAYLOAD[kind], number, payload, timestamp=timestamp))

    async def hears(self, of: "Voice", kind: str, frames: int) -> None:
        """Wait until so many frames of that kind have come from there that open, and are what was sealed there."""
        ssrc = await self.stream(of.seat, kind)
        track = Track(self.keyed.opening, of.seat, kind)
        await self.listener.until(lambda: len(self._opened(ssrc, track, kind) & of.said[kind]) >= frames)

    def _opened(self, ssrc: int, track: Track, kind: str) -> set[bytes]:
        """Of that stream so far. A frame opens as soon as its last packet is there, and once only."""
        packets, self._left = self._left + self.listener.packets[self._read :], []
        self._read = len(self.listener.packets)
        for packet in packets:
            if int.from_bytes(packet[8:12], "big") != ssrc:
                self._left.append(packet)
                continue
            of = ssrc, packet[4:8]
            self._parts[of] += _payload(packet, kind)
            with suppress(Bad):
                self._heard[ssrc].add(track.open(self._parts[of]))
        return self._heard[ssrc]


def _payload(packet: bytes, kind: str) -> bytes:
    start = 12 + 4 * (packet[0] & 15)
    if packet[0] & 16:
        start += 4 + 4 * int.from_bytes(packet[start + 2 : start + 4], "big")
    return packet[start:] if kind == "audio" else VpxPayloadDescriptor.parse(packet[start:])[1]


async def all_play(people: list[Voice], frames: int) -> None:
    """Their pictures, all at once."""
    await asyncio.gather(*(one.plays("video", frames) for one in people))
