"""At the door: knocking and its answers. A facilitator with the key takes a seat without knocking."""

from typing import ClassVar, Literal

from rooms.circle import Circle
from rooms.nouns import Actor, Outside, Seat
from rooms.nouns import Knock as Knocking
from rooms.opaque import Boxes, DoorName, DoorNote, RoomName, SeatId, SeedsIntroduction
from rooms.refusals import Refusal
from rooms.rulebook import KEEPS_DOOR, WHOEVER_LEADS, Command, Guard, Rule, who
from rooms.terms import MOST_SEATS


class Knock(Command, frozen=True, kw_only=True):
    """Ask to come in, as a member or to listen only."""

    name: DoorName
    boxes: Boxes
    note: DoorNote | None = None
    role: Literal["member", "observer"] = "member"
    first_time: bool = False
    given: ClassVar = ("seat", "link", "was")
    seat: str = ""
    link: int = 0
    """the counter of the link whose proof was shown"""
    was: str | None = None
    """the seat that this person had before, by its token"""


class Withdraw(Command, frozen=True, kw_only=True):
    """Take the knock back."""


class Enter(Command, frozen=True, kw_only=True):
    """Take a seat as facilitator."""

    keys: SeedsIntroduction
    given: ClassVar = ("seat",)
    seat: str = ""


class Admit(Command, frozen=True, kw_only=True):
    """Let somebody in; or ask the circle first, where its terms say so of those who listen."""

    seat: SeatId
    name: RoomName
    """of who comes, for those inside"""


class TurnAway(Command, frozen=True, kw_only=True):
    """Not today."""

    seat: SeatId


class Lock(Command, frozen=True, kw_only=True):
    """No more knocks, or knocks again. Who has a seat may always come back to it."""

    on: bool


_STRANGER = who("somebody at the door", lambda _circle, _command, by, _now: by is Outside.STRANGER)
_KEYHOLDER = who("who holds the facilitators' key", lambda _circle, _command, by, _now: by is Outside.KEYHOLDER)
_KNOCKING = who("somebody who knocked", lambda circle, _command, by, _now: circle.knock(by) is not None)


def _was_in(circle: Circle, command: Knock) -> bool:
    return command.was in circle.were_in


def _in_time(circle: Circle, command: Knock, _by: Actor, now: float) -> bool:
    return circle.closes is None or now < circle.closes or _was_in(circle, command)


def _may_listen(circle: Circle, command: Knock, _by: Actor, _now: float) -> bool:
    newcomer = circle.terms.observers == "newcomers" and command.first_time
    return command.role == "member" or circle.terms.observers in {"welcome", "ask"} or newcomer


def _may_still_listen(circle: Circle, command: Admit, _by: Actor, _now: float) -> bool:
    knock = circle.knock(command.seat)
    return knock is None or knock.role == "member" or circle.terms.observers != "none"


def _room_for_that_person(circle: Circle, command: Admit, _by: Actor, _now: float) -> bool:
    knock = circle.knock(command.seat)
    return knock is not None and not circle.full(knock.role)


def _waits(circle: Circle, command: Admit, _by: Actor, _now: float) -> bool:
    knock = circle.knock(command.seat)
    return knock is not None and knock.state == "waiting"


_PRESENT_LINK = Guard(
    "by the present link", lambda circle, command, _by, _now: command.link == circle.door.link, Refusal.UNKNOWN
)
_UNLOCKED = Guard("the door is not shut", lambda circle, _c, _by, _now: not circle.shut, Refusal.LOCKED)
_IN_TIME = Guard("they are not too late, or were in before", _in_time, Refusal.LATE)
_MAY_LISTEN = Guard("they do not only listen, or the terms let them", _may_listen, Refusal.NO_LISTENERS)
_ROOM_FOR_ROLE = Guard("a seat is free", lambda circle, command, _by, _now: not circle.full(command.role), Refusal.FULL)
_ROOM_TO_WAIT = Guard(
    "not too many are waiting; a few more, if they were in before",
    lambda circle, command, _by, _now: len(circle.knocks) < circle.waiting + 4 * _was_in(circle, command),
    Refusal.BUSY,
)
_ROOM_AT_ALL = Guard(
    "fewer than 16 sit here", lambda circle, _c, _by, _now: circle.taken("facilitator") < MOST_SEATS, Refusal.FULL
)
_WAITS = Guard("that person waits for an answer", _waits, Refusal.NO_SUCH_SEAT)
_AT_DOOR = Guard(
    "that person is at the door",
    lambda circle, command, _by, _now: circle.knock(command.seat) is not None,
    Refusal.NO_SUCH_SEAT,
)
_MAY_STILL_LISTEN = Guard(_MAY_LISTEN.sentence, _may_still_listen, Refusal.NO_LISTENERS)
_ROOM_FOR_THEM = Guard("a seat is free", _room_for_that_person, Refusal.FULL)
# Who has none could not make keys for them, and they would sit there without.
_HAS_DOOR_KEY = Guard(
    "who lets them in has shown a door key",
    lambda circle, _c, by, _now: (seat := circle.seat(by)) is not None and seat.door_key is not None,
)


def knock(circle: Circle, command: Knock, _by: Actor, now: float) -> Circle:
    new = Knocking(
        id=command.seat, name=command.name, boxes=command.boxes, note=command.note, role=command.role, since=now,
        first_time=command.first_time, returns=_was_in(circle, command),
    )  # fmt: skip
    return circle.evolve(knocks=(*circle.knocks, new))


def withdraw(circle: Circle, _command: Withdraw, by: Actor, _now: float) -> Circle:
    return circle.without(by, "left")


def enter(circle: Circle, command: Enter, _by: Actor, _now: float) -> Circle:
    seat = Seat(id=command.seat, role="facilitator", keys=command.keys)
    return circle.evolve(seats=(*circle.seats, seat))


def admit(circle: Circle, command: Admit, _by: Actor, now: float) -> Circle:
    knock = circle.knock(command.seat)
    asks = knock is not None and knock.role == "observer" and circle.terms.observers == "ask"
    state = "asked" if asks else "coming"
    return circle.with_knock(command.seat, state=state, asked=now if asks else None, named=command.name)


def turn_away(circle: Circle, command: TurnAway, _by: Actor, _now: float) -> Circle:
    return circle.without(command.seat, "turned_away")


def lock(circle: Circle, command: Lock, _by: Actor, _now: float) -> Circle:
    return circle.evolve(locked=command.on)


RULES = (
    Rule(
        Knock,
        _STRANGER,
        (_PRESENT_LINK, _UNLOCKED, _IN_TIME, _MAY_LISTEN, _ROOM_FOR_ROLE, _ROOM_TO_WAIT),
        knock,
    ),
    Rule(Withdraw, _KNOCKING, (), withdraw),
    Rule(Enter, _KEYHOLDER, (_ROOM_AT_ALL,), enter),
    Rule(Admit, KEEPS_DOOR, (_WAITS, _MAY_STILL_LISTEN, _ROOM_FOR_THEM, _HAS_DOOR_KEY), admit),
    Rule(TurnAway, KEEPS_DOOR, (_AT_DOOR,), turn_away),
    Rule(Lock, WHOEVER_LEADS, (), lock),
)
