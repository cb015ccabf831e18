"""Against people who came to disturb: one press shuts the door and every gate but the facilitators'; a fresh link shuts them out."""

from typing import Annotated

import msgspec

from rooms.circle import Circle
from rooms.nouns import Actor, Sealed
from rooms.refusals import Refusal
from rooms.rulebook import FACILITATORS, Command, Guard, Rule, who

Hash = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43}\Z")]


class Shield(Command, frozen=True, kw_only=True):
    """Nobody knocks, nobody but who leads is heard or shown, nothing is written; or all of it again as before."""

    on: bool


class SetLink(Command, frozen=True, kw_only=True):
    """Another link for members: the old one opens the door no longer."""

    link: Annotated[int, msgspec.Meta(ge=2, le=10_000)]
    join: Hash
    """SHA-256 of the new proof"""
    fresh: Sealed
    """the new link's secret, for those inside"""
    keys: Sealed
    """the words' secret, for those who come by the new link"""


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


def shield(circle: Circle, command: Shield, _by: Actor, _now: float) -> Circle:
    return circle.evolve(shielded=command.on)


def set_link(circle: Circle, command: SetLink, _by: Actor, _now: float) -> Circle:
    door = circle.door.evolve(link=command.link, join=command.join, fresh=command.fresh, keys=command.keys)
    # Whoever stands at the door by the old link stands there no longer.
    for knock in circle.knocks:
        circle = circle.without(knock.id, "expired")
    return circle.evolve(door=door)


RULES = (
    Rule(Shield, _GUARDIAN, (), shield),
    Rule(SetLink, FACILITATORS, (_NEXT_LINK,), set_link),
)
