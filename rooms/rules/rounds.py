"""How the stick goes round: the order of the seats, which way, and whose hands come first."""

from typing import Annotated

import msgspec

from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.opaque import SeatId
from rooms.refusals import Refusal
from rooms.rulebook import WHOEVER_LEADS, Command, Guard, Rule

MOST_SEATED = 32


class SetOrder(Command, frozen=True, kw_only=True):
    """Seat everybody in this order."""

    seats: Annotated[tuple[SeatId, ...], msgspec.Meta(max_length=MOST_SEATED)]


class SetWay(Command, frozen=True, kw_only=True):
    """Let the stick go round the other way, or with hands first to those not yet heard."""

    backwards: bool
    unheard_first: bool


_SAME_PEOPLE = Guard(
    "it names everybody who sits here, once",
    lambda circle, command, _by, _now: sorted(command.seats) == sorted(seat.id for seat in circle.seats),
    Refusal.STALE,
)


def set_order(circle: Circle, command: SetOrder, _by: Actor, _now: float) -> Circle:
    return circle.evolve(seats=tuple(seat for id_ in command.seats if (seat := circle.seat(id_))))


def set_way(circle: Circle, command: SetWay, _by: Actor, _now: float) -> Circle:
    return circle.evolve(backwards=command.backwards, unheard_first=command.unheard_first)


RULES = (
    Rule(SetOrder, WHOEVER_LEADS, (_SAME_PEOPLE,), set_order),
    Rule(SetWay, WHOEVER_LEADS, (), set_way),
)
