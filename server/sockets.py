"""Socket.IO: connect, command, keys, media, whisper, disconnect. Thin: who -> rate -> parse -> circles -> ack. Decides no rule.

Every answer is {"ok": true, ...} or {"refused": code}. Nothing here prints, and no exception carries a text from outside.
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import socketio
from socketio.exceptions import ConnectionRefusedError as NotLetIn

from rooms.commits import Commit, Fetch, Installed
from rooms.nouns import Outside
from rooms.refusals import Refusal, Refused
from rooms.rules.presence import Arrive, Drop
from rooms.shown import View
from rooms.views import view_for
from rooms.wire import needs_seat, parse, parse_keys, parse_whisper, with_given
from server import links
from server.circles import Circles
from server.entrance import Entrance
from server.media import signals
from server.media.engine import MediaEngine, MediaRefused
from server.rates import Rates
from server.roster import Bound, Roster
from server.switches import Switches

AT_DOOR = 600.0
"""how long somebody may stand there who does not knock"""
NEW_MEDIA = (signals.Publish, signals.Unpublish, signals.Subscribe)


class Sockets(socketio.AsyncNamespace):  # type: ignore[misc]
    """The one namespace. `seat` and right of a socket are bound at connect and never taken from an event."""

    def __init__(
        self,
        circles: Circles,
        engine: MediaEngine,
        roster: Roster,
        rates: Rates,
        switches: Switches,
        secret: bytes,
        now: Callable[[], float],
    ) -> None:
        super().__init__("/")
        self._circles, self._engine, self._roster, self._rates = circles, engine, roster, rates
        self._switches, self._secret, self._now = switches, secret, now
        self._entrance = Entrance(circles, roster, rates, secret, now)
        self._deadlines: dict[str, asyncio.TimerHandle] = {}

    @property
    def _sio(self) -> Any:
        """The library's server, known only after this namespace is registered with it."""
        return self.server

    async def trigger_event(self, event: str, *args: Any) -> Any:
        """The library's choke point: whatever goes wrong behind it becomes an answer, never a traceback."""
        try:
            return await super().trigger_event(event, *args)
        except NotLetIn:
            raise
        except Exception as error:
            code = str(error.code) if isinstance(error, Refused | MediaRefused) else Refusal.INTERNAL.value
            if event == "connect":
                # An answer would count as let in. If it was only emitted, this ends the sender's socket, and nothing else.
                raise NotLetIn(code) from None
            return {"refused": code}

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        if environ is not self._sio.get_environ(sid, self.namespace):
            return  # a client emitted "connect": no connection
        bound = await self._entrance.admit(environ, auth)
        older = self._roster.bind(sid, bound)
        if bound.seat is not None:
            try:
                await self._replace(older, bound)
            except Exception:
                self._roster.release(sid)
                self._drop(bound.circle, bound.seat)
                raise
        else:
            loop = asyncio.get_running_loop()
            self._deadlines[sid] = loop.call_later(AT_DOOR, self._expire, sid)
        self._roster.greet(sid, self._show(bound))

    async def on_disconnect(self, sid: str, _reason: Any = None) -> None:
        if self._sio.manager.is_connected(sid, self.namespace):
            return  # a client emitted "disconnect": still here
        deadline = self._deadlines.pop(sid, None)
        if deadline is not None:
            deadline.cancel()
        bound = self._roster.release(sid)
        if bound is None or bound.seat is None:
            return  # somebody at the door, or another socket has taken the seat over
        try:
            await self._engine.drop(bound.circle, bound.seat)
        finally:
            self._drop(bound.circle, bound.seat)

    def _drop(self, circle: str, seat: str) -> None:
        """Not waited for: the library may find a line dead, and end it, just while this circle's news are told."""

        def away() -> bool:
            return self._roster.sid(circle, seat) is None

        self._roster.later(self._circles.insist(circle, Drop(seat=seat), away))

    def _expire(self, sid: str) -> None:
        self._deadlines.pop(sid, None)
        self._roster.later(self._roster.expire(sid))

    async def on_command(self, sid: str, data: Any) -> dict[str, Any]:
        bound = await self._sender(sid)
        command = parse(data)
        by = bound.seat if bound.seat is not None else bound.right
        if not needs_seat(command):
            if by is None or bound.seat is None:
                raise Refused(Refusal.NOT_YOURS)
            self._slowly(command, bound.circle, bound.seat)
            await self._circles.handle(bound.circle, command, by)
            return {"ok": True}
        if bound.seat is not None or by is None:
            raise Refused(Refusal.NOT_YOURS)
        if bound.right is Outside.STRANGER and not self._rates.knock(bound.circle, bound.network):
            raise Refused(Refusal.BUSY)
        seat = links.b64(secrets.token_bytes(8))
        return await self._take_seat(sid, bound, with_given(command, seat=seat, link=bound.link, was=bound.was))

    async def on_keys(self, sid: str, data: Any) -> dict[str, Any]:
        bound = await self._sender(sid)
        said = parse_keys(data)
        if bound.seat is None:
            raise Refused(Refusal.NOT_YOURS)
        self._slowly(said, bound.circle, bound.seat)
        return {"ok": True, **await self._of_keys(bound.circle, bound.seat, said)}

    async def _of_keys(self, circle: str, seat: str, said: Commit | Installed | Fetch) -> dict[str, Any]:
        """What the ack says beside ok."""
        if isinstance(said, Fetch):
            return {"commits": await self._circles.missed(circle, said.after, seat)}
        if isinstance(said, Commit):
            await self._circles.handle(circle, said, seat)
        elif await self._sits(circle, seat):
            self._switches.installed(circle, seat, said.n)
        else:
            raise Refused(Refusal.NOT_YOURS)
        return {}

    async def on_media(self, sid: str, data: Any) -> dict[str, Any]:
        bound = await self._sender(sid)
        signal = signals.parse(data)
        circle = await self._circles.look(bound.circle)
        seat = circle.seat(bound.seat) if circle and self._roster.bound(sid) is bound else None
        if seat is None or (isinstance(signal, signals.SENDS) and not seat.may_hold):
            raise Refused(Refusal.NOT_YOURS)
        if isinstance(signal, NEW_MEDIA) and not self._rates.new_media(bound.circle, seat.id):
            raise Refused(Refusal.BUSY)
        answer = await signals.PERFORM[type(signal)](self._engine, bound.circle, seat.id, signal)
        if isinstance(signal, NEW_MEDIA) and not await self._sits(bound.circle, seat.id):
            # It was ended while this was on its way, and would have ended too early.
            await self._engine.drop(bound.circle, seat.id)
            raise Refused(Refusal.NOT_YOURS)
        return {"ok": True, **answer}

    async def on_whisper(self, sid: str, data: Any) -> dict[str, Any]:
        bound = await self._sender(sid)
        whisper = parse_whisper(data)
        if bound.seat is None:
            raise Refused(Refusal.NOT_YOURS)
        self._slowly(whisper, bound.circle, bound.seat)
        await self._circles.whisper(bound.circle, whisper, bound.seat)
        return {"ok": True}

    def _slowly(self, said: msgspec.Struct, circle: str, seat: str) -> None:
        """Counts it by its kind; too much is refused."""
        if not self._rates.each(str(said.__struct_config__.tag), circle, seat):
            raise Refused(Refusal.BUSY)

    async def _sits(self, circle: str, seat: str) -> bool:
        """Whether this seat is in its circle yet, and its line stands."""
        now = await self._circles.look(circle)
        return now is not None and now.seat(seat) is not None and self._roster.sid(circle, seat) is not None

    async def _sender(self, sid: str) -> Bound:
        """Who sends this. Counts it: too much is refused, and who does not listen to that is disconnected."""
        bound, now = self._roster.bound(sid), self._now()
        if bound is None:
            raise Refused(Refusal.NOT_YOURS)
        if bound.bucket.take(now) and self._rates.event(bound.circle, bound.network):
            return bound
        if not bound.patience.take(now):
            await self._sio.disconnect(sid, namespace=self.namespace)
        raise Refused(Refusal.BUSY)

    async def _take_seat(self, sid: str, bound: Bound, command: Any) -> dict[str, Any]:
        # Bound before the command runs, so that the view which tells of it reaches this socket too.
        seat = command.seat
        self._roster.bind(sid, replace(bound, seat=seat, right=None))
        try:
            await self._circles.handle(bound.circle, command, bound.right or "")
        except Exception:
            if self._roster.bound(sid) is not None:  # their line stands yet
                self._roster.bind(sid, bound)
            raise
        return {"ok": True, "seat": seat, "token": links.token(self._secret, bound.circle, seat, self._now())}

    async def _replace(self, older: str | None, bound: Bound) -> None:
        """The seat is here (again); an older socket of it is told so and let go."""
        if older is not None:
            await self.emit("ended", {"reason": "elsewhere"}, to=older)
            await self._engine.drop(bound.circle, bound.seat or "")
            await self._sio.disconnect(older, namespace=self.namespace)
        await self._circles.handle(bound.circle, Arrive(seat=bound.seat or ""), Outside.SERVER)

    async def _show(self, bound: Bound) -> View | None:
        """What this socket sees now; said once at the start, since an arrival need not change anything."""
        circle = await self._circles.look(bound.circle)
        return view_for(circle, bound.seat, self._now()) if circle else None
