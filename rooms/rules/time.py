"""Time, softly: asking for more of it, giving it, and who has how much in the plan. Nothing is ever cut."""

from typing import Annotated

import msgspec

from rooms.circle import Circle
from rooms.nouns import Actor, Turn
from rooms.opaque import SeatId
from rooms.rulebook import HOLDER, SAME_TURN, SEAT_EXISTS, Command, Guard, Rule, who

MOST_MINUTES = 15


class AskTime(Command, frozen=True, kw_only=True):
    """Ask for more time."""

    turn: Turn


class GiveTime(Command, frozen=True, kw_only=True):
    """Give the holder more seconds; with null this turn has no limit."""

    turn: Turn
    seconds: Annotated[int, msgspec.Meta(ge=0, le=1800)] | None


class Allot(Command, frozen=True, kw_only=True):
    """Minutes more, or fewer, for somebody in the time plan than they wished."""

    seat: SeatId
    minutes: Annotated[int, msgspec.Meta(ge=-MOST_MINUTES, le=MOST_MINUTES)]


_TIME = who("facilitators, or who keeps the time", lambda circle, _c, by, _now: circle.keeps(by, "time"))
_HELD = Guard("somebody holds the stick", lambda circle, _c, _by, _now: circle.holder is not None)
_LIMITED = Guard("the turn has a limit", lambda circle, _c, _by, _now: circle.stick.allotted is not None)


def ask_time(circle: Circle, _command: AskTime, _by: Actor, _now: float) -> Circle:
    return circle.evolve(stick=circle.stick.evolve(asks=True))


def give_time(circle: Circle, command: GiveTime, _by: Actor, _now: float) -> Circle:
    before = circle.stick.allotted
    more = None if command.seconds is None or before is None else before + command.seconds
    return circle.evolve(stick=circle.stick.evolve(allotted=more, asks=False, over=0))


def allot(circle: Circle, command: Allot, _by: Actor, _now: float) -> Circle:
    return circle.with_seat(command.seat, adjust=command.minutes)


RULES = (
    Rule(AskTime, HOLDER, (SAME_TURN, _LIMITED), ask_time),
    Rule(GiveTime, _TIME, (SAME_TURN, _HELD), give_time),
    Rule(Allot, _TIME, (SEAT_EXISTS,), allot),
)
