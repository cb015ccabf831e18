"""The agenda: choosing it, going through it, and the words that a step is under."""

from typing import Annotated, Any

import msgspec

from rooms import agenda, moves
from rooms.agenda import Format
from rooms.circle import Circle
from rooms.nouns import Actor, Step
from rooms.opaque import RoomNote
from rooms.refusals import Refusal
from rooms.rulebook import WHOEVER_LEADS, Command, Guard, Rule, who

MOST_STEPS = 20
At = Annotated[int, msgspec.Meta(ge=0, lt=MOST_STEPS)]
Steps = Annotated[tuple[Step, ...], msgspec.Meta(max_length=MOST_STEPS)]


class SetAgenda(Command, frozen=True, kw_only=True):
    """Choose a format, or a list of steps of one's own; from its first step."""

    agenda: Format | Steps


class GoTo(Command, frozen=True, kw_only=True):
    """Go on to the next step, back to one, or past some."""

    step: At
    seen: At | None


class SetMinutes(Command, frozen=True, kw_only=True):
    """Shorten or lengthen a step."""

    step: At
    minutes: Annotated[float, msgspec.Meta(ge=0, le=360)]


class SetScript(Command, frozen=True, kw_only=True):
    """What to say in a step, in words of one's own; the usual ones, with null."""

    step: At
    script: RoomNote | None


class SetPrompt(Command, frozen=True, kw_only=True):
    """The question that the circle speaks to; none, with null."""

    prompt: RoomNote | None


_SCRIPT = who("facilitators, or who keeps the script", lambda circle, _c, by, _now: circle.keeps(by, "script"))
_SCRIPT_OR_TIME = who(
    "facilitators, or who keeps the script or the time",
    lambda circle, _c, by, _now: circle.keeps(by, "script") or circle.keeps(by, "time"),
)
_SAME_STEP = Guard(
    "it is still the step that was seen", lambda circle, command, _by, _now: command.seen == circle.step, Refusal.STALE
)
_IN_AGENDA = Guard("the agenda has that step", lambda circle, command, _by, _now: command.step < len(circle.agenda))
# Whoever speaks is not cut off by a step; the stick may be taken back first, which everybody sees.
_NOBODY_SPEAKS = Guard(
    "nobody else holds the stick", lambda circle, _c, by, _now: circle.holder is None or circle.holder == by
)


def set_agenda(circle: Circle, command: SetAgenda, _by: Actor, now: float) -> Circle:
    steps = agenda.FORMATS[command.agenda] if isinstance(command.agenda, str) else command.agenda
    changed = circle.evolve(agenda=steps, step=None, began=None)
    return _at(changed, 0, now) if steps else changed


def go_to(circle: Circle, command: GoTo, _by: Actor, now: float) -> Circle:
    doors = circle.agenda[command.step].part == "doors"
    begun = (
        circle
        if doors
        else circle.evolve(phase="open", began=circle.clock(now) if circle.began is None else circle.began)
    )
    return _at(begun, command.step, now)


def _at(circle: Circle, step: int, now: float) -> Circle:
    """A step begins: its floor, a fresh round, no prompt of an earlier one. The stick lies in the centre."""
    rested = moves.rest(circle, now) if circle.stick.state != "resting" else circle
    begun = rested.evolve(step=step, step_since=circle.clock(now), floor=circle.agenda[step].floor, prompt=None)
    return moves.fresh_round(_let_go(begun) if begun.afterwards else begun)


def _let_go(circle: Circle) -> Circle:
    """The meeting is over: of what people said of themselves, wished and asked nothing is kept while some stay."""
    return circle.evolve(seats=tuple(seat.evolve(card=None, adjust=0, hand=None) for seat in circle.seats))


def set_minutes(circle: Circle, command: SetMinutes, _by: Actor, _now: float) -> Circle:
    return _changed(circle, command.step, minutes=command.minutes)


def set_script(circle: Circle, command: SetScript, _by: Actor, _now: float) -> Circle:
    return _changed(circle, command.step, script=command.script)


def _changed(circle: Circle, step: int, **changes: Any) -> Circle:
    steps = tuple(one.evolve(**changes) if at == step else one for at, one in enumerate(circle.agenda))
    return circle.evolve(agenda=steps)


def set_prompt(circle: Circle, command: SetPrompt, _by: Actor, _now: float) -> Circle:
    return circle.evolve(prompt=command.prompt)


RULES = (
    Rule(SetAgenda, WHOEVER_LEADS, (_NOBODY_SPEAKS,), set_agenda),
    Rule(GoTo, _SCRIPT, (_SAME_STEP, _IN_AGENDA, _NOBODY_SPEAKS), go_to),
    Rule(SetMinutes, _SCRIPT_OR_TIME, (_IN_AGENDA,), set_minutes),
    Rule(SetScript, _SCRIPT, (_IN_AGENDA,), set_script),
    Rule(SetPrompt, _SCRIPT, (), set_prompt),
)
