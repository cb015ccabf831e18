"""Holding the circle: naming who would stand in, and ending it."""

from rooms.circle import Circle
from rooms.nouns import Actor, Duty
from rooms.opaque import SeatId
from rooms.rulebook import A_MEMBER, MAY_HOLD, WHOEVER_LEADS, Command, Rule, or_nobody


class NameSuccessor(Command, frozen=True, kw_only=True):
    """Who stands in when no facilitator is here; nobody, with null."""

    seat: SeatId | None


class SetDuty(Command, frozen=True, kw_only=True):
    """Give somebody a duty, or take it back."""

    seat: SeatId
    duty: Duty
    on: bool


class Close(Command, frozen=True, kw_only=True):
    """End the circle for everybody. Nothing of it is kept."""


def name_successor(circle: Circle, command: NameSuccessor, _by: Actor, _now: float) -> Circle:
    return circle.evolve(successor=command.seat)


def set_duty(circle: Circle, command: SetDuty, _by: Actor, _now: float) -> Circle:
    seat = circle.seat(command.seat)
    others = [duty for duty in seat.duties if duty != command.duty] if seat else []
    return circle.with_seat(command.seat, duties=tuple(sorted([*others, command.duty] if command.on else others)))


def close(circle: Circle, _command: Close, _by: Actor, _now: float) -> Circle:
    return circle.evolve(phase="closed")


RULES = (
    Rule(NameSuccessor, WHOEVER_LEADS, (or_nobody(A_MEMBER),), name_successor),
    Rule(SetDuty, WHOEVER_LEADS, (MAY_HOLD,), set_duty),
    Rule(Close, WHOEVER_LEADS, (), close),
)
