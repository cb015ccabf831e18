"""Whose feedback is due when. Only who publishes is known here, so a circle where nobody does costs nothing. Pure."""

from typing import Protocol

SLOTS = 20
"""reports are spread over the tick: all at once they would hold up the packets behind them"""
TICKS_PER_SECOND = 10


class Reporting(Protocol):
    """What has feedback to give."""

    def tick(self) -> None: ...
    def second(self) -> None: ...


class Ticker:
    """`step` is to be called `SLOTS` times in a tick, each of which does what is due in one slot."""

    def __init__(self) -> None:
        self._slots: tuple[dict[Reporting, None], ...] = tuple({} for _ in range(SLOTS))
        self._added = self._steps = 0

    def add(self, one: Reporting) -> None:
        self._added += 1
        self._slots[self._added % SLOTS][one] = None

    def discard(self, one: Reporting) -> None:
        for slot in self._slots:
            slot.pop(one, None)

    def step(self) -> None:
        self._steps += 1
        full = self._steps // SLOTS % TICKS_PER_SECOND == 0
        for one in list(self._slots[self._steps % SLOTS]):
            one.tick()
            if full:
                one.second()

    def __len__(self) -> int:
        return sum(map(len, self._slots))
