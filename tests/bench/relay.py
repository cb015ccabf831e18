"""CPU per forwarded packet and forwarding latency of the complete server, beside Janus, under the same load, turn and turn about."""

import asyncio
import os
import signal
import statistics
from collections.abc import Generator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field

from tests.bench import janus, ours
from tests.bench.load import Counted, Load
from tests.bench.process import cpu_seconds
from tests.bench.rows import Row

WARM_UP = 2.0
WINDOW = 6.0
WINDOWS = 5
CPU_LIMIT, LATENCY_LIMIT = 0.8, 0.5
ARRIVED = 0.99
OVERRUN = 0.05
TRIES = 5
"""a window whose sender itself was late by more is no measure of either engine, and is measured again"""


@dataclass
class Side:
    """One engine: its process, its load and what its windows gave."""

    name: str
    pid: int
    load: Load
    cpu: list[float] = field(default_factory=list)
    """microseconds a forwarded packet"""
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)

    async def window(self) -> None:
        """Raises RuntimeError if what was measured would not be this load."""
        for _ in range(TRIES):
            before = cpu_seconds(self.pid)
            counted = await asyncio.to_thread(self.load.run, WINDOW)
            used = cpu_seconds(self.pid) - before
            if counted.overrun <= OVERRUN:
                return self._note(counted, used)
        raise RuntimeError(f"{self.name}: the sender could not keep up in {TRIES} windows; is this machine busy?")

    def _note(self, counted: Counted, used: float) -> None:
        share = counted.received / counted.expected
        if not ARRIVED <= share <= 1.0:
            raise RuntimeError(f"{self.name}: {share:.1%} of the packets arrived")
        self.arrived.append(share)
        self.cpu.append(used / counted.received * 1_000_000)
        self.p50.append(_percentile(counted.delays, 0.50) / 1000)
        self.p99.append(_percentile(counted.delays, 0.99) / 1000)

    @property
    def said(self) -> str:
        windows = " ".join(f"{one:.1f}" for one in self.cpu)
        waits = " ".join(f"{one:.2f}" for one in self.p99)
        return f"{self.name}: {windows} µs, p50 {statistics.median(self.p50):.2f} ms, p99 {waits}, {min(self.arrived):.2%} arrived"


def _percentile(ordered: list[int], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@contextmanager
def _still(other: Side) -> Generator[None]:
    """The other engine stands still meanwhile: what it does when idle is no burden on this one's core."""
    os.kill(other.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(other.pid, signal.SIGCONT)


@contextmanager
def _cores(sides: tuple[Side, Side]) -> Generator[None]:
    """The engines on one core, what sends and receives on another, where there are two: neither side moves about."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        for side in sides:
            for thread in os.listdir(f"/proc/{side.pid}/task"):
                os.sched_setaffinity(int(thread), {cores[0]})
        os.sched_setaffinity(0, {cores[1]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


async def measure() -> list[Row]:
    async with AsyncExitStack() as stack:
        sides = Side("ours", *await ours.start(stack)), Side("Janus", *await janus.start(stack))
        with _cores(sides):
            for side in sides:
                await asyncio.to_thread(side.load.run, WARM_UP)
            for _ in range(WINDOWS):
                for side, other in (sides, sides[::-1]):
                    with _still(other):
                        await side.window()
    mine, other = sides
    cpu, p99 = statistics.median(mine.cpu), statistics.median(mine.p99)
    return [
        Row("relay, CPU per forwarded packet", cpu, "µs", CPU_LIMIT, statistics.median(other.cpu), mine.said),
        Row("relay, forwarding latency p99", p99, "ms", LATENCY_LIMIT, statistics.median(other.p99), other.said),
    ]
