"""Which socket is whose: seats to sockets and back, in this process. Tells people their views; decides nothing."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import socketio

from rooms.nouns import Outside, Reason
from rooms.shown import DoorView, View
from server.limits import Bucket
from server.media.engine import Side, Track
from server.outbox import Outbox


@dataclass
class Bound:
    """What a socket is: its circle, and its seat or its right at the door."""

    circle: str
    seat: str | None
    right: Outside | None
    link: int = 0
    """the counter of the members' link that was shown"""
    was: str | None = None
    """the seat that this person had here before"""
    bucket: Bucket = field(default_factory=lambda: Bucket(rate=20.0, burst=40.0))
    patience: Bucket = field(default_factory=lambda: Bucket(rate=5.0, burst=200.0))
    """how much more is answered with a refusal than may come"""
    network: str = ""
    said: DoorView | None = None
    """what was told at the door last"""


class Roster:
    """Keeps the circles' `Teller` and the engine's `MediaEvents`."""

    def __init__(self, server: socketio.AsyncServer, outbox: Outbox) -> None:
        self._server, self._outbox = server, outbox
        self._bound: dict[str, Bound] = {}
        self._seats: dict[tuple[str, str], str] = {}
        self._circles: defaultdict[str, set[str]] = defaultdict(set)
        self._networks: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    def bind(self, sid: str, bound: Bound) -> str | None:
        """This socket is that now. Returns the socket that had the seat before, if another one had."""
        self.release(sid)
        older = self._seats.get((bound.circle, bound.seat)) if bound.seat else None
        if older is not None:
            self.release(older)
        self._bound[sid] = bound
        self._circles[bound.circle].add(sid)
        self._networks[bound.network] += 1
        if bound.seat:
            self._seats[bound.circle, bound.seat] = sid
        return older

    def release(self, sid: str) -> Bound | None:
        bound = self._bound.pop(sid, None)
        if bound is None:
            return None
        self._networks[bound.network] -= 1
        if not self._networks[bound.network]:
            del self._networks[bound.network]
        self._circles[bound.circle].discard(sid)
        if not self._circles[bound.circle]:
            del self._circles[bound.circle]
        if bound.seat and self._seats.get((bound.circle, bound.seat)) == sid:
            del self._seats[bound.circle, bound.seat]
        return bound

    def bound(self, sid: str) -> Bound | None:
        return self._bound.get(sid)

    def sid(self, circle: str, seat: str) -> str | None:
        return self._seats.get((circle, seat))

    def count(self, network: str) -> int:
        """How many sockets come from there."""
        return self._networks[network]

    async def tell(self, id_: str, views: Mapping[str, View], at_door: View) -> None:
        """Everybody's own view; who may see the same gets it from one encoding."""
        groups: dict[int, tuple[View, list[str]]] = {}
        for sid in self._circles.get(id_, ()):
            bound = self._bound[sid]
            view = views.get(bound.seat or "", at_door)
            if self._is_news(bound, view):
                groups.setdefault(id(view), (view, []))[1].append(sid)
        for view, sids in groups.values():
            self._outbox.show(sids, view)

    def _is_news(self, bound: Bound, view: View) -> bool:
        """At the door only what changes there: more would tell the rhythm of the circle to who does not sit in it."""
        said = _said(view)
        if said is not None and said == bound.said:
            return False
        bound.said = said
        return True

    async def whisper(self, id_: str, to: frozenset[str], message: Mapping[str, Any]) -> None:
        """The same to each of these seats. To nobody, if none of them is connected here: the library takes no name for every name."""
        sids = [sid for seat in to if (sid := self._seats.get((id_, seat))) is not None]
        if sids:
            await self._server.emit("whisper", message, to=sids)

    def keys(self, id_: str, messages: Mapping[str, object]) -> None:
        """To each of these seats its own."""
        for seat, message in messages.items():
            sid = self._seats.get((id_, seat))
            if sid is not None:
                self._outbox.say(sid, "keys", message)

    def greet(self, sid: str, view: Awaitable[View | None]) -> None:
        """Tell one socket its view as soon as its connection stands."""

        async def say() -> None:
            shown = await view
            if shown is not None:
                self._outbox.show([sid], shown)
                bound = self._bound.get(sid)
                if bound is not None and bound.said is None:
                    bound.said = _said(shown)

        self.later(say())

    async def end(self, id_: str, seat: str, reason: Reason) -> None:
        sid = self._seats.get((id_, seat))
        if sid is not None:
            await self._let_go(sid, reason)

    async def expire(self, sid: str) -> None:
        """Whoever still stands at the door without having knocked goes."""
        bound = self._bound.get(sid)
        if bound is not None and bound.seat is None:
            await self._let_go(sid, "expired")

    async def end_all(self, id_: str) -> None:
        for sid in list(self._circles.get(id_, ())):
            await self._let_go(sid, "closed")

    async def _let_go(self, sid: str, reason: Reason) -> None:
        self.release(sid)
        await self._server.emit("ended", {"reason": reason}, to=sid)
        # Later, so that a command by which somebody ends their own seat is still answered.
        self.later(self._disconnect(sid))

    async def _disconnect(self, sid: str) -> None:
        await asyncio.sleep(1)
        await self._server.disconnect(sid)

    def on_offer(self, circle: str, seat: str, offer: int, sdp: str, tracks: Mapping[str, Track]) -> None:
        shown = {mid: {"seat": track.seat, "kind": track.kind} for mid, track in tracks.items()}
        self._media(circle, seat, {"type": "offer", "offer": offer, "sdp": sdp, "tracks": shown})

    def on_connected(self, circle: str, seat: str, side: Side) -> None:
        """Nobody needs to be told: frames tell."""

    def on_lost(self, circle: str, seat: str, side: Side) -> None:
        self._media(circle, seat, {"type": "lost", "side": side})

    def _media(self, circle: str, seat: str, message: dict[str, Any]) -> None:
        sid = self._seats.get((circle, seat))
        if sid is not None:
            self.later(self._server.emit("media", message, to=sid))

    def later(self, work: Coroutine[Any, Any, Any]) -> None:
        """What must not be waited for where it is asked: a circle's lock may be held there."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _said(view: View) -> DoorView | None:
    """What somebody at the door is told, without what the circle's rhythm moves."""
    return msgspec.structs.replace(view, version=0, now=0.0) if isinstance(view, DoorView) else None
