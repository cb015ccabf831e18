"""Asking for the stick. Hands stand in order of arrival."""

from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.rulebook import NOT_OBSERVERS, Command, Guard, Rule


class RaiseHand(Command, frozen=True, kw_only=True):
    """Ask for the stick, or take the asking back."""

    up: bool


_NOT_HOLDING = Guard("they do not hold the stick", lambda circle, _command, by, _now: circle.holder != by)


def raise_hand(circle: Circle, command: RaiseHand, by: Actor, now: float) -> Circle:
    seat = circle.seat(by)
    keeps_place = command.up and seat is not None and seat.hand is not None
    return circle if keeps_place else circle.with_seat(by, hand=now if command.up else None)


RULES = (Rule(RaiseHand, NOT_OBSERVERS, (_NOT_HOLDING,), raise_hand),)
