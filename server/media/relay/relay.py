"""The embedded relay: forwards sealed packets from one port, through gates that only the rules open. Keeps the MediaEngine protocol."""

import asyncio
import secrets
import time
from collections.abc import Callable

from server.media.engine import Audience, Kind, MediaEvents, MediaRefused, Side
from server.media.relay import sdp
from server.media.relay.door import Door
from server.media.relay.dtls import make_identity
from server.media.relay.incoming import Incoming
from server.media.relay.meeting import Meeting
from server.media.relay.publication import Event, Publication
from server.media.relay.subscription import Subscription
from server.media.relay.ticker import SLOTS, TICKS_PER_SECOND, Ticker
from server.media.relay.track import Track
from server.media.relay.transport import Transport

SILENCE = 30.0


class Relay:
    """`port` 0 takes any free one; `Relay.port` tells which after `start`."""

    def __init__(self, host: str, port: int, public_ip: str, now: Callable[[], float] = time.monotonic) -> None:
        self._host, self._wanted, self._public_ip = host, port, public_ip
        self._now = now
        self._identity = make_identity()
        self._door = Door(now)
        self._meetings: dict[str, Meeting] = {}
        self._events: MediaEvents | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._ticker = Ticker()

    @property
    def port(self) -> int:
        return self._door.port

    async def start(self, events: MediaEvents) -> None:
        self._events = events
        await self._door.open(self._host, self._wanted)
        self._ticking = asyncio.get_running_loop().create_task(self._tick())

    async def stop(self) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            await asyncio.wait((self._ticking,))
        for circle in list(self._meetings):
            await self.close_circle(circle)
        self._door.close()

    async def open_circle(self, circle: str) -> None:
        self._meetings.setdefault(circle, Meeting())

    async def close_circle(self, circle: str) -> None:
        meeting = self._meetings.get(circle)
        if meeting is not None:
            for seat in {*meeting.publications, *meeting.subscriptions}:
                await self.drop(circle, seat)
            del self._meetings[circle]

    async def publish(self, circle: str, seat: str, offer_sdp: str) -> str:
        meeting = self._meeting(circle)
        offer = sdp.read_offer(offer_sdp)
        await self.unpublish(circle, seat)
        transport = self._transport("publish")
        transport.expect(offer.fingerprint)
        tracks = [self._incoming(seat, sent) for sent in offer.sent]
        publication = Publication(transport, tracks, self._now, self._teller(circle, seat, "publish"))
        transport.upper = publication
        self._ticker.add(publication)
        meeting.publish(seat, publication)
        return sdp.write_answer(self._ours(transport), offer)

    async def unpublish(self, circle: str, seat: str) -> None:
        meeting = self._meetings.get(circle)
        if meeting is not None:
            self._unpublish(meeting, seat)

    async def subscribe(self, circle: str, seat: str) -> None:
        meeting = self._meeting(circle)
        self._unsubscribe(meeting, seat)
        transport = self._transport("subscribe")
        events = self._events
        assert events is not None  # noqa: S101  started
        subscription = Subscription(
            transport,
            self._ours(transport),
            lambda offer, text, tracks: events.on_offer(circle, seat, offer, text, tracks),
            self._teller(circle, seat, "subscribe"),
            dead_cname=secrets.token_hex(8),
        )
        transport.upper = subscription
        meeting.subscribe(seat, subscription)

    async def answer(self, circle: str, seat: str, offer: int, sdp: str) -> None:
        subscription = self._meeting(circle).subscriptions.get(seat)
        if subscription is None:
            raise MediaRefused("not_now")
        subscription.answer(offer, sdp)

    async def gate(self, circle: str, seat: str, kind: Kind, audience: Audience) -> None:
        self._meetings.setdefault(circle, Meeting()).gate(seat, kind, audience)

    async def view(self, circle: str, listener: str, seat: str, kind: Kind, on: bool) -> None:
        self._meeting(circle).view(listener, seat, kind, on)

    async def drop(self, circle: str, seat: str) -> None:
        meeting = self._meetings.get(circle)
        if meeting is not None:
            await self.unpublish(circle, seat)
            self._unsubscribe(meeting, seat)
            meeting.forget(seat)

    def _meeting(self, circle: str) -> Meeting:
        meeting = self._meetings.get(circle)
        if meeting is None:
            raise MediaRefused("not_now")
        return meeting

    def _transport(self, side: Side) -> Transport:
        transport = Transport(side, secrets.token_hex(4), secrets.token_hex(12), self._identity, self._now())
        self._door.add(transport)
        return transport

    def _ours(self, transport: Transport) -> sdp.Ours:
        return sdp.Ours(transport.ufrag, transport.pwd, self._identity.fingerprint, self._public_ip, self.port)

    def _incoming(self, seat: str, sent: sdp.Sent) -> Incoming:
        payload_type = sdp.VIDEO_PT if sent.kind == "video" else sdp.AUDIO_PT
        # A fresh ssrc each time, so that no number of an earlier connection can come back under it.
        track = Track(sent.kind, secrets.randbelow(2**32 - 2) + 2, payload_type)
        return Incoming(seat, sent, track, secrets.token_hex(8))

    def _unpublish(self, meeting: Meeting, seat: str) -> None:
        publication = meeting.unpublish(seat)
        if publication is not None:
            self._ticker.discard(publication)
            self._end(publication.transport)

    def _unsubscribe(self, meeting: Meeting, seat: str) -> None:
        subscription = meeting.unsubscribe(seat)
        if subscription is not None:
            self._end(subscription.transport)

    def _end(self, transport: Transport) -> None:
        """Close without telling: it is we who want it."""
        transport.upper = None
        self._door.remove(transport)
        transport.close()

    def _teller(self, circle: str, seat: str, side: Side) -> Callable[[Event], None]:
        def tell(event: Event) -> None:
            if event == "lost":
                self._lost(circle, seat, side)
            elif self._events is not None:
                self._events.on_connected(circle, seat, side)

        return tell

    def _lost(self, circle: str, seat: str, side: Side) -> None:
        """A connection has failed or fallen silent: take it out, and say so."""
        meeting = self._meetings.get(circle)
        if meeting is None or self._events is None:
            return
        (self._unpublish if side == "publish" else self._unsubscribe)(meeting, seat)
        self._events.on_lost(circle, seat, side)

    async def _tick(self) -> None:
        steps_per_second = TICKS_PER_SECOND * SLOTS
        steps = 0
        while True:
            await asyncio.sleep(1 / steps_per_second)
            self._ticker.step()
            steps += 1
            if steps % steps_per_second == 0:
                self._drop_silent()

    def _drop_silent(self) -> None:
        silent = self._now() - SILENCE
        for transport in [one for one in self._door.by_ufrag.values() if one.heard < silent]:
            transport.close()
