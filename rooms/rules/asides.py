"""Apart for a while: two or three who ask one another, or the whole circle in pairs or threes. Everybody keeps seat and place."""

from typing import Annotated

import msgspec

from rooms.circle import Circle
from rooms.nouns import Actor, Aside, Declined, due
from rooms.opaque import SeatId
from rooms.refusals import Refusal
from rooms.rulebook import NOT_OBSERVERS, WHOEVER_LEADS, Command, Guard, Rule, who

Group = Annotated[tuple[SeatId, ...], msgspec.Meta(min_length=2, max_length=4)]


class InviteAside(Command, frozen=True, kw_only=True):
    """Ask one or two others to come apart."""

    seats: Annotated[tuple[SeatId, ...], msgspec.Meta(min_length=1, max_length=2)]


class AcceptAside(Command, frozen=True, kw_only=True):
    """Come apart with those who ask."""


class DeclineAside(Command, frozen=True, kw_only=True):
    """Stay in the circle."""


class LeaveAside(Command, frozen=True, kw_only=True):
    """Back into the circle; or take back what one has asked."""


class PairUp(Command, frozen=True, kw_only=True):
    """Pairs or threes for the whole circle, for some minutes."""

    groups: Annotated[tuple[Group, ...], msgspec.Meta(min_length=1, max_length=8)]
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)]


class ComeBack(Command, frozen=True, kw_only=True):
    """Call the pairs back into the circle; or, with a seat, those who are apart with it."""

    seat: SeatId | None = None


_ASKED = who("who is asked into an aside", lambda circle, _c, by, _now: _of(circle, by, "asked"))
_IN_ONE = who("who is in an aside, or has asked for one", lambda circle, _c, by, _now: _of(circle, by, "seats"))


def _of(circle: Circle, by: Actor, among: str) -> bool:
    aside = circle.aside(by)
    return aside is not None and by in getattr(aside, among)


def _others_can(circle: Circle, command: InviteAside, by: Actor, _now: float) -> bool:
    others = [seat for id_ in set(command.seats) if id_ != by and (seat := circle.seat(id_))]
    return len(others) == len(command.seats) and all(seat.may_hold and seat.present for seat in others)


def _no_stick(circle: Circle, command: Command, by: Actor, _now: float) -> bool:
    aside = circle.aside(by)
    together = (*command.seats, by) if isinstance(command, InviteAside) else (*aside.seats, by) if aside else ()
    return circle.stick.seat not in together


def _each_in_one(circle: Circle, command: PairUp, _by: Actor, _now: float) -> bool:
    named = [one for group in command.groups for one in group]
    here = {seat.id for seat in circle.seats if seat.reachable}
    left_out = here - set(named)
    return len(named) == len(set(named)) and here >= set(named) and all(circle.leads(one) for one in left_out)


def _free(circle: Circle, one: str, by: Actor) -> bool:
    """In no aside, and asked into none. Who leads is bound by no invitation that only waits, of themselves or others."""
    return one not in circle.apart if circle.leads(by) else circle.aside(one) is None


def _left_in_peace(circle: Circle, command: InviteAside, by: Actor, now: float) -> bool:
    return not any(asker == by and seat in command.seats for asker, seat, _ in _lately_declined(circle, now))


def _lately_declined(circle: Circle, now: float) -> tuple[Declined, ...]:
    return tuple(one for one in circle.declined if not due(one[2], circle.timings.ask_again, now))


_FREE = Guard(
    "they are here and in no aside",
    lambda circle, _c, by, _now: (seat := circle.seat(by)) is not None and seat.here and _free(circle, seat.id, by),
)
_OTHERS_CAN = Guard("the others are present, and do not only listen", _others_can, Refusal.NO_SUCH_SEAT)
_OTHERS_FREE = Guard(
    "none of them is in an aside, or asked into one; who leads may ask though somebody else has",
    lambda circle, command, by, _now: all(_free(circle, one, by) for one in command.seats),
)
_LEFT_IN_PEACE = Guard("none of them has declined a minute ago, when the same person asked", _left_in_peace)
_NO_STICK = Guard("none of them has the stick", _no_stick)
_RESTS = Guard("the stick rests", lambda circle, _c, _by, _now: circle.stick.state == "resting")
# Whoever came or went while the groups were drawn: they are drawn again.
_EACH_IN_ONE = Guard("each who is here is in one group; whoever leads, as they wish", _each_in_one, Refusal.STALE)


def invite_aside(circle: Circle, command: InviteAside, by: str, now: float) -> Circle:
    """Of those whom who leads asks, invitations that wait fall."""
    for one in (by, *command.seats):
        circle = _without(circle, one)
    return circle.evolve(asides=(*circle.asides, Aside(seats=(by,), by=by, asked=command.seats, since=now)))


def accept_aside(circle: Circle, _command: AcceptAside, by: str, _now: float) -> Circle:
    """Whoever had stepped out is here with this, for those of the aside."""
    return _without(circle.with_seat(by, out=None), by, joins=True)


def decline_aside(circle: Circle, _command: DeclineAside, by: str, now: float) -> Circle:
    aside = circle.aside(by)
    asker = aside.by if aside else None
    new = ((asker, by, now),) if asker else ()
    return _without(circle, by).evolve(declined=_lately_declined(circle, now) + new)


def leave_aside(circle: Circle, _command: LeaveAside, by: str, _now: float) -> Circle:
    """By a press of one's own: not hushed, as those are who are called back."""
    return _without(circle, by).with_seat(by, apart=False)


def _without(circle: Circle, by: str, *, joins: bool = False) -> Circle:
    def changed(aside: Aside) -> Aside:
        seats = tuple(one for one in aside.seats if one != by)
        asked = tuple(one for one in aside.asked if one != by)
        return aside.evolve(seats=(*seats, by) if joins else seats, asked=asked)

    ours = circle.aside(by)
    return circle.evolve(asides=tuple(changed(one) if one is ours else one for one in circle.asides))


def pair_up(circle: Circle, command: PairUp, _by: Actor, now: float) -> Circle:
    """Invitations that wait fall; asides that go on, go on."""
    going_on = tuple(aside.evolve(asked=()) for aside in circle.asides if aside.begun)
    until = now + 60 * command.minutes
    pairs = tuple(Aside(seats=group, since=now, until=until) for group in command.groups)
    return circle.evolve(asides=going_on + pairs)


def come_back(circle: Circle, command: ComeBack, _by: Actor, _now: float) -> Circle:
    called = circle.aside(command.seat) if command.seat else None
    ends = [one for one in circle.asides if (one is called if command.seat else one.until is not None)]
    return circle.evolve(asides=tuple(one for one in circle.asides if one not in ends))


RULES = (
    Rule(InviteAside, NOT_OBSERVERS, (_FREE, _OTHERS_CAN, _OTHERS_FREE, _NO_STICK, _LEFT_IN_PEACE), invite_aside),
    Rule(AcceptAside, _ASKED, (_NO_STICK,), accept_aside),
    Rule(DeclineAside, _ASKED, (), decline_aside),
    Rule(LeaveAside, _IN_ONE, (), leave_aside),
    Rule(PairUp, WHOEVER_LEADS, (_RESTS, _EACH_IN_ONE), pair_up),
    Rule(ComeBack, WHOEVER_LEADS, (), come_back),
)
