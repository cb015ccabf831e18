"""Stepping out for a while, and in again. The seat is kept; who is out is not heard and not shown, but may still hear."""

from rooms.circle import Circle
from rooms.nouns import Actor, OutWish
from rooms.rulebook import ANYONE_SEATED, Command, Rule


class StepOut(Command, frozen=True, kw_only=True):
    """Out for a while: I am all right, or, I would like someone."""

    wish: OutWish


class StepIn(Command, frozen=True, kw_only=True):
    """Here again."""


def step_out(circle: Circle, command: StepOut, by: Actor, _now: float) -> Circle:
    return circle.with_seat(by, out=command.wish)


def step_in(circle: Circle, _command: StepIn, by: Actor, _now: float) -> Circle:
    return circle.with_seat(by, out=None)


RULES = (
    Rule(StepOut, ANYONE_SEATED, (), step_out),
    Rule(StepIn, ANYONE_SEATED, (), step_in),
)
