"""Whether all see the same circle: what heartbeats say, compared with what one has (7.7)."""

from tests.bots.keys.beat import Beat
from tests.bots.keys.epoch import Epoch

EVERY, PATIENCE, SILENT = 10.0, 10.0, 60.0


class Pulse:
    def __init__(self, now: float) -> None:
        self._times: dict[bytes, int] = {}
        self._heard = now
        self._odd: dict[bytes, float] = {}
        """since when that mid's beats do not agree"""

    def take(self, beat: Beat, own: Epoch, now: float) -> bool:
        """Whether it counts: signed by somebody of the own roster who may send one, and newer than the one before."""
        entry = own.roster.of(beat.mid)
        may = entry is not None and entry.certificate is not None and entry.certificate.powers & 3
        if not may or not beat.by(own.roster) or beat.time <= self._times.get(beat.mid, -1):
            return False
        self._times[beat.mid] = beat.time
        self._heard = now
        if (beat.n, beat.head) == (own.roster.n, own.head):
            self._odd.pop(beat.mid, None)
        else:
            self._odd.setdefault(beat.mid, now)
        return True

    def installed(self, own: Epoch) -> None:
        """Who is no longer there disagrees with nobody."""
        self._odd = {mid: since for mid, since in self._odd.items() if own.roster.of(mid)}

    def apart(self, now: float, *, unsure: bool) -> bool:
        """Not everyone sees the same circle. `unsure`: after a gap nothing is waited for."""
        return any(unsure or now - since >= PATIENCE for since in self._odd.values())

    def silent(self, now: float) -> bool:
        """The facilitator's sign is missing, if anybody is there who could give it."""
        return now - self._heard >= SILENT
