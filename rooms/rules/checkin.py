"""Checking in: a card on how one is here today. Shown to who facilitates, and to all only if its writer says so."""

from rooms.circle import Circle
from rooms.nouns import Actor, Card
from rooms.rulebook import NOT_OBSERVERS, Command, Rule


class CheckIn(Command, frozen=True, kw_only=True):
    """My card; taken back, with null."""

    card: Card | None


def check_in(circle: Circle, command: CheckIn, by: Actor, _now: float) -> Circle:
    return circle.with_seat(by, card=command.card)


RULES = (Rule(CheckIn, NOT_OBSERVERS, (), check_in),)
