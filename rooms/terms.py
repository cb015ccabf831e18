"""The terms of a circle: what is promised to all before they join, and how its doors are kept. One frozen value, always whole."""

from typing import Annotated, Literal

import msgspec

from rooms.nouns import Noun
from rooms.opaque import DoorAgreements, DoorLine, DoorNote

Camera = Literal["optional", "holder", "check_in"]
Late = Literal["open", "boundary", "closed"]
Observers = Literal["welcome", "newcomers", "ask", "none"]
STRICTER: tuple[Observers, ...] = ("welcome", "newcomers", "ask", "none")

MOST_SEATS = 16
Capacity = Annotated[int, msgspec.Meta(ge=3, le=MOST_SEATS)]
Breath = Annotated[int, msgspec.Meta(ge=0, le=60)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=120)]
Region = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}\Z")]


class Terms(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=False):
    """What a circle is held by. Nothing may be left out, so that nobody changes what they have not seen."""

    agreements: DoorAgreements | None
    """all of them as one text, a line each; None: the thirteen that the browser's catalogue has"""
    limits: Literal["A", "B"]
    """of confidentiality: A names exceptions, B calls nobody without you"""
    limits_words: DoorNote | None
    """the group's own words for them"""
    camera: Camera
    """whose picture is shown: everybody's who wishes, or only of who has the floor, or only in the check-in"""
    observers: Observers
    late: Late
    """who comes after the beginning: at once, at a turn's boundary, or not after `late_after` minutes"""
    late_after: Minutes
    reactions: bool
    breath: Breath
    """seconds of quiet between turns where no agenda says it"""
    capacity: Capacity
    rotates: bool
    """another one facilitates each time"""
    next_date: DoorLine | None
    help: Region | None
    """whose help lines are shown"""


TERMS = Terms(
    agreements=None, limits="B", limits_words=None, camera="optional", observers="welcome", late="open", late_after=15,
    reactions=True, breath=0, capacity=12, rotates=False, next_date=None, help=None,
)  # fmt: skip
PROMISED = ("agreements", "limits", "limits_words", "camera")
SEALED = ("agreements", "limits_words", "next_date")
"""texts that are read at the door, by who has the link"""


def keeps_promises(before: Terms, after: Terms) -> bool:
    """Whether nothing that people were told at the door becomes another thing, and nobody comes to listen who could not before."""
    same = all(getattr(before, name) == getattr(after, name) for name in PROMISED)
    return same and STRICTER.index(after.observers) >= STRICTER.index(before.observers)
