"""Quiet for everybody: a pause, a moment of silence, a heads-up. The stick stays where it is, and the clocks stand still."""

from typing import Annotated

import msgspec

from rooms import moves
from rooms.circle import Circle
from rooms.nouns import Actor, Still, Turn
from rooms.nouns import Pause as Pausing
from rooms.rulebook import HOLDER, SAME_TURN, Command, Guard, Rule, who


class Pause(Command, frozen=True, kw_only=True):
    """A pause for everybody, or the end of any quiet."""

    on: bool


class Silence(Command, frozen=True, kw_only=True):
    """A moment of silence, seconds from now; its end, with null."""

    seconds: Annotated[int, msgspec.Meta(ge=5, le=1800)] | None


class HeadsUp(Command, frozen=True, kw_only=True):
    """Before something hard: some seconds to turn the sound down or step out."""

    turn: Turn


def _guards_or_adrift(circle: Circle, command: Pause, by: Actor, _now: float) -> bool:
    seat = circle.seat(by)
    may_end = circle.adrift and seat is not None and seat.present and seat.may_hold and not command.on
    return circle.keeps(by, "guardian") or may_end


_GUARDIAN = who(
    "facilitators, or who guards the circle; where nobody is left to lead, any member, to end it", _guards_or_adrift
)
_GUARDIAN_OR_SCRIPT = who(
    "facilitators, or who guards the circle or keeps the script",
    lambda circle, _c, by, _now: circle.keeps(by, "guardian") or circle.keeps(by, "script"),
)
_NOT_PAUSED = Guard(
    "there is no pause and no heads-up",
    lambda circle, _c, _by, _now: circle.pause is None or circle.pause.kind == "silence",
)
_NO_QUIET = Guard("there is no quiet yet", lambda circle, _c, _by, _now: circle.pause is None)
_ONCE_A_TURN = Guard("they have not said so in this turn", lambda circle, _c, _by, _now: circle.warned != circle.turn)


def pause(circle: Circle, command: Pause, _by: Actor, now: float) -> Circle:
    return _still(circle, "pause", None, now) if command.on else moves.resume(circle, now)


def silence(circle: Circle, command: Silence, _by: Actor, now: float) -> Circle:
    return moves.resume(circle, now) if command.seconds is None else _still(circle, "silence", command.seconds, now)


def heads_up(circle: Circle, _command: HeadsUp, _by: Actor, now: float) -> Circle:
    return _still(circle, "heads_up", circle.timings.heads_up, now).evolve(warned=circle.turn)


def _still(circle: Circle, kind: Still, seconds: float | None, now: float) -> Circle:
    """One quiet may turn into another: the clocks stand where they stood."""
    until = None if seconds is None else now + seconds
    return circle.evolve(pause=Pausing(kind=kind, since=circle.clock(now), until=until, turn=circle.turn))


RULES = (
    Rule(Pause, _GUARDIAN, (), pause),
    Rule(Silence, _GUARDIAN_OR_SCRIPT, (_NOT_PAUSED,), silence),
    Rule(HeadsUp, HOLDER, (SAME_TURN, _NO_QUIET, _ONCE_A_TURN), heads_up),
)
