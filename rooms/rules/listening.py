"""Those who only listen: the circle's consent to them, and one press from listening to a seat and back."""

from rooms import moves
from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.opaque import SeatId
from rooms.refusals import Refusal
from rooms.rulebook import NOT_OBSERVERS, Command, Guard, Rule, who


class Consent(Command, frozen=True, kw_only=True):
    """Whether somebody may come to listen, said privately. One no is enough, and whose it was is not kept."""

    seat: SeatId
    yes: bool


class AskSeat(Command, frozen=True, kw_only=True):
    """From listening into the circle: at the stick's next boundary, when a seat is free."""

    on: bool


class StepBack(Command, frozen=True, kw_only=True):
    """Out of the circle's round, to listen only."""


def _role(circle: Circle, by: Actor) -> str | None:
    seat = circle.seat(by)
    return seat.role if seat else None


def _may_only_listen(circle: Circle, _command: StepBack, by: Actor, _now: float) -> bool:
    seat, observers = circle.seat(by), circle.terms.observers
    if seat is None or observers == "none":
        return False
    newcomer = observers == "newcomers" and seat.first_time
    return observers == "welcome" or seat.came_to_listen or newcomer


_OBSERVERS = who("who only listens", lambda circle, _c, by, _now: _role(circle, by) == "observer")
_MEMBERS = who("members", lambda circle, _c, by, _now: _role(circle, by) == "member")
_ASKED = Guard(
    "the circle is being asked about them",
    lambda circle, command, _by, _now: (one := circle.knock(command.seat)) is not None and one.state == "asked",
    Refusal.NO_SUCH_SEAT,
)
_SEAT_FREE = Guard(
    "a seat is free, or they take the asking back",
    lambda circle, command, _by, _now: not command.on or not circle.full("member"),
    Refusal.FULL,
)
# Who sits here may always pass, and step out and still hear. To listen from now on as a guest does is what the circle was asked about,
# or is not: nobody comes in as a member to get round that.
_MAY_LISTEN = Guard(
    "the terms let them only listen: all; or who came to listen, and newcomers, where it is for newcomers",
    _may_only_listen,
    Refusal.NO_LISTENERS,
)
_CHAIR_FREE = Guard("there is room to listen", lambda circle, _c, _by, _now: not circle.full("observer"), Refusal.FULL)
_NOT_HOLDING = Guard("they do not hold the stick", lambda circle, _c, by, _now: circle.holder != by)


def consent(circle: Circle, command: Consent, _by: Actor, _now: float) -> Circle:
    knock = circle.knock(command.seat)
    objected = not command.yes or (knock is not None and knock.objected)
    return circle.with_knock(command.seat, objected=objected, replies=knock.replies + 1 if knock else 0)


def ask_seat(circle: Circle, command: AskSeat, by: str, _now: float) -> Circle:
    return circle.with_seat(by, asks_seat=command.on)


def step_back(circle: Circle, _command: StepBack, by: str, now: float) -> Circle:
    passed = moves.move_on(circle, now) if circle.stick.seat == by else circle
    return passed.with_seat(
        by, role="observer", hand=None, duties=(), card=None, adjust=0, microphone=False, camera=False
    )


RULES = (
    Rule(Consent, NOT_OBSERVERS, (_ASKED,), consent),
    Rule(AskSeat, _OBSERVERS, (_SEAT_FREE,), ask_seat),
    Rule(StepBack, _MEMBERS, (_MAY_LISTEN, _CHAIR_FREE, _NOT_HOLDING), step_back),
)
