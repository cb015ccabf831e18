"""Who is apart, and when it ends: what settle does for asides. Knows nothing of who may ask whom."""

from rooms.circle import Circle
from rooms.nouns import Aside, due


def asides_end(circle: Circle, now: float) -> Circle:
    """An aside goes on while two are in it; an invitation, while it is young and its asker waits for the answer."""
    kept = (_as_it_is(circle, aside, now) for aside in circle.asides)
    return circle.evolve(asides=tuple(aside for aside in kept if aside.begun or (aside.seats and aside.asked)))


def _as_it_is(circle: Circle, aside: Aside, now: float) -> Aside:
    """Without those who have gone, stepped out, or been away for too long; and at its time, without anybody."""
    able = {seat.id: seat for seat in circle.seats if seat.may_hold}
    late = due(aside.since, circle.timings.invitation, now)
    over = due(aside.until, 0.0, now)
    in_it = {
        seat.id
        for seat in able.values()
        if not over and not seat.out and not due(seat.away_since, circle.timings.aside_grace, now)
    }
    seats = tuple(one for one in aside.seats if one in in_it)
    waits = not late and aside.by in seats
    return aside.evolve(seats=seats, asked=tuple(one for one in aside.asked if one in able and waits))


def who_is_apart(circle: Circle, _now: float) -> Circle:
    """Whoever is called back from an aside is hushed; who leaves it by a press of their own was marked before."""
    apart = circle.apart
    for seat in circle.seats:
        if seat.apart != (seat.id in apart):
            circle = circle.with_seat(seat.id, apart=not seat.apart, hushed=seat.apart)
    return circle
