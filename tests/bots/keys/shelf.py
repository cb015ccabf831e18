"""What a page keeps of the circle's keys, for how long, and whom it knows by name."""

from collections.abc import Iterable

from tests.bots.keys.epoch import Epoch
from tests.bots.keys.roster import Roster

KEPT = 900.0
"""seconds for which an epoch that is over still opens words, and proves who sat there"""


class Shelf:
    def __init__(self) -> None:
        self.latest: Epoch | None = None
        self.installed = 0.0
        """when the latest one came"""
        self._epochs: dict[int, Epoch] = {}
        self._over: dict[int, float] = {}
        self._names: dict[bytes, str] = {}
        """by mid, and by seat"""

    def put(self, epoch: Epoch, now: float) -> None:
        if self.latest is not None:
            self._over[self.latest.roster.n] = now
        self._epochs[epoch.roster.n] = epoch
        self._over.pop(epoch.roster.n, None)
        self.latest, self.installed = epoch, now
        self.sweep(now)
        for mid, name in epoch.block.names:
            self._names[mid] = name
        for entry in epoch.roster.entries:
            name = self._names.get(entry.keys.mid) or self._names.get(entry.seat)
            if name is not None:
                self._names[entry.keys.mid] = self._names[entry.seat] = name

    def sweep(self, now: float) -> None:
        for n in [n for n, since in self._over.items() if now - since > KEPT]:
            del self._over[n], self._epochs[n]

    @property
    def epochs(self) -> dict[int, Epoch]:
        return self._epochs

    def resume(self, n: int, seat: bytes) -> bytes | None:
        """R of that seat's entry in that epoch, as long as one has it."""
        epoch = self._epochs.get(n)
        entry = epoch and epoch.roster.at(seat)
        return epoch.resume(entry.keys.mid) if epoch and entry else None

    def name(self, seat: bytes) -> str | None:
        return self._names.get(seat)

    def know(self, key: bytes, name: str) -> None:
        """`key`: a mid or a seat."""
        self._names[key] = name

    def names(self, roster: Roster) -> dict[bytes, str]:
        """By mid, as far as known: of the same keys, or of the same seat."""
        known = ((one.keys.mid, self._names.get(one.keys.mid) or self._names.get(one.seat)) for one in roster.entries)
        return {mid: name for mid, name in known if name is not None}

    @property
    def links(self) -> Iterable[bytes]:
        return (epoch.block.link for epoch in self._epochs.values())
