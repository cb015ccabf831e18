"""Sleeps until a circle's next wake, then sends the circle the server's own command. One timer a circle."""

import asyncio
from collections.abc import Callable

from rooms.rules.presence import Wake
from server.circles import Circles
from server.later import Later, Timer, later


class Clock:
    """Keeps the circles' `Alarm`. `later` goes by the same time as `now`."""

    def __init__(self, circles: Circles, now: Callable[[], float], later: Later = later) -> None:
        self._circles, self._now, self._later = circles, now, later
        self._timers: dict[str, Timer] = {}
        self._running: set[asyncio.Task[None]] = set()

    def set(self, id_: str, at: float | None) -> None:
        """Wake this circle then, instead of when it was asked before; None: not at all."""
        timer = self._timers.pop(id_, None)
        if timer is not None:
            timer.cancel()
        if at is not None:
            # A little late rather than a little early: an early wake would find nothing due.
            self._timers[id_] = self._later(max(0.0, at - self._now()) + 0.005, self._ring, id_)

    def stop(self) -> None:
        for id_ in list(self._timers):
            self.set(id_, None)

    def _ring(self, id_: str) -> None:
        self._timers.pop(id_, None)
        task = asyncio.get_running_loop().create_task(self._circles.insist(id_, Wake()))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
