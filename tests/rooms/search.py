"""Looks for a way back to a speaker: law 7. Uses only commands that present seats may send, and waiting."""

from collections.abc import Iterator
from typing import Any

from rooms.circle import Circle
from rooms.nouns import Actor, Outside
from rooms.refusals import Refused
from tests.builders import COMMANDS, Meeting
from tests.rooms.law import allowed_to_be_heard

MOST_STEPS = 16
Try = tuple[Actor, str, dict[str, Any]]


def somebody_here(circle: Circle) -> bool:
    return any(seat.away_since is None and seat.role != "observer" for seat in circle.seats)


def a_voice_comes_back(circle: Circle, now: float) -> bool:
    """Whether some commands and some waiting lead to somebody who is heard. The circle itself stays as it is."""
    meeting = Meeting(circle, now).do(Outside.SERVER, "wake")
    for _ in range(MOST_STEPS):
        if allowed_to_be_heard(meeting.state):
            return True
        if not any(_works(meeting, one) for one in _tries(meeting.state)) and not _wait(meeting):
            return False
    return False


def _tries(circle: Circle) -> Iterator[Try]:
    """What might help, most helpful first, from everybody who is here and may speak."""
    here = [seat.id for seat in circle.seats if seat.away_since is None and seat.role != "observer"]
    at = circle.stick.seat
    if circle.pause is not None:
        yield from ((by, "pause", {"on": False}) for by in here)
        yield from ((by, "silence", {"seconds": None}) for by in here)
    yield from ((seat.id, "step_in", {}) for seat in circle.seats if seat.id in here and seat.out)
    yield from ((seat.id, "leave_aside", {}) for seat in circle.seats if seat.id in here and seat.apart)
    if circle.shielded:
        yield from ((by, "shield", {"on": False}) for by in here)
    if at in here:
        yield at, "accept", {}
    elif circle.stick.state == "resting":
        yield from ((by, "offer", {"to": by}) for by in here)
        yield from ((by, "set_floor", {"floor": "round"}) for by in here if circle.floor != "round")


def _works(meeting: Meeting, one: Try) -> bool:
    by, command, fields = one
    assert COMMANDS[command].from_outside
    try:
        meeting.do(by, command, **fields)
    except Refused:
        return False
    return True


def _wait(meeting: Meeting) -> bool:
    """Until the next thing happens by itself, or until a breath is over. False if there is nothing to wait for."""
    ahead = [time for time in (meeting.wake_at, meeting.state.stick.not_before) if time is not None]
    until = min((time for time in ahead if time > meeting.now), default=None)
    if until is not None:
        meeting.wait(until - meeting.now)
    return until is not None
