"""Who may speak in this part of the meeting: the floor."""

from rooms.circle import Circle
from rooms.moves import fresh_round
from rooms.nouns import Actor, Floor
from rooms.rulebook import Command, Rule, who


class SetFloor(Command, frozen=True, kw_only=True):
    """Switch the floor. A floor without the stick lays it into the centre (settle)."""

    floor: Floor


def _leads_or_returns_to_round(circle: Circle, command: SetFloor, by: Actor, _now: float) -> bool:
    seat = circle.seat(by)
    may_return = circle.adrift and seat is not None and seat.present and seat.may_hold
    return circle.leads(by) or (may_return and command.floor == "round")


_WHO = who("facilitators; where nobody is left to lead, any member, back to a round", _leads_or_returns_to_round)


def set_floor(circle: Circle, command: SetFloor, _by: Actor, _now: float) -> Circle:
    changed = circle.evolve(floor=command.floor)
    return changed if command.floor == circle.floor else fresh_round(changed)


RULES = (Rule(SetFloor, _WHO, (), set_floor),)
