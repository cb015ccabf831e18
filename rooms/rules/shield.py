"""Against people who came to disturb: one press shuts the door and every gate but the facilitators'; a fresh link shuts them out."""

from typing import Annotated

import msgspec

from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.opaque import DoorAgreements, DoorLine, DoorNote, Hash
from rooms.refusals import Refusal
from rooms.rulebook import FACILITATORS, Command, Guard, Rule, who
from rooms.terms import SEALED


class Shield(Command, frozen=True, kw_only=True):
    """Nobody knocks, nobody but who leads is heard or shown, nothing is written; or all of it again as before."""

    on: bool


class SetLink(Command, frozen=True, kw_only=True):
    """Another link for members: the old one opens the door no longer."""

    link: Annotated[int, msgspec.Meta(ge=2, le=10_000)]
    join: Hash
    """SHA-256 of the new proof"""
    agreements: DoorAgreements | None
    """the door's texts, the same as before, for those who come by the new link"""
    limits_words: DoorNote | None
    next_date: DoorLine | None


def _guards_or_adrift(circle: Circle, command: Shield, by: Actor, _now: float) -> bool:
    seat = circle.seat(by)
    may_end = circle.adrift and seat is not None and seat.present and seat.may_hold and not command.on
    return circle.keeps(by, "guardian") or may_end


_GUARDIAN = who(
    "facilitators, who stands in, or the guardian; where nobody is left to lead, any member, to lift it",
    _guards_or_adrift,
)
_NEXT_LINK = Guard(
    "it follows the present link",
    lambda circle, command, _by, _now: command.link == circle.door.link + 1,
    Refusal.STALE,
)
_SAME_TEXTS = Guard(
    "it brings each of the terms' texts that there is, and no other",
    lambda circle, command, _by, _now: all(
        (getattr(command, name) is None) == (getattr(circle.terms, name) is None) for name in SEALED
    ),
    Refusal.STALE,
)


def shield(circle: Circle, command: Shield, _by: Actor, _now: float) -> Circle:
    return circle.evolve(shielded=command.on)


def set_link(circle: Circle, command: SetLink, _by: Actor, _now: float) -> Circle:
    """The terms stay what they were: only their texts are sealed anew, for another key."""
    door = circle.door.evolve(link=command.link, join=command.join)
    terms = circle.terms.evolve(**{name: getattr(command, name) for name in SEALED})
    # Whoever stands at the door by the old link stands there no longer.
    for knock in circle.knocks:
        circle = circle.without(knock.id, "expired")
    return circle.evolve(door=door, terms=terms)


RULES = (
    Rule(Shield, _GUARDIAN, (), shield),
    Rule(SetLink, FACILITATORS, (_NEXT_LINK, _SAME_TEXTS), set_link),
)
