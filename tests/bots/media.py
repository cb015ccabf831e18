"""A bot's sound and picture, by aiortc: one connection sends, one receives and measures what it gets from whom."""

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aioice.ice
from aiortc import MediaStreamTrack, RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from aiortc.sdp import SessionDescription

from tests.bots import crypt
from tests.bots.keys.frames import Opening, Sealing, Track
from tests.bots.measure import Measures
from tests.bots.signaling import WITHIN, Refused
from tests.bots.tasks import stop
from tests.bots.tracks import Colour, Picture, Tone

Signal = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
"""sends one message about media and returns its ack, or raises Refused"""

STRAY = "stray"
"""in place of a seat: the packet is of no stream that was offered"""
_KEPT = re.compile(
    r"v=|o=|s=|t=|m=|a=(group|mid|ice-ufrag|ice-pwd|fingerprint|setup|rtcp-mux|sendonly|recvonly|inactive|rtpmap|ssrc:\d+ cname)"
)
_host_addresses = aioice.ice.get_host_addresses


def _addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    """aioice leaves loopback out; the relay often sits there, and a machine without a network has nothing else."""
    return ["127.0.0.1", *_host_addresses(use_ipv4, False)]


aioice.ice.get_host_addresses = _addresses


def reduce(sdp: str) -> str:
    """Only what the server needs, and nothing that holds an address."""
    return "\r\n".join(line for line in sdp.splitlines() if _KEPT.match(line)) + "\r\n"


def _connection() -> RTCPeerConnection:
    return RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))


async def _stands(pc: RTCPeerConnection) -> None:
    """Wait until it is connected. Raises TimeoutError, ConnectionError."""
    changed = asyncio.Event()
    pc.on("connectionstatechange", changed.set)
    async with asyncio.timeout(WITHIN):
        while pc.connectionState != "connected":
            if pc.connectionState in ("failed", "closed"):
                raise ConnectionError(pc.connectionState)
            changed.clear()
            await changed.wait()


async def _end(pc: RTCPeerConnection | None) -> None:
    """Wholly, even if we are cancelled meanwhile: a connection that is half closed can never be closed."""
    if pc is None:
        return
    closing = asyncio.ensure_future(pc.close())
    cancelled = False
    while not closing.done():
        try:
            await asyncio.wait([closing])
        except asyncio.CancelledError:
            cancelled = True
    closing.result()
    if cancelled:
        raise asyncio.CancelledError


class Publisher:
    """The connection that sends. The picture runs always; the tone only after `speak(True)`."""

    def __init__(
        self,
        signal: Signal,
        hz: float,
        colour: Colour,
        volume: float,
        describe: Callable[[str], str],
        sealing: Sealing,
    ) -> None:
        self._signal, self._describe, self._sealing = signal, describe, sealing
        self._hz, self._colour, self._volume = hz, colour, volume
        self._speaks = False
        self._pc: RTCPeerConnection | None = None
        self._sender: Any = None
        self._tone: Tone | None = None

    async def start(self) -> None:
        """Publish, afresh if need be; stands when it returns."""
        await self.close()
        pc = self._pc = _connection()
        self._tone = Tone(self._hz, self._volume)
        self._sender = pc.addTransceiver("audio", direction="sendonly").sender
        picture = pc.addTransceiver(Picture(self._colour), direction="sendonly").sender
        for sender in (self._sender, picture):
            crypt.seal(sender, self._sealing)
        self.speak(self._speaks)
        await pc.setLocalDescription(await pc.createOffer())
        answer = await self._signal({"type": "publish", "sdp": self._describe(pc.localDescription.sdp)})
        await pc.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
        await _stands(pc)

    def speak(self, on: bool) -> None:
        self._speaks = on
        if self._sender is not None:
            self._sender.replaceTrack(self._tone if on else None)

    async def sent(self) -> int:
        """Packets of sound that have gone out on this connection."""
        report = await self._sender.getStats()
        return sum(one.packetsSent for one in report.values() if one.type == "outbound-rtp")

    async def close(self) -> None:
        pc, self._pc, self._sender = self._pc, None, None
        await _end(pc)


class Subscriber:
    """The connection that receives. Counts every packet by its stream; measures what it decodes by its seat."""

    def __init__(self, signal: Signal, describe: Callable[[str], str], opening: Opening) -> None:
        self._signal, self._describe, self._opening = signal, describe, opening
        self.packets: Counter[tuple[str, str]] = Counter()
        """RTP packets by (seat, kind), all that came, whether anybody could decode them or not"""
        self.voices: list[str] = []
        """seats in the order in which their sound came; each once for as long as no other sound came between"""
        self.frames: dict[tuple[str, str], Counter[str]] = {}
        """by (seat, kind): how many were opened, and how many dropped for which reason"""
        self.measures = Measures()
        self._pc: RTCPeerConnection | None = None
        self._ufrag: str | None = None
        self._counted: Any = None
        self._given_up: set[str | None] = set()
        self._by_ssrc: dict[int, tuple[str, str]] = {}
        self._listening: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()

    async def start(self) -> None:
        """Subscribe, afresh if need be; what follows comes as offers."""
        if self._pc is not None:
            self._given_up.add(self._ufrag)
        await self._signal({"type": "subscribe"})

    async def take(self, message: dict[str, Any]) -> None:
        """Answer an offer. aiortc cannot give an ended m-line to somebody else: then a new subscription begins."""
        offered = SessionDescription.parse(message["sdp"])
        ufrag = next((media.ice.usernameFragment for media in offered.media if media.port and media.ice), None)
        if ufrag in self._given_up:
            return
        if any(media.port == 0 for media in offered.media):
            self._given_up.add(ufrag)
            with suppress(Refused):  # our seat has ended as well
                await self._signal({"type": "subscribe"})
            return
        if ufrag != self._ufrag:
            await self._begin(ufrag)
        assert self._pc is not None
        tracks = {mid: (track["seat"], track["kind"]) for mid, track in message["tracks"].items()}
        sent = (media for media in offered.media if media.rtp.muxId in tracks)
        self._by_ssrc |= {media.ssrc[0].ssrc: tracks[media.rtp.muxId] for media in sent}
        await self._pc.setRemoteDescription(RTCSessionDescription(message["sdp"], "offer"))
        self._count(self._pc.getTransceivers()[0].receiver.transport)
        self._listen(tracks)
        await self._pc.setLocalDescription(await self._pc.createAnswer())
        answer = self._describe(self._pc.localDescription.sdp)
        with suppress(Refused):  # a newer offer is on its way, or our seat has ended
            await self._signal({"type": "answer", "offer": message["offer"], "sdp": answer})

    async def _begin(self, ufrag: str | None) -> None:
        await self.close()
        self._pc, self._ufrag = _connection(), ufrag

    def _listen(self, tracks: dict[str, tuple[str, str]]) -> None:
        assert self._pc is not None
        for transceiver in self._pc.getTransceivers():
            mid = transceiver.mid
            if mid in tracks and mid not in self._listening:
                seat, kind = tracks[mid]
                counts = self.frames.setdefault((seat, kind), Counter())
                crypt.open_(transceiver.receiver, Track(self._opening, seat, kind), counts)
                self._listening[mid] = asyncio.create_task(self._measure(transceiver.receiver.track, seat))

    def _count(self, transport: Any) -> None:
        """Before aiortc sorts packets: it drops, uncounted, what it knows no receiver for."""
        if transport is self._counted:
            return
        self._counted = transport
        handle = transport._handle_rtp_data

        async def counted(data: bytes, arrival_time_ms: int) -> None:
            seat, kind = self._by_ssrc.get(int.from_bytes(data[8:12], "big"), (STRAY, STRAY))
            self.packets[seat, kind] += 1
            if kind == "audio" and self.voices[-1:] != [seat]:
                self.voices.append(seat)
            self._changed.set()
            await handle(data, arrival_time_ms=arrival_time_ms)

        transport._handle_rtp_data = counted

    async def _measure(self, track: MediaStreamTrack, seat: str) -> None:
        with suppress(MediaStreamError):
            while True:
                self.measures.take(seat, await track.recv())
                self._changed.set()

    async def until(self, holds: Callable[[], bool], within: float = WITHIN) -> None:
        """Wait until something has come with which this holds. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def close(self) -> None:
        await stop(*self._listening.values())
        self._listening.clear()
        pc, self._pc = self._pc, None
        await _end(pc)
