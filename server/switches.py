"""When a circle goes over to new keys: as soon as all have them who are here, or after a little while. In this process only."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from rooms.commits import Switch
from rooms.effects import SwitchKeys
from server.later import Later, Timer, later

Tell = Callable[[str, Iterable[str], object], None]
"""circle, seats, message"""


class Pending(NamedTuple):
    """A switch that is to come, and who has not said yet that they have the keys."""

    effect: SwitchKeys
    missing: set[str]
    timer: Timer


class Switches:
    """Keeps the circles' `Turnover`."""

    def __init__(self, tell: Tell, later: Later = later) -> None:
        self._tell, self._later = tell, later
        self._pending: dict[str, Pending] = {}

    def begin(self, id_: str, effect: SwitchKeys) -> None:
        """Of two in a row only the later one comes: who has its keys needs the earlier ones no more."""
        self.forget(id_)
        self._pending[id_] = Pending(effect, {*effect.here}, self._later(effect.within, self._ring, id_))
        if not effect.here:
            self._ring(id_)

    def installed(self, id_: str, seat: str, n: int) -> None:
        pending = self._pending.get(id_)
        if pending is None or pending.effect.n != n:
            return
        pending.missing.discard(seat)
        if not pending.missing:
            self._ring(id_)

    def forget(self, id_: str) -> None:
        pending = self._pending.pop(id_, None)
        if pending is not None:
            pending.timer.cancel()

    def stop(self) -> None:
        for id_ in list(self._pending):
            self.forget(id_)

    def _ring(self, id_: str) -> None:
        pending = self._pending[id_]
        self.forget(id_)
        self._tell(id_, pending.effect.seats, Switch(n=pending.effect.n))
