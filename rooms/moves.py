"""How the stick moves. Shared by the rules and by settle; every move makes a new turn. Knows nothing of who may move it."""

from rooms.circle import Circle
from rooms.nouns import STICK_FLOORS, Reason, Round, Stick
from rooms.plan import turn_for

MOST_REMEMBERED = 64


def rest(circle: Circle, now: float) -> Circle:
    """Into the centre."""
    return circle.evolve(stick=Stick(since=circle.clock(now)), turn=circle.turn + 1)


def offer(circle: Circle, to: str, now: float) -> Circle:
    """Offered, not held: nobody is heard until its receiver accepts, at the earliest after the breath."""
    at = circle.clock(now)
    stick = Stick(state="offered", seat=to, since=at, not_before=at + circle.breath)
    return circle.evolve(stick=stick, turn=circle.turn + 1)


def hold(circle: Circle, by: str, now: float) -> Circle:
    """Accepting is a press of one's own: whoever was hushed is heard again."""
    stick = Stick(state="held", seat=by, since=circle.clock(now), allotted=turn_for(circle, by, now))
    return circle.with_seat(by, hushed=False, been_heard=True).evolve(stick=stick, turn=circle.turn + 1)


def next_up(circle: Circle) -> str | None:
    """Whom a plain pass would reach: in a round the next seat not yet heard, then those who asked for later; else the first hand."""
    if circle.floor not in STICK_FLOORS:
        return None
    able = [seat.id for seat in circle.seats if seat.reachable and seat.id != circle.stick.seat]
    if circle.floor == "hands":
        hands = [hand for hand in circle.hands() if hand in able]
        new = [hand for hand in hands if circle.unheard_first and hand not in circle.round.heard]
        return next(iter(new + hands), None)
    waiting = [one for one in _after(circle) if one in able and one not in circle.round.heard]
    first = [one for one in waiting if one not in circle.round.later]
    again = [one for one in circle.round.later if one in waiting]
    return next(iter(first + again), None)


def _after(circle: Circle) -> list[str]:
    """Seats in circle order, beginning behind the one that has the stick (or had it last in this round)."""
    order = [seat.id for seat in (reversed(circle.seats) if circle.backwards else circle.seats)]
    last = circle.stick.seat or next(iter(reversed(circle.round.heard)), None)
    start = order.index(last) + 1 if last in order else 0
    return order[start:] + order[:start]


def move_on(circle: Circle, now: float) -> Circle:
    """Offer to the next one, or rest if there is none."""
    to = next_up(circle)
    return offer(circle, to, now) if to else rest(circle, now)


def part(circle: Circle, id_: str, reason: Reason, now: float) -> Circle:
    """Free a seat. If the stick is there it moves on first, while that seat's place in the order is still known."""
    passed = move_on(circle, now) if circle.stick.seat == id_ else circle
    in_peace = (id_,) if reason in {"left", "expired"} else ()
    return passed.without(id_, reason).evolve(were_in=(*passed.were_in, *in_peace)[-MOST_REMEMBERED:])


def round_over(circle: Circle) -> bool:
    """Whether everybody whom the stick may reach has been heard or has passed."""
    return all(seat.id in circle.round.heard for seat in circle.seats if seat.reachable)


def fresh_round(circle: Circle) -> Circle:
    return circle.evolve(round=Round())


def resume(circle: Circle, at: float) -> Circle:
    """A pause is over: every clock of the meeting goes on from where it stood, and the end moves back by as long."""
    if circle.pause is None:
        return circle
    stood, stick = at - circle.pause.since, circle.stick
    not_before = None if stick.not_before is None else stick.not_before + stood
    return circle.evolve(
        pause=None,
        stick=stick.evolve(since=stick.since + stood, not_before=not_before),
        step_since=circle.step_since + (0.0 if circle.step is None else stood),
        began=None if circle.began is None else circle.began + stood,
    )
