"""Steps of settle: who leads when facilitators come and go, and what falls with those who leave."""

from rooms.circle import Circle
from rooms.nouns import due


def named_people_are_there(circle: Circle, _now: float) -> Circle:
    """A successor, and to whom facilitation is offered, is a member; who is next to facilitate has a seat in the round."""
    members = {seat.id for seat in circle.seats if seat.role == "member"}
    seated = {seat.id for seat in circle.seats if seat.may_hold} if circle.terms.rotates else set[str]()
    next_one = circle.next_facilitator if circle.next_facilitator in seated else None
    lead_to = circle.lead_to if circle.lead_to in members else None
    return circle.evolve(
        successor=circle.successor if circle.successor in members else None,
        confirmed=circle.confirmed if circle.confirmed in members and not circle.led else None,
        lead_to=lead_to,
        lead_box=circle.lead_box if lead_to else None,
        next_facilitator=next_one,
        handed=circle.handed if next_one else None,
    )


def count_the_time_without(circle: Circle, now: float) -> Circle:
    """Since when nobody leads, and since when nobody is here."""
    anyone = any(seat.present for seat in circle.seats)
    unled = None if circle.led else (now if circle.unled_since is None else circle.unled_since)
    empty = None if anyone else (now if circle.empty_since is None else circle.empty_since)
    return circle.evolve(unled_since=unled, empty_since=empty)


def somebody_leads(circle: Circle, now: float) -> Circle:
    """Facilitators; else after a while the named successor, or whom the circle has confirmed; else the members by themselves."""
    here = {seat.id for seat in circle.seats if seat.here}
    able = next((id_ for id_ in (circle.successor, circle.confirmed) if id_ in here), None)
    acting = able if due(circle.unled_since, circle.timings.stand_in, now) else None
    adrift = acting is None and due(circle.unled_since, circle.timings.adrift, now)
    return circle.evolve(acting=acting, adrift=adrift, unconfirmed=circle.unconfirmed if adrift else ())


def volunteer_is_answered(circle: Circle, now: float) -> Circle:
    """More than half of the others confirm a volunteer, those counted who are away or have stepped out; who is alone needs nobody.

    Silence is no yes. Whom the others did not confirm asks no second time, so that nobody stands in everybody else's way.
    """
    one = circle.volunteer
    if one is None:
        return circle
    others, seat = circle.others(one.seat), circle.seat(one.seat)
    yes, no = len(others & {*one.yes}), len(others & {*one.no})
    if not circle.adrift or seat is None or not (seat.here and seat.may_hold):
        return circle.evolve(volunteer=None)
    if 2 * yes > len(others) or not others:
        return circle.evolve(volunteer=None, confirmed=one.seat)
    over = due(one.since, circle.timings.confirm, now) or 2 * no >= len(others)
    return circle.evolve(volunteer=None, unconfirmed=(*circle.unconfirmed, one.seat)) if over else circle


def shield_falls(circle: Circle, _now: float) -> Circle:
    """Not for ever over a circle in which nobody can lift it."""
    guarded = any(circle.keeps(seat.id, "guardian") for seat in circle.seats)
    return circle.evolve(shielded=False) if circle.adrift and not guarded else circle


def deadlines(circle: Circle) -> list[tuple[float | None, float]]:
    """Times and graces after which one of these steps has something to do."""
    return [
        (circle.unled_since, circle.timings.stand_in),
        (circle.unled_since, circle.timings.adrift),
        (circle.volunteer.since if circle.volunteer else None, circle.timings.confirm),
    ]
