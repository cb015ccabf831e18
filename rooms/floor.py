"""Who may be heard, and whose picture is shown: the one place where law 1 (one voice) is written."""

from rooms.circle import Circle
from rooms.effects import Audience, Kind
from rooms.nouns import Seat


def may_be_heard(circle: Circle) -> frozenset[str]:
    """The seats that are heard in the circle. Nobody who is away, out or apart, nobody who only listens, ever; in a pause nobody.

    Behind the shield whoever leads, and nobody else, a pause or not: they are to speak with those who came to disturb.
    """
    if circle.phase == "closed" or (circle.pause is not None and not circle.shielded):
        return frozenset()
    heard = _leads if circle.shielded else _HEARD[circle.floor]
    return frozenset(seat.id for seat in circle.seats if seat.reachable and not seat.hushed and heard(circle, seat))


def may_be_shown(circle: Circle) -> frozenset[str]:
    """The seats whose picture is shown in the circle: as its terms have it, and behind the shield who leads only."""
    if circle.phase == "closed":
        return frozenset()
    shown = _leads if circle.shielded else _SHOWN[circle.terms.camera]
    return frozenset(seat.id for seat in circle.seats if seat.reachable and shown(circle, seat))


def _leads(circle: Circle, seat: Seat) -> bool:
    return circle.leads(seat.id)


def _holds(circle: Circle, seat: Seat) -> bool:
    return circle.holder == seat.id


_HEARD = {
    "round": _holds,
    "hands": _holds,
    "open": lambda _circle, _seat: True,
    "silence": lambda _circle, _seat: False,
    "facilitator": _leads,
}

_SHOWN = {
    "optional": lambda _circle, _seat: True,
    "holder": lambda circle, seat: _HEARD[circle.floor](circle, seat),
    "check_in": lambda circle, _seat: circle.part is not None and circle.part.part == "check_in",
}


def gates(circle: Circle) -> dict[tuple[str, Kind], Audience]:
    """Every gate of the circle: sound follows `may_be_heard`, the picture `may_be_shown`, and in an aside both go to its own seats."""
    through: dict[Kind, frozenset[str]] = {"audio": may_be_heard(circle), "video": may_be_shown(circle)}
    return {
        (seat.id, kind): _company(circle, seat) if seat.id in ids or _open_apart(circle, seat) else "nobody"
        for seat in circle.seats
        for kind, ids in through.items()
    }


def _open_apart(circle: Circle, seat: Seat) -> bool:
    return seat.apart and seat.here and seat.may_hold and not circle.shielded and circle.phase != "closed"


def _company(circle: Circle, of: Seat) -> Audience:
    """With whom this seat is: the others of its aside, or all who are in none."""
    return (circle.together(of.id) - {of.id} or "nobody") if circle.apart else "all"
