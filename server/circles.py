"""The shell around the rules: load -> apply -> compare-and-set -> effects -> tell. Holds no rule and no state of a circle.

Knows nothing of sockets: whom it tells, who wakes it and who sees to its keys, it gets as `Teller`, `Alarm` and `Turnover`.
"""

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable

from rooms import whispers
from rooms.circle import Circle, open_circle
from rooms.commits import Commit, Committed, for_seat, kept, missed
from rooms.effects import Effect, Evict, Forget, Gate, SwitchKeys, WakeAt
from rooms.floor import gates
from rooms.nouns import Actor, Door, Outside, Timings
from rooms.reducer import apply
from rooms.refusals import Refusal, Refused
from rooms.rulebook import Command
from rooms.rules.presence import Drop
from rooms.settle import next_wake
from rooms.views import door_view, views_for
from rooms.whispers import Whisper
from server.media.engine import MediaEngine
from server.ports import Alarm, Teller, Turnover
from server.store.base import Store

TRIES = 5
MOST_CIRCLES = 5_000
PAUSES = (1.0, 2.0, 5.0)


class Circles:
    """All circles that this process serves."""

    def __init__(
        self, store: Store, engine: MediaEngine, now: Callable[[], float], timings: Timings | None = None
    ) -> None:
        self._store, self._engine, self._now, self._timings = store, engine, now, timings
        self._locks: dict[str, asyncio.Lock] = {}
        self._adopted: set[str] = set()
        self._teller: Teller | None = None
        self._alarm: Alarm | None = None
        self._turnover: Turnover | None = None
        self.troubles = 0
        """effects that failed after a stored command, and stores that failed the server itself; a number, never a text"""

    def connect(self, teller: Teller, alarm: Alarm, turnover: Turnover) -> None:
        """The parts that need this one to exist first."""
        self._teller, self._alarm, self._turnover = teller, alarm, turnover

    async def open(self, id_: str, door: Door) -> None:
        """Raises Refused(exists), or Refused(busy) where there are too many."""
        if len(self._adopted) >= MOST_CIRCLES:
            raise Refused(Refusal.BUSY)
        circle = open_circle(door, self._now(), self._timings)
        if not await self._store.create(id_, circle, _ttl(circle)):
            raise Refused(Refusal.EXISTS)
        async with self._lock(id_):
            try:
                await self._adopt(id_, circle)
            except Exception:
                await self._store.delete(id_)
                raise

    async def look(self, id_: str) -> Circle | None:
        return await self._store.load(id_)

    async def handle(self, id_: str, command: Command, by: Actor) -> Circle:
        """Apply a command and everything that follows. Raises Refused; a refused command has changed nothing."""
        async with self._lock(id_):
            before, after, effects = await self._store_it(id_, command, by)
            await self._carry_out(id_, command, after, effects, told=after.version != before.version)
        if after.phase == "closed":
            self._locks.pop(id_, None)
        return after

    async def whisper(self, id_: str, whisper: Whisper, by: str) -> None:
        """Pass it on to whom the rules allow, and keep nothing of it. Raises Refused."""
        # Under the circle's lock, so that nobody who has just left, or lost the right to it, is still told.
        async with self._lock(id_):
            circle = await self._store.load(id_)
            if circle is None:
                self._locks.pop(id_, None)
                raise Refused(Refusal.UNKNOWN)
            now = self._now()
            to = whispers.audience(circle, whisper, by, now)
            if self._teller is not None:
                await self._teller.whisper(id_, to, whispers.passed_on(whisper, by, now))

    async def missed(self, id_: str, after: int, seat: str) -> list[Committed]:
        """The commits since that one, for a seat. Raises Refused."""
        async with self._lock(id_):
            circle = await self._store.load(id_)
            if circle is None:
                self._locks.pop(id_, None)
                raise Refused(Refusal.UNKNOWN)
            if circle.seat(seat) is None:
                raise Refused(Refusal.NOT_YOURS)
            return missed(await self._store.commits(id_), after, seat)

    async def insist(self, id_: str, command: Command, still: Callable[[], bool] = lambda: True) -> None:
        """A command of the server's own, again and again while the store fails: nobody else would ask for it.

        Until it is refused, since its reason is gone then, or `still` says that it is not wanted any more.
        """
        for pause in itertools.chain(PAUSES, itertools.repeat(PAUSES[-1])):
            if not still():
                return
            try:
                await self.handle(id_, command, Outside.SERVER)
            except Refused as refused:
                if refused.code is not Refusal.STALE:
                    return
            except Exception:
                self.troubles += 1
            else:
                return
            await asyncio.sleep(pause)

    def _lock(self, id_: str) -> asyncio.Lock:
        return self._locks.setdefault(id_, asyncio.Lock())

    async def _store_it(self, id_: str, command: Command, by: Actor) -> tuple[Circle, Circle, tuple[Effect, ...]]:
        for _ in range(TRIES):
            before = await self._store.load(id_)
            if before is None:
                self._locks.pop(id_, None)
                raise Refused(Refusal.UNKNOWN)
            before = await self._adopt(id_, before)
            if before is None:
                continue
            after, effects = apply(before, command, by, self._now())
            if after.version == before.version or await self._replace(id_, command, before, after):
                return before, after, effects
        raise Refused(Refusal.STALE)

    async def _replace(self, id_: str, command: Command, before: Circle, after: Circle) -> bool:
        """A commit is kept in the same moment in which its number counts."""
        commits = kept(await self._store.commits(id_), command) if isinstance(command, Commit) else None
        return await self._store.replace(id_, after, before.version, _ttl(after), commits)

    async def _adopt(self, id_: str, circle: Circle) -> Circle | None:
        """First touch of a circle by this process: nobody is connected here yet, whatever an earlier process stored.

        None: it was changed meanwhile, and is to be loaded again.
        """
        if id_ in self._adopted:
            return circle
        version = circle.version
        for seat in (*circle.seats, *circle.knocks):
            with contextlib.suppress(Refused):  # this one's time, or the circle's, was over meanwhile
                circle, _ = apply(circle, Drop(seat=seat.id), Outside.SERVER, self._now())
        if circle.version != version and not await self._store.replace(id_, circle, version, _ttl(circle)):
            return None
        if circle.phase == "closed":
            await self._store.delete(id_)
            self._locks.pop(id_, None)
            raise Refused(Refusal.UNKNOWN)
        await self._engine.open_circle(id_)
        for (seat, kind), audience in gates(circle).items():
            await self._engine.gate(id_, seat, kind, audience)
        self._adopted.add(id_)
        if self._alarm is not None:
            self._alarm.set(id_, next_wake(circle, self._now()))
        return circle

    async def _carry_out(
        self, id_: str, command: Command, circle: Circle, effects: tuple[Effect, ...], *, told: bool
    ) -> None:
        """Gates before anyone is told, keys before the view that counts them; what fails here never fails the command."""
        for effect in effects:
            if isinstance(effect, Gate):
                await self._try(self._engine.gate(id_, effect.seat, effect.kind, effect.audience))
            elif isinstance(effect, SwitchKeys) and isinstance(command, Commit):
                await self._try(self._hand_out(id_, command, circle, effect))
        if told and self._teller is not None and circle.phase != "closed":
            now = self._now()
            at_door = door_view(circle, now)
            await self._try(self._teller.tell(id_, views_for(circle, now), at_door))
        for effect in effects:
            await self._try(self._after_telling(id_, effect))

    async def _hand_out(self, id_: str, commit: Commit, circle: Circle, effect: SwitchKeys) -> None:
        assert self._teller is not None and self._turnover is not None  # noqa: S101, PT018  connected at the start
        self._teller.keys(id_, {seat.id: for_seat(commit, seat.id) for seat in circle.seats})
        self._turnover.begin(id_, effect)

    async def _after_telling(self, id_: str, effect: Effect) -> None:
        assert self._teller and self._alarm and self._turnover  # noqa: S101, PT018  connected at the start
        if isinstance(effect, Evict):
            await self._try(self._engine.drop(id_, effect.seat))
            await self._try(self._teller.end(id_, effect.seat, effect.reason))
        elif isinstance(effect, WakeAt):
            self._alarm.set(id_, effect.at)
        elif isinstance(effect, Forget):
            self._alarm.set(id_, None)
            self._turnover.forget(id_)
            self._adopted.discard(id_)
            await self._try(self._store.delete(id_))
            await self._try(self._engine.close_circle(id_))
            await self._try(self._teller.end_all(id_))

    async def _try(self, work: Awaitable[None]) -> None:
        try:
            await work
        except Exception:
            self.troubles += 1


def _ttl(circle: Circle) -> float:
    """How long the store keeps it without a further change. An occupied circle may be quiet for long, never for longer than it may last."""
    return circle.timings.longest + circle.timings.empty
