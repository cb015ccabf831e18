"""What follows from any change and from time passing: small rules run to a fixed point, so that no command needs to know another."""

from collections.abc import Callable

from rooms import entry, leaders, moves
from rooms.apart import asides_end, who_is_apart
from rooms.circle import Circle
from rooms.nouns import STICK_FLOORS, Seat, due

Step = Callable[[Circle, float], Circle]


def settle(circle: Circle, now: float) -> Circle:
    """Run every step until none changes anything. Settling again changes nothing."""
    while True:
        settled = circle
        for step in STEPS:
            settled = step(settled, now)
        if settled == circle:
            return circle
        circle = settled


def end_of_time(circle: Circle, now: float) -> Circle:
    """No circle lasts for ever, and an empty one is not kept."""
    over = due(circle.opened, circle.timings.longest, now) or due(circle.empty_since, circle.timings.empty, now)
    return circle.evolve(phase="closed") if over and circle.phase != "closed" else circle


def farewell(circle: Circle, _now: float) -> Circle:
    """A closed circle has no seats left."""
    if circle.phase == "closed":
        for one in (*circle.seats, *circle.knocks):
            circle = circle.without(one.id, "closed")
    return circle


def _seat_grace(circle: Circle, seat: Seat) -> float:
    return circle.timings.out_grace if seat.out else circle.timings.seat_grace


def seats_end(circle: Circle, now: float) -> Circle:
    """A seat is kept through a grace, then it is free."""
    for seat in circle.seats:
        if due(seat.away_since, _seat_grace(circle, seat), now):
            circle = moves.part(circle, seat.id, "expired", now)
    return circle


def pause_ends(circle: Circle, now: float) -> Circle:
    """At its time, even if the clock wakes late; a heads-up also with its turn."""
    pause = circle.pause
    if pause is None:
        return circle
    if pause.until is not None and now >= pause.until:
        return moves.resume(circle, pause.until)
    return moves.resume(circle, now) if pause.kind == "heads_up" and pause.turn != circle.turn else circle


def nobody_holds_where_no_stick_is(circle: Circle, now: float) -> Circle:
    """A floor without the stick, or an end, lays it into the centre."""
    idle = circle.floor not in STICK_FLOORS or circle.phase == "closed"
    return moves.rest(circle, now) if idle and circle.stick.state != "resting" else circle


def _stick_grace(circle: Circle) -> float:
    return circle.timings.holder_grace if circle.stick.state == "held" else circle.timings.offer_grace


def stick_leaves_the_absent(circle: Circle, now: float) -> Circle:
    """Who drops keeps stick and clock for a grace, then speaks later; an offer to somebody gone moves on by itself. Not in a pause."""
    seat = circle.seat(circle.stick.seat)
    if seat is None or circle.pause is not None:
        return circle
    if seat.out is None and not due(seat.away_since, _stick_grace(circle), now):
        return circle
    return moves.move_on(circle.evolve(round=circle.round.with_later(seat.id)), now)


def overrun_is_counted(circle: Circle, now: float) -> Circle:
    """Minutes begun beyond the allotted ones: the plan of the others follows. The turn itself goes on."""
    stick = circle.stick
    if circle.holder is None or stick.allotted is None:
        return circle
    over = stick.over
    while due(stick.since, stick.allotted + 60.0 * over, circle.clock(now)):
        over += 1
    return circle.evolve(stick=stick.evolve(over=over))


def holders_hand_falls(circle: Circle, _now: float) -> Circle:
    """Who has the stick asks for it no longer."""
    seat = circle.seat(circle.holder)
    return circle.with_seat(seat.id, hand=None) if seat and seat.hand is not None else circle


def round_forgets_the_gone(circle: Circle, _now: float) -> Circle:
    """The round knows only seats that are still here, and do not only listen."""
    ids = {seat.id for seat in circle.seats if seat.may_hold}
    heard = tuple(one for one in circle.round.heard if one in ids)
    later = tuple(one for one in circle.round.later if one in ids)
    return circle.evolve(round=circle.round.evolve(heard=heard, later=later))


STEPS: tuple[Step, ...] = (
    end_of_time,
    farewell,
    entry.it_has_started,
    entry.knocks_end,
    entry.the_circle_has_answered,
    pause_ends,
    asides_end,
    who_is_apart,
    seats_end,
    nobody_holds_where_no_stick_is,
    stick_leaves_the_absent,
    overrun_is_counted,
    holders_hand_falls,
    round_forgets_the_gone,
    entry.newcomers_sit_down,
    entry.observers_step_in,
    leaders.named_people_are_there,
    leaders.count_the_time_without,
    leaders.somebody_leads,
    leaders.volunteer_is_answered,
    leaders.shield_falls,
)


def _allotted(circle: Circle) -> float:
    """Seconds from the turn's beginning to the next full minute beyond what was allotted."""
    return (circle.stick.allotted or 0.0) + 60.0 * circle.stick.over


def next_wake(circle: Circle, now: float) -> float | None:
    """When time alone will next change something. None for a closed circle."""
    if circle.phase == "closed":
        return None
    return min((time for time in _deadlines(circle) if time > now), default=None)


def _deadlines(circle: Circle) -> list[float]:
    timings = circle.timings
    since_and_grace = [
        (circle.opened, timings.longest),
        (circle.empty_since, timings.empty),
        *entry.deadlines(circle),
        *leaders.deadlines(circle),
        *((seat.away_since, _seat_grace(circle, seat)) for seat in circle.seats),
        *((aside.until, 0.0) for aside in circle.asides),
        *((aside.since, timings.invitation) for aside in circle.asides if aside.asked),
        *((seat.away_since, timings.aside_grace) for seat in circle.seats if circle.aside(seat.id)),
        *_of_the_turn(circle),
    ]
    return [since + grace for since, grace in since_and_grace if since is not None]


def _of_the_turn(circle: Circle) -> list[tuple[float | None, float]]:
    """In a pause only its own end comes by itself."""
    if circle.pause is not None:
        return [(circle.pause.until, 0.0)]
    stick, seat = circle.stick, circle.seat(circle.stick.seat)
    return [
        (stick.since if stick.allotted is not None else None, _allotted(circle)),
        (seat.away_since if seat else None, _stick_grace(circle)),
    ]
