"""Kinds of meetings, as data: formats are tables of steps. What the steps say stands in the browser's catalogue, by their part.

Minutes, floors and turns follow docs that peer groups use: welcome, quiet, agreements, a check-in, sharing, answers, a closing round.
"""

from types import MappingProxyType
from typing import Literal

from rooms.circle import Circle
from rooms.nouns import Floor, Part, Step

Format = Literal["sixty", "ninety", "quick", "free"]


def _step(
    part: Part,
    minutes: float,
    floor: Floor,
    turn: int | None = None,
    breath: int = 0,
    *,
    signs: bool = False,
    lines: bool = False,
) -> Step:
    """`signs`: with reactions; `lines`: with writing."""
    return Step(part=part, floor=floor, minutes=minutes, turn=turn, breath=breath, reactions=signs, writing=lines)


_DOORS = _step("doors", 10, "facilitator")
AFTER = _step("after", 10, "open", signs=True, lines=True)
"""together without an agenda, for whoever likes to stay; nothing of the meeting is kept in it"""

FORMATS: MappingProxyType[Format, tuple[Step, ...]] = MappingProxyType(
    {
        "sixty": (
            _DOORS,
            _step("welcome", 2.5, "facilitator"),
            _step("quiet", 0.5, "silence"),
            _step("agreements", 3, "hands", 14),
            _step("check_in", 8, "round", 60),
            _step("plan", 1, "facilitator"),
            _step("sharing", 32, "round", 210, 30),
            _step("answers", 5, "hands", 60, signs=True, lines=True),
            _step("closing", 6, "round", 45),
            _step("words", 2, "facilitator", signs=True),
            AFTER,
        ),
        "ninety": (
            _DOORS,
            _step("welcome", 3, "facilitator"),
            _step("quiet", 1, "silence"),
            _step("agreements", 4, "hands", 18),
            _step("check_in", 10, "round", 75),
            _step("plan", 2, "facilitator"),
            _step("sharing", 32, "round", 210, 30),
            _step("break", 5, "silence"),
            _step("second", 20, "round", 150),
            _step("closing", 9, "round", 60),
            _step("words", 4, "facilitator", signs=True),
            AFTER,
        ),
        "quick": (
            _DOORS,
            _step("check_in", 8, "round", 60),
            _step("sharing", 16, "round", 120),
            _step("closing", 6, "round", 45),
            AFTER,
        ),
        "free": (),
    }
)
OUTSIDE_THE_LENGTH: frozenset[Part] = frozenset({"doors", "after"})
"""parts whose minutes do not count as the meeting's"""


def length(circle: Circle) -> float | None:
    """How many minutes the meeting takes by its agenda; None without one."""
    minutes = [step.minutes for step in circle.agenda if step.part not in OUTSIDE_THE_LENGTH]
    return sum(minutes) if minutes else None


def ends_at(circle: Circle) -> float | None:
    """When the meeting should end by its agenda, unix seconds; None before it has begun, in the time after it, or without an agenda."""
    minutes = length(circle)
    if circle.began is None or minutes is None or circle.afterwards:
        return None
    return circle.began + 60 * minutes
