"""A real relay on a free port with one circle, and seats that are peers over real sockets."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self

from server.media.engine import Kind, Side, Track
from server.media.relay.door import Door
from server.media.relay.relay import Relay
from tests.bots.peer import WITHIN, Peer, rtp
from tests.bots.secure import IDENTITY, Identity

CIRCLE = "circle"
HOST = "127.0.0.1"
OPUS, VP8 = 111, 96


class Offer(NamedTuple):
    number: int
    sdp: str
    tracks: Mapping[str, Track]


class Clock:
    """The relay's idea of the time, put forward by hand."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


class Seat:
    """What a seat has at the relay: two peers, and the offers that were made to it."""

    def __init__(self, rig: "Rig", name: str) -> None:
        self.rig, self.name = rig, name
        self.offers: list[Offer] = []
        self.answer: str | None = None
        self._peers: dict[Side, Peer] = {}
        self.sent: dict[Kind, int] = {"audio": 0, "video": 0}

    @property
    def publisher(self) -> Peer:
        return self._peers["publish"]

    @property
    def listener(self) -> Peer:
        return self._peers["subscribe"]

    def has(self, side: Side, peer: Peer) -> Peer:
        self._peers[side] = peer
        return peer

    async def publish(self, *, tcp: bool = False, identity: Identity = IDENTITY) -> Peer:
        """Stands when it returns."""
        peer = self.has("publish", self.rig.peer(tcp=tcp, identity=identity, ssrcs=ssrcs()))
        self.answer = await self.rig.relay.publish(CIRCLE, self.name, peer.offer())
        await peer.connect(self.answer)
        return peer

    async def subscribe(self, *, tcp: bool = False, identity: Identity = IDENTITY) -> Peer:
        """Stands when it returns; there must be somebody to be offered."""
        peer = self.has("subscribe", self.rig.peer(tcp=tcp, identity=identity))
        await self.rig.relay.subscribe(CIRCLE, self.name)
        await self.take_offer()
        await peer.connect(self.offers[-1].sdp)
        return peer

    async def take_offer(self) -> Offer:
        """Answer the newest offer."""
        offer = self.offers[-1]
        await self.rig.relay.answer(CIRCLE, self.name, offer.number, self.listener.answer(offer.sdp))
        return offer

    def say(self, kind: Kind, payload: bytes, number: int | None = None, **more: Any) -> None:
        """One packet of that kind, numbered in order unless told otherwise."""
        if number is None:
            self.sent[kind] += 1
            number = self.sent[kind]
        payload_type = OPUS if kind == "audio" else VP8
        self.publisher.send_rtp(rtp(self.publisher.ssrcs[kind], payload_type, number, payload, **more))

    async def settled(self) -> None:
        """Wait until the relay has dealt with all that we have sent so far: it answers a check that came after it."""
        for peer in self._peers.values():
            if peer.sessions is not None:
                before = peer.answers
                peer.check()
                await peer.until(lambda peer=peer, before=before: peer.answers > before)

    async def hears(self, payload: bytes) -> None:
        """Wait until this payload has come. Raises TimeoutError."""
        await self.listener.until(lambda: payload in self.heard())

    def heard(self) -> list[bytes]:
        """The payloads that came, in order."""
        return [payload_of(packet) for packet in self.listener.packets]

    def ssrc(self, of: "Seat", kind: Kind) -> int:
        """Under which ssrc that seat's track reaches us: as the newest offer says."""
        offer = self.offers[-1]
        mid = next(mid for mid, track in offer.tracks.items() if track == (of.name, kind))
        return ssrc_of(offer.sdp, mid)


class Rig:
    """`async with Rig() as rig`. Everything that the relay tells the server is kept."""

    def __init__(self, now: Clock | None = None) -> None:
        self.relay = Relay(HOST, 0, HOST, now) if now else Relay(HOST, 0, HOST)
        self.seats: dict[str, Seat] = {}
        self.lost: list[tuple[str, Side]] = []
        self.connected: list[tuple[str, Side]] = []
        self.raised: list[dict[str, Any]] = []
        """what reached the event loop's last resort: a traceback on the operator's screen"""
        self._peers: list[Peer] = []
        self._told = asyncio.Event()

    async def __aenter__(self) -> Self:
        asyncio.get_running_loop().set_exception_handler(lambda _loop, context: self.raised.append(context))
        await self.relay.start(self)
        await self.relay.open_circle(CIRCLE)
        return self

    async def __aexit__(self, *_: object) -> None:
        for peer in self._peers:
            peer.close()
        await self.relay.stop()
        assert self.raised == []

    def seat(self, name: str) -> Seat:
        return self.seats.setdefault(name, Seat(self, name))

    def peer(self, **options: Any) -> Peer:
        peer = Peer(**options)
        self._peers.append(peer)
        return peer

    async def gate(self, seat: Seat, audience: Any, kinds: tuple[Kind, ...] = ("audio", "video")) -> None:
        for kind in kinds:
            await self.relay.gate(CIRCLE, seat.name, kind, audience)

    async def pair(self, audience: Any = "all", **options: Any) -> tuple[Seat, Seat]:
        """Ann, who sends, and Bo, who listens; both stand, and nothing is under way between them."""
        ann, bo = self.seat("ann"), self.seat("bo")
        await ann.publish(**options)
        await self.gate(ann, audience)
        await bo.subscribe(**options)
        return ann, bo

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until the relay has told something with which this holds. Raises TimeoutError."""
        async with asyncio.timeout(WITHIN):
            while not holds():
                self._told.clear()
                await self._told.wait()

    def on_offer(self, circle: str, seat: str, offer: int, sdp: str, tracks: Mapping[str, Track]) -> None:
        self.seat(seat).offers.append(Offer(offer, sdp, dict(tracks)))
        self._told.set()

    def on_connected(self, circle: str, seat: str, side: Side) -> None:
        self.connected.append((seat, side))
        self._told.set()

    def on_lost(self, circle: str, seat: str, side: Side) -> None:
        self.lost.append((seat, side))
        self._told.set()


def payload_of(packet: bytes) -> bytes:
    """Behind the header and its extension, if it has one."""
    at = 12
    if packet[0] & 0x10:
        at += 4 + 4 * int.from_bytes(packet[14:16], "big")
    return packet[at:]


def number_of(packet: bytes) -> int:
    return int.from_bytes(packet[2:4], "big")


def ssrc_of(sdp: str, mid: str) -> int:
    """The ssrc of one m-line of an offer."""
    section = next(one for one in sdp.split("m=") if f"a=mid:{mid}\r\n" in one)
    return int(section.split("a=ssrc:")[1].split()[0])


def ssrcs() -> dict[str, int]:
    return {kind: secrets.randbits(31) | 1 for kind in ("audio", "video")}


def door_of(rig: Rig) -> Door:
    """The relay's inside, to see what it keeps."""
    return vars(rig.relay)["_door"]
