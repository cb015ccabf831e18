"""Since when things are as they are: who is away, who is gone, whether one is left alone, which reasons to commit there are."""

from collections.abc import Iterable

from tests.bots.keys import election
from tests.bots.keys.election import Moment, Reason
from tests.bots.keys.roster import Roster
from tests.bots.keys.sight import Sight

LOST, BEHIND, RESTS = 3.0, 8.0, 5.0


class Watch:
    def __init__(self) -> None:
        self.away: dict[bytes, float] = {}
        self._behind: float | None = None
        self.gone: float | None = None
        """since when somebody of the own roster has no seat any more"""
        self.alone: float | None = None
        """since when nobody of the standing roster is here"""
        self._again: dict[bytes, float] = {}
        self._done: dict[Reason, float] = {}
        self._reasons: dict[Reason, float] = {}

    def look(self, sight: Sight, own: Roster | None, shown: Roster | None, now: float) -> None:
        """`own`: the roster in which one is; `shown`: the one that stands."""
        away = (seat for seat, place in sight.seats.items() if not place.present)
        self.away = {seat: self.away.get(seat, now) for seat in away}
        self.gone = _since(self.gone, own is not None and not own.seats <= sight.seats.keys(), now)
        alone = shown is not None and own is None and not shown.seats & election.here(sight)
        self.alone = _since(self.alone, alone, now)

    def lost(self, again: Iterable[bytes], now: float) -> frozenset[bytes]:
        """Of those who introduce themselves with keys that are on the roster, who has done so for long enough."""
        self._again = {seat: self._again.get(seat, now) for seat in again}
        return frozenset(seat for seat, since in self._again.items() if now - since >= LOST)

    def behind(self, behind: bool, now: float) -> bool:
        """Whether the server has shown a later epoch for so long that it will not come any more."""
        self._behind = _since(self._behind, behind, now)
        return self._behind is not None and now - self._behind >= BEHIND

    def due(self, at: Moment) -> frozenset[Reason]:
        """Reasons that are this page's to act upon now."""
        found = election.reasons(at)
        self._reasons = {reason: self._reasons.get(reason, at.now) for reason in found}
        done = {reason: since for reason, since in self._done.items() if reason in found and at.now - since < RESTS}
        self._done = done
        return election.due(at, self._reasons) - done.keys()

    def done(self, reasons: Iterable[Reason], now: float) -> None:
        """This page has committed for them. What still stands counts again after a while, or a server could have one commit for ever."""
        self._done |= dict.fromkeys(reasons, now)

    def begin_again(self) -> None:
        """Somebody was faster: all waits start anew."""
        self._reasons = {}


def _since(before: float | None, holds: bool, now: float) -> float | None:
    return None if not holds else now if before is None else before
