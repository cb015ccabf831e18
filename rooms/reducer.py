"""One command, applied: row, guards, function, settle, version, effects. The only way a circle changes."""

from collections.abc import Mapping

from rooms.circle import Circle
from rooms.effects import Audience, Effect, Evict, Forget, Gate, Kind, SwitchKeys, WakeAt
from rooms.floor import gates
from rooms.nouns import Actor
from rooms.refusals import Refusal, Refused
from rooms.rulebook import Command
from rooms.rules import BY_COMMAND
from rooms.settle import next_wake, settle

Gates = Mapping[tuple[str, Kind], Audience]


def apply(circle: Circle, command: Command, by: Actor, now: float) -> tuple[Circle, tuple[Effect, ...]]:
    """The circle after the command, and what the shell must do.

    What changes nothing returns the same circle, its version included, and when to look again. Raises Refused and changes nothing.
    A closed circle refuses everything, the server's own commands too. `now` is unix seconds and should not fall from call to call.
    """
    if circle.phase == "closed":
        raise Refused(Refusal.UNKNOWN)
    rule = BY_COMMAND[type(command)]
    for guard in (rule.who, *rule.when):
        if not guard.holds(circle, command, by, now):
            raise Refused(guard.otherwise)
    quiet = circle.evolve(gone=())
    after = settle(rule.do(quiet, command, by, now), now)
    if after == quiet:
        return circle, (WakeAt(at=next_wake(quiet, now)),)
    after = after.evolve(version=circle.version + 1)
    return after, effects(circle, after, now)


def effects(before: Circle, after: Circle, now: float) -> tuple[Effect, ...]:
    """What differs, as work for the shell; gates first, since they must be in force before anyone is told."""
    evicted = [Evict(seat=one.seat, reason=one.reason) for one in after.gone]
    ended: list[Effect] = [Forget()] if after.phase == "closed" else [WakeAt(at=next_wake(after, now))]
    return (*_turned(gates(before), gates(after)), *_keyed(before, after), *evicted, *ended)


def _keyed(before: Circle, after: Circle) -> list[Effect]:
    """Whoever is left out is waited for less: until the others switch, their keys still open what is sent."""
    if after.epoch == before.epoch:
        return []
    seats = frozenset(after.keyed)
    timings = after.timings
    within = timings.switch if seats >= {*before.keyed} else timings.switch_without
    here = seats & {seat.id for seat in after.seats if seat.present}
    return [SwitchKeys(n=after.epoch, seats=seats, here=here, within=within)]


def _turned(old: Gates, new: Gates) -> list[Gate]:
    """First every gate is narrowed to those who hear its seat before and after, then it opens: at no moment does anybody hear more."""
    narrowed: list[Gate] = []
    opened: list[Gate] = []
    for seat, kind in {**old, **new}:
        was, will = old.get((seat, kind), "nobody"), new.get((seat, kind), "nobody")
        between = _both(was, will)
        if between != was:
            narrowed.append(Gate(seat=seat, kind=kind, audience=between))
        if between != will:
            opened.append(Gate(seat=seat, kind=kind, audience=will))
    return narrowed + opened


def _both(one: Audience, other: Audience) -> Audience:
    if one == "all" or other == "nobody":
        return other
    if other == "all" or one == "nobody":
        return one
    return one & other or "nobody"
