"""What a rule is: a row of command, who may send it, when, and the function that does it. The rows stand in `rooms/rules/`."""

from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

import msgspec

from rooms.circle import Circle
from rooms.nouns import Actor, Outside
from rooms.refusals import Refusal


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag=_snake):
    """What a seat asks for, in the imperative. Travels as JSON with `type`."""

    from_outside: ClassVar[bool] = True
    """False for what is never read as a command: what only the server itself sends, and commits, which have an event of their own."""
    given: ClassVar[tuple[str, ...]] = ()
    """fields that the server fills in, never read from the wire; all of them have a default"""


Test = Callable[[Circle, Any, Actor, float], bool]


class Guard(NamedTuple):
    """A condition as a sentence, and the refusal where it does not hold."""

    sentence: str
    holds: Test
    otherwise: Refusal = Refusal.NOT_NOW


class Rule(NamedTuple):
    """One row. `do` may rely on every guard; it returns the changed circle and does not settle it."""

    command: type[Command]
    who: Guard
    when: tuple[Guard, ...]
    do: Callable[[Circle, Any, Actor, float], Circle]


def who(sentence: str, holds: Test) -> Guard:
    return Guard(sentence, holds, Refusal.NOT_YOURS)


def _seated(circle: Circle, by: Actor) -> bool:
    return circle.seat(by) is not None


def _may_hold(circle: Circle, by: Actor) -> bool:
    seat = circle.seat(by)
    return seat is not None and seat.may_hold


ANYONE_SEATED = who("any seat", lambda circle, _command, by, _now: _seated(circle, by))
NOT_OBSERVERS = who("members and facilitators", lambda circle, _command, by, _now: _may_hold(circle, by))
FACILITATORS = who(
    "facilitators",
    lambda circle, _c, by, _now: (seat := circle.seat(by)) is not None and seat.here and seat.role == "facilitator",
)
WHOEVER_LEADS = who("facilitators, or who stands in", lambda circle, _command, by, _now: circle.leads(by))
KEEPS_DOOR = who("facilitators, or who keeps the door", lambda circle, _c, by, _now: circle.keeps(by, "door"))
HOLDER = who("the holder", lambda circle, _command, by, _now: circle.holder == by)
RECEIVER = who(
    "to whom it is offered",
    lambda circle, _command, by, _now: circle.stick.state == "offered" and circle.stick.seat == by,
)
SERVER = who("the server", lambda _circle, _command, by, _now: by is Outside.SERVER)

SAME_TURN = Guard(
    "nothing has moved since", lambda circle, command, _by, _now: command.turn == circle.turn, Refusal.STALE
)
SEAT_EXISTS = Guard(
    "that seat is in the circle",
    lambda circle, command, _by, _now: circle.seat(command.seat) is not None,
    Refusal.NO_SUCH_SEAT,
)
A_MEMBER = Guard(
    "it is a member of the circle",
    lambda circle, command, _by, _now: (seat := circle.seat(command.seat)) is not None and seat.role == "member",
    Refusal.NO_SUCH_SEAT,
)
MAY_HOLD = Guard(
    "that seat is in the circle and does not only listen",
    lambda circle, command, _by, _now: (seat := circle.seat(command.seat)) is not None and seat.may_hold,
    Refusal.NO_SUCH_SEAT,
)


def or_nobody(guard: Guard) -> Guard:
    """The same of a seat that may be left out."""
    return Guard(
        f"{guard.sentence}, or nobody",
        lambda circle, command, by, now: command.seat is None or guard.holds(circle, command, by, now),
        guard.otherwise,
    )
