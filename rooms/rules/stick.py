"""The talking stick: offered, and held only after its receiver accepts. Each command names the turn it saw, so a repeat does nothing."""

from rooms import moves
from rooms.circle import Circle
from rooms.nouns import STICK_FLOORS, Actor, Turn
from rooms.opaque import SeatId
from rooms.refusals import Refusal
from rooms.rulebook import HOLDER, RECEIVER, SAME_TURN, WHOEVER_LEADS, Command, Guard, Rule, who


class Offer(Command, frozen=True, kw_only=True):
    """Offer the resting stick to somebody. The first offer opens a circle from its lobby."""

    to: SeatId
    turn: Turn


class Accept(Command, frozen=True, kw_only=True):
    """Take the stick that is offered to you."""

    turn: Turn


class Decline(Command, frozen=True, kw_only=True):
    """Not now: passed over in this round."""

    turn: Turn


class Later(Command, frozen=True, kw_only=True):
    """Come back to me: after the others."""

    turn: Turn


class Pass(Command, frozen=True, kw_only=True):
    """Give the stick on, to the next one or to a named seat."""

    turn: Turn
    to: SeatId | None = None


class LayDown(Command, frozen=True, kw_only=True):
    """Put the stick into the centre."""

    turn: Turn


class Recall(Command, frozen=True, kw_only=True):
    """Take an offer, or the stick, back into the centre."""

    turn: Turn


class Skip(Command, frozen=True, kw_only=True):
    """Move past whoever has the stick, or the offer, to the next one."""

    turn: Turn


def _leads_or_adrift(circle: Circle, _command: Command, by: Actor, _now: float) -> bool:
    seat = circle.seat(by)
    return circle.leads(by) or (circle.adrift and seat is not None and seat.present and seat.may_hold)


def _leads_or_adrift_offer(circle: Circle, command: Command, by: Actor, _now: float) -> bool:
    return circle.leads(by) or (circle.stick.state == "offered" and _leads_or_adrift(circle, command, by, _now))


def _can_hold(circle: Circle, command: Offer | Pass, by: Actor, _now: float) -> bool:
    if command.to is None:
        return True
    seat = circle.seat(command.to)
    return seat is not None and seat.reachable and not (circle.holder == by == command.to)


_LEADER_OR_ADRIFT = who("facilitators; where nobody is left to lead, any member", _leads_or_adrift)
_LEADER_OR_ADRIFT_OFFER = who(
    "facilitators; where nobody is left to lead, any member, for an offer", _leads_or_adrift_offer
)
_RESTS = Guard("the stick rests", lambda circle, _c, _by, _now: circle.stick.state == "resting")
_MOVES = Guard("the stick is offered or held", lambda circle, _c, _by, _now: circle.stick.state != "resting")
_BREATH_OVER = Guard(
    "the breath is over", lambda circle, _c, _by, now: circle.clock(now) >= (circle.stick.not_before or 0.0)
)
_STICK_FLOOR = Guard("the floor is round or hands", lambda circle, _c, _by, _now: circle.floor in STICK_FLOORS)
_RECEIVER_CAN = Guard("its receiver is here, not apart, and no observer", _can_hold, Refusal.CANNOT_HOLD)


def offer(circle: Circle, command: Offer, _by: Actor, now: float) -> Circle:
    begun = moves.fresh_round(circle) if moves.round_over(circle) else circle
    return moves.offer(begun.evolve(phase="open"), command.to, now)


def accept(circle: Circle, _command: Accept, by: Actor, now: float) -> Circle:
    return moves.hold(circle, by, now)


def decline(circle: Circle, _command: Decline, by: Actor, now: float) -> Circle:
    return moves.move_on(circle.evolve(round=circle.round.with_heard(by)).with_seat(by, hand=None), now)


def later(circle: Circle, _command: Later, by: Actor, now: float) -> Circle:
    return moves.move_on(circle.evolve(round=circle.round.with_later(by)), now)


def pass_(circle: Circle, command: Pass, by: Actor, now: float) -> Circle:
    heard = circle.evolve(round=circle.round.with_heard(by))
    return moves.offer(heard, command.to, now) if command.to else moves.move_on(heard, now)


def lay_down(circle: Circle, _command: LayDown, by: Actor, now: float) -> Circle:
    return moves.rest(circle.evolve(round=circle.round.with_heard(by)), now)


def recall(circle: Circle, _command: Recall, _by: Actor, now: float) -> Circle:
    return moves.rest(circle, now)


def skip(circle: Circle, _command: Skip, _by: Actor, now: float) -> Circle:
    past = circle.stick.seat
    if past is None:
        return circle
    return moves.move_on(circle.evolve(round=circle.round.with_heard(past)).with_seat(past, hand=None), now)


RULES = (
    Rule(Offer, _LEADER_OR_ADRIFT, (SAME_TURN, _RESTS, _STICK_FLOOR, _RECEIVER_CAN), offer),
    Rule(Accept, RECEIVER, (SAME_TURN, _BREATH_OVER), accept),
    Rule(Decline, RECEIVER, (SAME_TURN,), decline),
    Rule(Later, RECEIVER, (SAME_TURN,), later),
    Rule(Pass, HOLDER, (SAME_TURN, _RECEIVER_CAN), pass_),
    Rule(LayDown, HOLDER, (SAME_TURN,), lay_down),
    Rule(Recall, _LEADER_OR_ADRIFT_OFFER, (SAME_TURN, _MOVES), recall),
    Rule(Skip, WHOEVER_LEADS, (SAME_TURN, _MOVES), skip),
)
