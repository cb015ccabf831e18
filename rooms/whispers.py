"""Whispers: sealed words that are passed on to whom the rules allow, and kept nowhere. No circle ever changes by one.

A row says who may send which, when, and to whom it goes, as the rule book does for commands. Who sends it gets it back, if it goes
to them too: so every screen shows what was passed on, and nothing else.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import msgspec

from rooms.circle import Circle
from rooms.floor import may_be_heard
from rooms.nouns import Actor, Seat, Turn
from rooms.opaque import Beat as SignedBeat
from rooms.opaque import OwnNote, OwnPage
from rooms.refusals import Refusal, Refused
from rooms.rulebook import ANYONE_SEATED, HOLDER, NOT_OBSERVERS, SAME_TURN, WHOEVER_LEADS, Guard, who

Quiet = Literal["heart", "with_you", "thanks"]


class Whisper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag=str.lower):
    """What somebody says without voice. Travels as JSON with `type`."""


class Share(Whisper, frozen=True, kw_only=True):
    """Written instead of spoken, as far as it is by now; it is gone with the turn."""

    turn: Turn
    text: OwnPage


class Reaction(Whisper, frozen=True, kw_only=True):
    """One of three quiet signs."""

    reaction: Quiet


class Writing(Whisper, frozen=True, kw_only=True):
    """A written line to all."""

    text: OwnNote


class Line(Whisper, frozen=True, kw_only=True):
    """A private line among those who facilitate."""

    text: OwnNote


class Note(Whisper, frozen=True, kw_only=True):
    """A private word to those who facilitate."""

    text: OwnNote


class Beat(Whisper, frozen=True, kw_only=True):
    """Somebody with power over the keys says, signed, which ones the circle has now."""

    beat: SignedBeat


class Listeners(NamedTuple):
    """To whom it goes as a sentence, and whether a seat is among them when this one sends it. Whoever is away gets nothing."""

    sentence: str
    among: Callable[[Circle, str, Seat], bool]


class Row(NamedTuple):
    """One kind of whisper."""

    whisper: type[Whisper]
    who: Guard
    when: tuple[Guard, ...]
    to: Listeners


def _reactions(circle: Circle) -> bool:
    if circle.shielded or not circle.terms.reactions:
        return False
    return circle.part.reactions if circle.part else circle.floor in {"open", "facilitator"}


def _writing(circle: Circle) -> bool:
    if circle.shielded:
        return False
    return circle.part.writing if circle.part else circle.floor == "open"


def _signs(circle: Circle, by: Actor) -> bool:
    seat = circle.seat(by)
    return seat is not None and (seat.role == "facilitator" or by in {circle.successor, circle.acting})


# Their pages do it, whether they have stepped out or not, and a successor's before it is known that nobody else is left.
_SIGNS = who("facilitators, who stands in, or would", lambda circle, _w, by, _now: _signs(circle, by))
_IS_HEARD = Guard("they may be heard now", lambda circle, _w, by, _now: by in may_be_heard(circle))
_NO_QUIET = Guard("there is no quiet", lambda circle, _w, _by, _now: circle.pause is None)
_REACTIONS = Guard(
    "the terms and the step allow reactions, and no shield is up; without an agenda, the floor is open or facilitator",
    lambda circle, _w, _by, _now: _reactions(circle),
)
_WRITING = Guard(
    "the step allows writing, and no shield is up; without an agenda, the floor is open",
    lambda circle, _w, _by, _now: _writing(circle),
)
# Refused rather than lost: whoever asks for somebody is to know that nobody reads it.
_SOMEBODY_READS = Guard(
    "somebody else who facilitates is present",
    lambda circle, _w, by, _now: any(circle.leads(seat.id) and seat.id != by for seat in circle.seats),
)
_ALL = Listeners("all; in an aside, its seats", lambda circle, by, seat: seat.id in circle.together(by))
_EVERYBODY = Listeners("all", lambda _circle, _by, _seat: True)
_WHO_LEADS = Listeners("who facilitates, or stands in", lambda circle, _by, seat: circle.leads(seat.id))

ROWS = (
    Row(Share, HOLDER, (SAME_TURN, _IS_HEARD), _ALL),
    Row(Reaction, NOT_OBSERVERS, (_NO_QUIET, _REACTIONS), _ALL),
    Row(Writing, NOT_OBSERVERS, (_NO_QUIET, _WRITING), _ALL),
    Row(Line, WHOEVER_LEADS, (_SOMEBODY_READS,), _WHO_LEADS),
    Row(Note, ANYONE_SEATED, (_SOMEBODY_READS,), _WHO_LEADS),
    Row(Beat, _SIGNS, (), _EVERYBODY),
)
BY_WHISPER = {row.whisper: row for row in ROWS}


def audience(circle: Circle, whisper: Whisper, by: str, now: float) -> frozenset[str]:
    """The seats that this whisper goes to. Raises Refused."""
    if circle.phase == "closed":
        raise Refused(Refusal.UNKNOWN)
    row = BY_WHISPER[type(whisper)]
    for guard in (row.who, *row.when):
        if not guard.holds(circle, whisper, by, now):
            raise Refused(guard.otherwise)
    return frozenset(seat.id for seat in circle.seats if seat.present and row.to.among(circle, by, seat))


def passed_on(whisper: Whisper, by: str, now: float) -> dict[str, Any]:
    """What those seats are told: the whisper, who sent it, and the server's time."""
    return {**msgspec.to_builtins(whisper), "by": by, "at": now}
