"""One circle, whole, with its questions as methods. No rule is decided here."""

from typing import Any

from rooms.nouns import (
    Actor,
    Aside,
    Declined,
    Door,
    Duty,
    Farewell,
    Floor,
    Knock,
    Noun,
    Pause,
    Phase,
    Reason,
    Role,
    Round,
    Seat,
    Step,
    Stick,
    Timings,
    Volunteer,
)
from rooms.terms import TERMS, Terms


class Circle(Noun, frozen=True, kw_only=True):
    """One meeting, whole. `version` grows by one with each change; `turn` with every move of the stick."""

    door: Door
    opened: float
    timings: Timings = Timings()
    terms: Terms = TERMS
    version: int = 0
    phase: Phase = "lobby"
    floor: Floor = "round"
    locked: bool = False
    shielded: bool = False
    """against people who came to disturb: the door is shut, and only who leads is heard or shown"""
    observers: int = 8
    waiting: int = 12
    epoch: int = 0
    """the number of the latest commit; 0 before the first"""
    keyed: tuple[str, ...] = ()
    """the seats that it wraps for"""
    seats: tuple[Seat, ...] = ()
    knocks: tuple[Knock, ...] = ()
    stick: Stick = Stick()
    turn: int = 0
    round: Round = Round()
    agenda: tuple[Step, ...] = ()
    step: int | None = None
    """which part of the agenda it is; None without an agenda"""
    step_since: float = 0.0
    began: float | None = None
    """when the doors were shut behind; from here the agenda's minutes count"""
    started: float | None = None
    """when it left its lobby; who comes after comes late"""
    were_in: tuple[str, ...] = ()
    """seats that ended in peace; who had one may come back when it is late"""
    prompt: str | None = None
    backwards: bool = False
    """the stick goes the other way round"""
    unheard_first: bool = False
    """with hands, those not yet heard go first"""
    pause: Pause | None = None
    warned: int = -1
    """the turn of the latest heads-up"""
    asides: tuple[Aside, ...] = ()
    """those that go on, and invitations; a seat is in one of them at most"""
    declined: tuple[Declined, ...] = ()
    """invitations that were declined a while ago"""
    lead_to: str | None = None
    """to whom facilitation is offered"""
    lead_box: str | None = None
    """the facilitators' link, for that seat"""
    next_facilitator: str | None = None
    """who facilitates the next time"""
    handed: str | None = None
    """the facilitators' link, for who facilitates the next time"""
    successor: str | None = None
    volunteer: Volunteer | None = None
    unconfirmed: tuple[str, ...] = ()
    """who has volunteered in vain since nobody leads"""
    confirmed: str | None = None
    """the volunteer whom the circle has confirmed, until a facilitator is here"""
    acting: str | None = None
    """the successor, or the confirmed volunteer, while standing in for facilitators who are gone"""
    adrift: bool = False
    """nobody is there to lead, and has not been for a while"""
    unled_since: float | None = None
    empty_since: float | None = None
    gone: tuple[Farewell, ...] = ()

    def seat(self, id_: str | None) -> Seat | None:
        return next((seat for seat in self.seats if seat.id == id_), None)

    def knock(self, id_: str | None) -> Knock | None:
        return next((knock for knock in self.knocks if knock.id == id_), None)

    @property
    def holder(self) -> str | None:
        return self.stick.seat if self.stick.state == "held" else None

    @property
    def led(self) -> bool:
        """Whether a facilitator is here."""
        return any(seat.role == "facilitator" and seat.here for seat in self.seats)

    def leads(self, id_: Actor) -> bool:
        """Whether facilitation is in this seat's hands now: a facilitator who is here, or the successor who stands in."""
        seat = self.seat(id_)
        return seat is not None and seat.here and (seat.role == "facilitator" or seat.id == self.acting)

    def others(self, id_: str) -> frozenset[str]:
        """The members beside this one, also those who are away or have stepped out: by their yes somebody may stand in."""
        return frozenset(seat.id for seat in self.seats if seat.role == "member" and seat.id != id_)

    def keeps(self, id_: Actor, duty: Duty) -> bool:
        """Whether this is in that seat's hands: a duty that it was given, or facilitation, which holds all of them."""
        seat = self.seat(id_)
        return self.leads(id_) or (seat is not None and seat.here and duty in seat.duties)

    @property
    def part(self) -> Step | None:
        """The step of the agenda that it is now."""
        return self.agenda[self.step] if self.step is not None else None

    @property
    def afterwards(self) -> bool:
        """Whether it is the time together that comes after the meeting."""
        return self.part is not None and self.part.part == "after"

    @property
    def breath(self) -> float:
        """Seconds of quiet before an offered stick may be accepted, now."""
        return self.part.breath if self.part else self.terms.breath

    def taken(self, role: Role) -> int:
        """Seats of this role, with those promised to who is on the way in. Facilitators and members share; observers are apart."""
        coming = [knock for knock in self.knocks if knock.state != "waiting"]
        return sum((one.role == "observer") == (role == "observer") for one in (*self.seats, *coming))

    def clock(self, now: float) -> float:
        """What the clocks of the meeting show: in a pause they stand still."""
        return self.pause.since if self.pause else now

    def aside(self, id_: Actor) -> Aside | None:
        """The aside that a seat is in, or is asked into."""
        return next((aside for aside in self.asides if id_ in aside.seats or id_ in aside.asked), None)

    @property
    def apart(self) -> frozenset[str]:
        """Who is in an aside that goes on."""
        return frozenset(one for aside in self.asides if aside.begun for one in aside.seats)

    def together(self, id_: Actor) -> frozenset[str]:
        """Who is with this seat, itself included: those of its aside, or all who are in none."""
        aside, apart = self.aside(id_), self.apart
        if aside is not None and id_ in apart:
            return frozenset(aside.seats)
        return frozenset(seat.id for seat in self.seats if seat.id not in apart)

    def full(self, role: Role) -> bool:
        """Whether no seat is left for this role."""
        return self.taken(role) >= (self.observers if role == "observer" else self.terms.capacity)

    @property
    def shut(self) -> bool:
        """Whether nobody may knock."""
        return self.locked or self.shielded

    @property
    def closes(self) -> float | None:
        """From when on newcomers are too late; None: not yet known, or never."""
        if self.started is None or self.terms.late != "closed":
            return None
        return self.started + 60.0 * self.terms.late_after

    def hands(self) -> tuple[str, ...]:
        """Raised hands in order of arrival."""
        raised = [(seat.hand, index, seat.id) for index, seat in enumerate(self.seats) if seat.hand is not None]
        return tuple(id_ for _, _, id_ in sorted(raised))

    def with_seat(self, id_: str, **changes: Any) -> "Circle":
        """The circle with one seat changed."""
        return self.evolve(seats=tuple(seat.evolve(**changes) if seat.id == id_ else seat for seat in self.seats))

    def with_knock(self, id_: str, **changes: Any) -> "Circle":
        """The circle with one knock changed."""
        return self.evolve(knocks=tuple(one.evolve(**changes) if one.id == id_ else one for one in self.knocks))

    def without(self, id_: str, reason: Reason) -> "Circle":
        """The circle without that seat or knock, which is told why."""
        return self.evolve(
            seats=tuple(seat for seat in self.seats if seat.id != id_),
            knocks=tuple(knock for knock in self.knocks if knock.id != id_),
            gone=(*self.gone, Farewell(seat=id_, reason=reason)),
        )


def open_circle(door: Door, now: float, timings: Timings | None = None) -> Circle:
    """A circle nobody has entered yet."""
    return Circle(
        door=door, opened=now, timings=timings or Timings(), unled_since=now, empty_since=now,
        stick=Stick(since=now), version=1,
    )  # fmt: skip
