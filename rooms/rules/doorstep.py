"""Words over the doorstep: who keeps the door asks somebody who knocked, and they answer. Nobody else reads it."""

from rooms.circle import Circle
from rooms.nouns import Actor
from rooms.opaque import DoorNote, SeatId
from rooms.refusals import Refusal
from rooms.rulebook import KEEPS_DOOR, Command, Guard, Rule, who


class AskKnock(Command, frozen=True, kw_only=True):
    """Ask somebody who waits something."""

    seat: SeatId
    words: DoorNote


class AnswerKnock(Command, frozen=True, kw_only=True):
    """Answer what was asked at the door."""

    words: DoorNote


_KNOCKING = who("somebody who knocked", lambda circle, _command, by, _now: circle.knock(by) is not None)
_AT_DOOR = Guard(
    "that person is at the door",
    lambda circle, command, _by, _now: circle.knock(command.seat) is not None,
    Refusal.NO_SUCH_SEAT,
)
_WAS_ASKED = Guard(
    "something was asked",
    lambda circle, _command, by, _now: (knock := circle.knock(by)) is not None and knock.question is not None,
)


def ask_knock(circle: Circle, command: AskKnock, _by: Actor, _now: float) -> Circle:
    return circle.with_knock(command.seat, question=command.words, answer=None)


def answer_knock(circle: Circle, command: AnswerKnock, by: str, _now: float) -> Circle:
    return circle.with_knock(by, answer=command.words)


RULES = (
    Rule(AskKnock, KEEPS_DOOR, (_AT_DOOR,), ask_knock),
    Rule(AnswerKnock, _KNOCKING, (_WAS_ASKED,), answer_knock),
)
