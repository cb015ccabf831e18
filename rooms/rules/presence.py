"""Being here: connections that come and go, leaving, being asked to leave, and the clock that notices all of it."""

from rooms import moves
from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.opaque import SeatId
from rooms.refusals import Refusal
from rooms.rulebook import ANYONE_SEATED, SEAT_EXISTS, SERVER, WHOEVER_LEADS, Command, Guard, Rule


class Arrive(Command, frozen=True, kw_only=True):
    """A seat's, or a knock's, connection is there (again)."""

    from_outside = False
    seat: SeatId


class Drop(Command, frozen=True, kw_only=True):
    """A seat's, or a knock's, connection is lost. Seat, turn and time are kept for a grace."""

    from_outside = False
    seat: SeatId


class Wake(Command, frozen=True, kw_only=True):
    """Time has passed; settle looks what is due."""

    from_outside = False


class Leave(Command, frozen=True, kw_only=True):
    """Go, and free the seat."""


class Remove(Command, frozen=True, kw_only=True):
    """Ask somebody out, at once."""

    seat: SeatId


def _known(circle: Circle, command: Arrive | Drop, _by: Actor, _now: float) -> bool:
    return circle.seat(command.seat) is not None or circle.knock(command.seat) is not None


_KNOWN = Guard("that seat or knock is known", _known, Refusal.NO_SUCH_SEAT)
_NOT_ONESELF = Guard("it is somebody else", lambda _circle, command, by, _now: command.seat != by, Refusal.NOT_YOURS)


def _member_or_observer(circle: Circle, command: Remove, _by: Actor, _now: float) -> bool:
    seat = circle.seat(command.seat)
    return seat is not None and seat.role != "facilitator"


# Facilitators have equal power, and a facilitator who is sent out could return by the key at once.
_NO_FACILITATOR = Guard("it is no facilitator", _member_or_observer, Refusal.NOT_YOURS)


def _away(circle: Circle, id_: str, since: float | None) -> Circle:
    knocks = tuple(one.evolve(away_since=since) if one.id == id_ else one for one in circle.knocks)
    return circle.with_seat(id_, away_since=since).evolve(knocks=knocks)


def arrive(circle: Circle, command: Arrive, _by: Actor, _now: float) -> Circle:
    return _away(circle, command.seat, None)


def drop(circle: Circle, command: Drop, _by: Actor, now: float) -> Circle:
    seat, knock = circle.seat(command.seat), circle.knock(command.seat)
    since = next((one.away_since for one in (seat, knock) if one and one.away_since is not None), now)
    return _away(circle, command.seat, since)


def wake(circle: Circle, _command: Wake, _by: Actor, _now: float) -> Circle:
    return circle


def leave(circle: Circle, _command: Leave, by: Actor, now: float) -> Circle:
    return moves.part(circle, by, "left", now)


def remove(circle: Circle, command: Remove, _by: Actor, now: float) -> Circle:
    return moves.part(circle, command.seat, "removed", now)


RULES = (
    Rule(Arrive, SERVER, (_KNOWN,), arrive),
    Rule(Drop, SERVER, (_KNOWN,), drop),
    Rule(Wake, SERVER, (), wake),
    Rule(Leave, ANYONE_SEATED, (), leave),
    Rule(Remove, WHOEVER_LEADS, (SEAT_EXISTS, _NOT_ONESELF, _NO_FACILITATOR), remove),
)
