"""Kinds of meetings, as data: formats are tables of steps. What the steps say stands in the browser's catalogue, by their part.

Minutes, floors and turns follow docs that peer groups use: welcome, quiet, agreements, a check-in, sharing, answers, a closing round.
"""

from types import MappingProxyType
from typing import Literal

from rooms.circle import Circle
from rooms.nouns import Floor, Part, Step

Format = Literal["sixty", "ninety", "quick", "free"]


def _step(
    part: Part, minutes: float, floor: Floor, turn: int | None = None, breath: int = 0, *, loose: bool = False
) -> Step:
    """`loose`: with reactions and writing."""
    return Step(part=part, floor=floor, minutes=minutes, turn=turn, breath=breath, reactions=loose, writing=loose)


_DOORS = _step("doors", 10, "facilitator")
_AFTER = _step("after", 10, "open", loose=True)

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
            _step("answers", 5, "hands", 60, loose=True),
            _step("closing", 6, "round", 45),
            _step("words", 2, "facilitator"),
            _AFTER,
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
            _step("words", 4, "facilitator"),
            _AFTER,
        ),
        "quick": (
            _DOORS,
            _step("check_in", 8, "round", 60),
            _step("sharing", 16, "round", 120),
            _step("closing", 6, "round", 45),
        ),
        "free": (),
    }
)
OUTSIDE_THE_LENGTH: frozenset[Part] = frozenset({"doors", "after"})
"""parts whose minutes do not count as the meeting's"""


def ends_at(circle: Circle) -> float | None:
    """When the meeting should end by its agenda, unix seconds; None before it has begun or without an agenda."""
    if circle.began is None or not circle.agenda:
        return None
    return circle.began + 60 * sum(step.minutes for step in circle.agenda if step.part not in OUTSIDE_THE_LENGTH)
