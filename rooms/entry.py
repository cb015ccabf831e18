"""Steps of settle: how those who are let in come to their seats. Nobody walks into somebody's turn."""

from rooms.circle import Circle
from rooms.nouns import Knock, Seat, due


def it_has_started(circle: Circle, now: float) -> Circle:
    """From when on somebody comes late."""
    return circle.evolve(started=now) if circle.phase == "open" and circle.started is None else circle


def knocks_end(circle: Circle, now: float) -> Circle:
    """A knock does not wait for ever, and less so when its sender is gone. Who is on the way in waits for the circle."""
    for knock in circle.knocks:
        since = knock.since if knock.state == "waiting" else None
        if due(since, circle.timings.knock, now) or due(knock.away_since, circle.timings.knock_gone, now):
            circle = circle.without(knock.id, "expired")
    return circle


def the_circle_has_answered(circle: Circle, now: float) -> Circle:
    """Always after the same time, whatever was said meanwhile: an answer at once would tell whose it was."""
    for knock in circle.knocks:
        if knock.state == "asked" and due(knock.asked, circle.timings.consent, now):
            circle = _answered(circle, knock)
    return circle


def _answered(circle: Circle, knock: Knock) -> Circle:
    # The terms may have changed meanwhile.
    if knock.objected or circle.terms.observers == "none":
        return circle.without(knock.id, "not_today")
    return circle.with_knock(knock.id, state="coming", asked=None, replies=0)


def _boundary(circle: Circle) -> bool:
    """Whether nobody's turn is interrupted now, nor people kept out who came to disturb."""
    return circle.holder is None and not circle.shielded


def _at_once(circle: Circle, knock: Knock) -> bool:
    return knock.role == "member" and circle.terms.late != "boundary" and not circle.shielded


def newcomers_sit_down(circle: Circle, _now: float) -> Circle:
    """At the stick's boundary who comes to listen, and late members where the terms say so; other members at once."""
    for knock in circle.knocks:
        if knock.state == "coming" and (_boundary(circle) or _at_once(circle, knock)):
            listens = knock.role == "observer"
            seat = Seat(
                id=knock.id, role=knock.role, away_since=knock.away_since, first_time=knock.first_time, came_to_listen=listens
            )  # fmt: skip
            others = tuple(one for one in circle.knocks if one.id != knock.id)
            circle = circle.evolve(knocks=others, seats=(*circle.seats, seat))
    return circle


def observers_step_in(circle: Circle, _now: float) -> Circle:
    """Who has asked for a seat takes it at the boundary, while seats are free."""
    for seat in circle.seats:
        if seat.asks_seat and _boundary(circle) and not circle.full("member"):
            circle = circle.with_seat(seat.id, role="member", asks_seat=False)
    return circle


def deadlines(circle: Circle) -> list[tuple[float | None, float]]:
    """Times and graces after which one of these steps has something to do."""
    timings = circle.timings
    return [
        *((knock.since if knock.state == "waiting" else None, timings.knock) for knock in circle.knocks),
        *((knock.away_since, timings.knock_gone) for knock in circle.knocks),
        *((knock.asked, timings.consent) for knock in circle.knocks),
    ]
