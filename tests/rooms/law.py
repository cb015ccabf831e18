"""The laws, said again and independently of `rooms/`: from the plain fields of a circle, without its methods."""

from rooms.circle import Circle
from rooms.effects import Audience, Effect, Gate, Kind
from rooms.nouns import Seat

Way = tuple[str, str, Kind]
"""whose sound or picture reaches whom"""


def together(circle: Circle) -> list[set[str]]:
    """Who is with whom: those of each aside that goes on, and all others."""
    asides = [set(aside.seats) for aside in circle.asides if len(aside.seats) >= 2]
    return [*asides, {seat.id for seat in circle.seats}.difference(*asides)]


def in_the_circle(circle: Circle) -> list[Seat]:
    """Who is here, has not stepped out, is not apart, and does not only listen."""
    here = [seat for seat in circle.seats if seat.away_since is None and seat.out is None and seat.role != "observer"]
    return [seat for seat in here if seat.id in together(circle)[-1]]


def allowed_to_be_heard(circle: Circle) -> set[str]:
    """Law 1, in the circle. With the stick its holder, else as the floor says; nobody in a pause, and nobody just called back.
    Behind the shield whoever leads, and nobody else."""
    if circle.shielded:
        return {seat.id for seat in _leading(circle) if not seat.hushed}
    if circle.phase == "closed" or circle.pause is not None or circle.floor == "silence":
        return set()
    return {seat.id for seat in _on_the_floor(circle) if not seat.hushed}


def _on_the_floor(circle: Circle) -> list[Seat]:
    """Whose turn to be heard it is, as far as the floor says."""
    here = in_the_circle(circle)
    held_by = circle.stick.seat if circle.stick.state == "held" else None
    floors = {
        "open": here,
        "silence": [],
        "facilitator": _leading(circle),
        "round": [seat for seat in here if seat.id == held_by],
        "hands": [seat for seat in here if seat.id == held_by],
    }
    return floors[circle.floor]


def _leading(circle: Circle) -> list[Seat]:
    return [seat for seat in in_the_circle(circle) if seat.role == "facilitator" or seat.id == circle.acting]


def allowed_to_be_shown(circle: Circle) -> set[str]:
    """As the terms say of cameras; behind the shield who leads only."""
    now = circle.agenda[circle.step].part if circle.step is not None else None
    policies = {
        "optional": in_the_circle(circle),
        "holder": _on_the_floor(circle),
        "check_in": in_the_circle(circle) if now == "check_in" else [],
    }
    return {seat.id for seat in (_leading(circle) if circle.shielded else policies[circle.terms.camera])}


def allowed_to_read(circle: Circle, kind: str, by: str) -> set[str]:
    """Whom a whisper of this kind from this seat may reach, if it sees the present turn; nobody, where it is not allowed."""
    seats = {seat.id: seat for seat in circle.seats}
    if circle.phase == "closed" or by not in seats:
        return set()
    here = {id_ for id_, seat in seats.items() if seat.away_since is None}
    with_them = here & next(among for among in together(circle) if by in among)
    leading = {id_ for id_ in here if not seats[id_].out and (seats[id_].role == "facilitator" or id_ == circle.acting)}
    speaks = seats[by].role != "observer"
    step = None if circle.step is None else circle.agenda[circle.step]
    holds = (circle.stick.state, circle.stick.seat) == ("held", by)
    quiet = circle.pause is not None or circle.shielded
    if kind == "share":
        return with_them if by in allowed_to_be_heard(circle) and holds else set()
    if kind == "reaction":
        loose = step.reactions if step else circle.floor not in {"round", "hands", "silence"}
        return with_them if speaks and loose and circle.terms.reactions and not quiet else set()
    if kind == "writing":
        loose = step.writing if step else circle.floor == "open"
        return with_them if speaks and loose and not quiet else set()
    if kind == "beat":
        return here if seats[by].role == "facilitator" or by in {circle.successor, circle.acting} else set()
    return leading if leading - {by} and (kind == "note" or by in leading) else set()


def allowed_ways(circle: Circle) -> set[Way]:
    """Laws 1 and 3: every way that sound and pictures may go. Between those apart and the others there is none, and none among
    those apart behind the shield."""
    here = {
        seat.id for seat in circle.seats if seat.away_since is None and seat.out is None and seat.role != "observer"
    }
    heard, shown = allowed_to_be_heard(circle), allowed_to_be_shown(circle)
    ways: set[Way] = set()
    for among in together(circle) if circle.phase != "closed" else ():
        apart = among != together(circle)[-1] and not circle.shielded
        for one in among & here:
            ways |= {(one, other, "video") for other in among - {one} if apart or one in shown}
            ways |= {(one, other, "audio") for other in among - {one} if apart or one in heard}
    return ways


class Relay:
    """The gates as the relay has them: shut until an effect opens them."""

    def __init__(self) -> None:
        self.gates: dict[tuple[str, Kind], Audience] = {}
        self.moments: list[dict[tuple[str, Kind], Audience]] = []
        """how the gates stood after each single one of the latest effects"""

    def obey(self, effects: tuple[Effect, ...]) -> None:
        """Set the gates in the order told."""
        self.moments = []
        for gate in (effect for effect in effects if isinstance(effect, Gate)):
            self.gates[gate.seat, gate.kind] = gate.audience
            self.moments.append(dict(self.gates))


def ways(gates: dict[tuple[str, Kind], Audience], listeners: set[str]) -> set[Way]:
    """What reaches these listeners with the gates like that."""
    return {
        (seat, one, kind)
        for (seat, kind), audience in gates.items()
        for one in listeners - {seat}
        if audience == "all" or (audience != "nobody" and one in audience)
    }


def misplaced(circle: Circle) -> list[str]:
    """What is wrong with the shape of a circle; nothing, if all is well."""
    seats = {seat.id: seat for seat in circle.seats}
    ids = [*seats, *(knock.id for knock in circle.knocks)]
    at = seats.get(circle.stick.seat or "")
    successor = seats.get(circle.successor or "")
    asides = [set(aside.seats) | set(aside.asked) for aside in circle.asides]
    in_asides = [one for aside in circle.asides for one in (*aside.seats, *aside.asked)]
    apart = set[str]().union(*together(circle)[:-1])
    here = {seat.id for seat in circle.seats if seat.away_since is None and not seat.out and seat.role != "observer"}
    led = circle.acting is not None or any(seat.id in here for seat in circle.seats if seat.role == "facilitator")
    members = {seat.id for seat in circle.seats if seat.role == "member"}
    facilitators = {seat.id for seat in circle.seats if seat.role == "facilitator"}
    resting = circle.stick.state != "held" and not circle.shielded
    on_the_way = sum(knock.state != "waiting" and knock.role == "member" for knock in circle.knocks)
    in_round = (*circle.round.heard, *circle.round.later)
    wrong = {
        "a seat or knock stands twice": len(circle.seats) + len(circle.knocks) != len(set(ids)),
        "the stick rests at a seat, or is nowhere": (circle.stick.state == "resting") != (circle.stick.seat is None),
        "the stick is with somebody who is not here": circle.stick.seat is not None and at is None,
        "the stick is with an observer": at is not None and at.role == "observer",
        "the stick is out on a floor without one": circle.stick.state != "resting"
        and circle.floor not in {"round", "hands"},
        "the stick is out in the lobby": circle.stick.state != "resting" and circle.phase == "lobby",
        "the round knows a seat twice": len(in_round) != len(set(in_round)),
        "the round knows a seat that has gone": not set(in_round) <= set(seats),
        "an observer is in the round": any(seats[id_].role == "observer" for id_ in in_round if id_ in seats),
        "the holder's hand is up": circle.stick.state == "held" and at is not None and at.hand is not None,
        "an observer's hand is up": any(seat.hand is not None for seat in circle.seats if seat.role == "observer"),
        "the successor is no member": circle.successor is not None
        and (successor is None or successor.role != "member"),
        "who stands in was not named": circle.acting is not None
        and circle.acting not in {circle.successor, circle.confirmed},
        "who stands in is away": circle.acting is not None and circle.acting not in here,
        "a confirmed volunteer is no member": circle.confirmed is not None and circle.confirmed not in members,
        "facilitation is offered to no member": circle.lead_to is not None and circle.lead_to not in members,
        "somebody volunteers where somebody leads": circle.volunteer is not None
        and (led or circle.volunteer.seat not in here),
        "who is next has no seat in the round": circle.next_facilitator is not None
        and (not circle.terms.rotates or circle.next_facilitator not in {*members, *facilitators}),
        "a name waits at a seat whose keys need nobody's word": any(
            (seat.name is None) != (seat.keys is None or len(seat.keys) != 87)
            or (seat.name is None) != (seat.boxes is None)
            for seat in circle.seats
        ),
        "somebody is coming whom the circle has no name for": any(
            (one.named is None) != (one.state == "waiting") for one in circle.knocks
        ),
        "there are keys for nobody": (circle.epoch == 0) != (circle.keyed == ()),
        "a link is offered to nobody": (circle.lead_to is None) != (circle.lead_box is None),
        "a link is handed to nobody": circle.handed is not None and circle.next_facilitator is None,
        "something of the meeting is kept after it": circle.step is not None
        and circle.agenda[circle.step].part == "after"
        and any(seat.card for seat in circle.seats),
        "an observer has what only members have": any(
            seat.duties or seat.card or seat.camera or seat.microphone
            for seat in circle.seats
            if seat.role == "observer"
        ),
        "more than sixteen sit in the round": len(members) + len(facilitators) > 16,
        "somebody is kept waiting though nobody speaks": resting
        and any(knock.state == "coming" for knock in circle.knocks),
        "somebody who asked for a free seat is kept waiting": resting
        and len(members) + len(facilitators) < circle.terms.capacity - on_the_way
        and any(seat.asks_seat for seat in circle.seats),
        "somebody with a seat asks for one": any(seat.asks_seat for seat in circle.seats if seat.role != "observer"),
        "a shield stands that nobody can lift": circle.shielded
        and circle.adrift
        and not any("guardian" in seat.duties and seat.away_since is None and not seat.out for seat in circle.seats),
        "somebody stands in for a facilitator who is here": (circle.acting is not None or circle.adrift)
        and any(seat.role == "facilitator" and seat.away_since is None and not seat.out for seat in circle.seats),
        "a seat is in two asides, or twice in one": len(in_asides) != len(set(in_asides)),
        "an aside has nobody to be apart with": any(len(one) < 2 for one in asides),
        "an aside or an invitation is somebody's who is not here, or who only listens": any(
            one not in seats or seats[one].role == "observer" for one in in_asides
        ),
        "somebody is apart who has stepped out": any(seats[one].out for one in apart if one in seats),
        "the stick is with somebody who is apart": circle.stick.seat in apart,
        "a seat does not know whether it is apart": {seat.id for seat in circle.seats if seat.apart} != apart,
        "somebody is apart and hushed": any(seat.apart and seat.hushed for seat in circle.seats),
        "a heads-up is of another turn": circle.pause is not None
        and circle.pause.kind == "heads_up"
        and (circle.pause.turn != circle.turn or circle.stick.state != "held"),
        "a pause is without end that is not a pause": circle.pause is not None
        and (circle.pause.until is None) != (circle.pause.kind == "pause"),
        "a closed circle has people": circle.phase == "closed" and bool(ids),
    }
    return [what for what, so in wrong.items() if so]
