"""Time for tests: it stands still while people act, and passes when the test says so. Every wake that is asked for comes at its time."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass

START = 1_790_000_000.0
WITHIN = 10.0


@dataclass
class Timer:
    """Somebody who wants to be called at a time."""

    at: float
    ring: Callable[[str], None]
    id_: str
    loop: asyncio.AbstractEventLoop
    over: bool = False

    def cancel(self) -> None:
        self.over = True

    def call(self) -> None:
        if not self.over:
            self.over = True
            self.ring(self.id_)


class Hourglass:
    """Hand `now` and `later` to `server.app.build`, which may run in another thread."""

    def __init__(self, start: float = START) -> None:
        self._now = start
        self._timers: list[Timer] = []
        self._asked = 0
        """how often somebody has asked to be called"""

    def now(self) -> float:
        return self._now

    def later(self, seconds: float, ring: Callable[[str], None], id_: str) -> Timer:
        timer = Timer(self._now + seconds, ring, id_, asyncio.get_running_loop())
        self._timers = [one for one in self._timers if not one.over] + [timer]
        self._asked += 1
        return timer

    async def passes(self, seconds: float) -> None:
        """Raises TimeoutError where a circle is called and does not ask to be called again: its time is over."""
        until = self._now + seconds
        asked = self._asked
        while (timer := self._next()) is not None and timer.at <= until:
            self._now = max(self._now, timer.at)
            timer.loop.call_soon_threadsafe(timer.call)
            await self._is_asked_again(asked)
            asked = self._asked
        self._now = until

    def _next(self) -> Timer | None:
        return min((timer for timer in self._timers if not timer.over), key=lambda timer: timer.at, default=None)

    async def _is_asked_again(self, asked: int) -> None:
        async with asyncio.timeout(WITHIN):
            for _ in itertools.repeat(None):
                if self._asked > asked:
                    return
                await asyncio.sleep(0.002)
