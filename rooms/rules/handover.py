"""Facilitation changes hands by offer and accept. Where nobody leads, a member volunteers and the others confirm."""

from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.nouns import Volunteer as Volunteering
from rooms.opaque import SeatId, Wrap
from rooms.refusals import Refusal
from rooms.rulebook import A_MEMBER, FACILITATORS, MAY_HOLD, WHOEVER_LEADS, Command, Guard, Rule, or_nobody, who


class OfferLead(Command, frozen=True, kw_only=True):
    """Offer a member to facilitate too; the latest offer stands, and null takes it back."""

    seat: SeatId | None
    box: Wrap | None
    """the facilitators' link, for that seat"""

    def __post_init__(self) -> None:
        """Raises ValueError: who facilitates has the link, and nobody has it without being asked."""
        if (self.seat is None) != (self.box is None):
            raise ValueError


class AcceptLead(Command, frozen=True, kw_only=True):
    """Become a facilitator, with the same power as the others."""


class DeclineLead(Command, frozen=True, kw_only=True):
    """Rather not facilitate."""


class StepBackLead(Command, frozen=True, kw_only=True):
    """From facilitator to member, while another one facilitates."""


class NameNext(Command, frozen=True, kw_only=True):
    """Who facilitates the next time; nobody yet, with null."""

    seat: SeatId | None
    handed: Wrap | None
    """the facilitators' link, sealed for that seat; who stands in has none"""


class DeclineNext(Command, frozen=True, kw_only=True):
    """Rather not facilitate the next time."""


class Volunteer(Command, frozen=True, kw_only=True):
    """Offer to stand in where nobody is left to facilitate."""


class Confirm(Command, frozen=True, kw_only=True):
    """Say whether the volunteer may stand in: more than half of the others who are here decide."""

    seat: SeatId
    yes: bool


def _here(circle: Circle, by: Actor) -> bool:
    seat = circle.seat(by)
    return seat is not None and seat.may_hold and seat.here


def _another_leads(circle: Circle, _command: StepBackLead, by: Actor, _now: float) -> bool:
    return any(seat.role == "facilitator" and seat.here and seat.id != by for seat in circle.seats)


_TO_WHOM = who("to whom it is offered", lambda circle, _c, by, _now: circle.lead_to == by)
_IS_NEXT = who("who is named for the next time", lambda circle, _c, by, _now: circle.next_facilitator == by)
_MEMBERS_HERE = who("members who are here", lambda circle, _c, by, _now: _here(circle, by))
_THE_OTHERS = who(
    "members who are here, but not the volunteer",
    lambda circle, command, by, _now: _here(circle, by) and command.seat != by,
)
_ANOTHER_LEADS = Guard("another facilitator is here", _another_leads)
_ROTATES = Guard("another one facilitates each time", lambda circle, _c, _by, _now: circle.terms.rotates)
_NOBODY_LEADS = Guard("nobody is left to lead", lambda circle, _c, _by, _now: circle.adrift)
_NO_VOLUNTEER = Guard("nobody else has volunteered", lambda circle, _c, _by, _now: circle.volunteer is None)
_NOT_IN_VAIN = Guard(
    "they have not volunteered in vain before, or are alone by now",
    lambda circle, _c, by, _now: by not in circle.unconfirmed or not circle.others(by),
)
_VOLUNTEERED = Guard(
    "that member has volunteered",
    lambda circle, command, _by, _now: circle.volunteer is not None and circle.volunteer.seat == command.seat,
    Refusal.STALE,
)


def offer_lead(circle: Circle, command: OfferLead, _by: Actor, _now: float) -> Circle:
    return circle.evolve(lead_to=command.seat, lead_box=command.box)


def accept_lead(circle: Circle, _command: AcceptLead, by: str, _now: float) -> Circle:
    return circle.with_seat(by, role="facilitator").evolve(lead_to=None)


def decline_lead(circle: Circle, _command: DeclineLead, _by: Actor, _now: float) -> Circle:
    return circle.evolve(lead_to=None)


def step_back_lead(circle: Circle, _command: StepBackLead, by: str, _now: float) -> Circle:
    return circle.with_seat(by, role="member")


def name_next(circle: Circle, command: NameNext, by: Actor, _now: float) -> Circle:
    # Who stands in has no link to hand on, and takes none back.
    kept = circle.handed if command.seat == circle.next_facilitator else None
    seat = circle.seat(by)
    handed = command.handed if seat is not None and seat.role == "facilitator" else kept
    return circle.evolve(next_facilitator=command.seat, handed=handed)


def decline_next(circle: Circle, _command: DeclineNext, _by: Actor, _now: float) -> Circle:
    return circle.evolve(next_facilitator=None)


def volunteer(circle: Circle, _command: Volunteer, by: str, now: float) -> Circle:
    return circle.evolve(volunteer=Volunteering(seat=by, since=now))


def confirm(circle: Circle, command: Confirm, by: str, _now: float) -> Circle:
    one = circle.volunteer
    if one is None:
        return circle
    yes, no = (tuple(seat for seat in said if seat != by) for said in (one.yes, one.no))
    said = one.evolve(yes=(*yes, by), no=no) if command.yes else one.evolve(yes=yes, no=(*no, by))
    return circle.evolve(volunteer=said)


RULES = (
    Rule(OfferLead, FACILITATORS, (or_nobody(A_MEMBER),), offer_lead),
    Rule(AcceptLead, _TO_WHOM, (), accept_lead),
    Rule(DeclineLead, _TO_WHOM, (), decline_lead),
    Rule(StepBackLead, FACILITATORS, (_ANOTHER_LEADS,), step_back_lead),
    Rule(NameNext, WHOEVER_LEADS, (_ROTATES, or_nobody(MAY_HOLD)), name_next),
    Rule(DeclineNext, _IS_NEXT, (), decline_next),
    Rule(Volunteer, _MEMBERS_HERE, (_NOBODY_LEADS, _NO_VOLUNTEER, _NOT_IN_VAIN), volunteer),
    Rule(Confirm, _THE_OTHERS, (_VOLUNTEERED,), confirm),
)
