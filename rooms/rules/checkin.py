"""Checking in: a card on how one is here today. Shown to who facilitates, and to all only if its writer says so."""

from rooms.circle import Circle
from rooms.nouns import Actor, Card
from rooms.rulebook import NOT_OBSERVERS, Command, Guard, Rule


class CheckIn(Command, frozen=True, kw_only=True):
    """My card; taken back, with null."""

    card: Card | None


_MEETING_GOES_ON = Guard(
    "the meeting is not over, or it is taken back",
    lambda circle, command, _by, _now: command.card is None or not circle.afterwards,
)
_NOTHING_PINNED_UP = Guard(
    "it is not opened to all behind the shield or in a quiet",
    lambda circle, command, _by, _now: (
        command.card is None or not command.card.open or not (circle.shielded or circle.pause)
    ),
)


def check_in(circle: Circle, command: CheckIn, by: Actor, _now: float) -> Circle:
    return circle.with_seat(by, card=command.card)


RULES = (Rule(CheckIn, NOT_OBSERVERS, (_MEETING_GOES_ON, _NOTHING_PINNED_UP), check_in),)
