"""A stick pass: from its command to the last of 12 views, beside a bare broadcast of the same bytes. Over sockets, turn and turn about."""

import asyncio
import json
import statistics
import sys
import time
from contextlib import AsyncExitStack
from typing import Any

import aiohttp

from tests.bench.process import running, serving, until_answers
from tests.bench.rows import Row
from tests.bench.wire import Wire, connect, seat_circle
from tests.serving import free_port

SEATS = 12
WARM_UP = 20
PASSES = 240
LIMIT = 1.5
WITHIN = 5.0
# What one seat may send is limited to 20 commands a second; each one passes and accepts once in 12 rounds.
PAUSE = 0.01


class Gathering:
    """All lines of one side, and the moment when the last of them has been told."""

    def __init__(self, wires: list[Wire]) -> None:
        self.wires = wires
        self.newest = ""
        self._missing: set[int] = set()
        self._last = 0.0
        self._all = asyncio.Event()
        for at, wire in enumerate(wires):
            wire.on_text = lambda text, at=at: self._told(at, text)

    def _told(self, at: int, text: str) -> None:
        if not text.startswith('42["view",'):
            return
        self._missing.discard(at)
        if not self._missing and not self._all.is_set():
            self._last = time.perf_counter()
            self.newest = text
            self._all.set()

    @property
    def view(self) -> dict[str, Any]:
        return dict(json.loads(self.newest[2:])[1])

    async def command(self, wire: Wire, **fields: object) -> float:
        """Milliseconds from the command until everybody has been told; waits for its ack too."""
        self._missing = set(range(len(self.wires)))
        self._all.clear()
        began = time.perf_counter()
        ack = asyncio.ensure_future(wire.call("command", fields))
        async with asyncio.timeout(WITHIN):
            await self._all.wait()
        await ack
        return (self._last - began) * 1000


class Circle(Gathering):
    """Our side: the stick goes round by real commands."""

    def __init__(self, wires: list[Wire]) -> None:
        super().__init__(wires)
        self._at = 0

    async def begin(self) -> None:
        """The first seat, which leads, is offered the stick and takes it."""
        lead = self.wires[0]
        await lead.command("set_floor", floor="round")
        await self.command(lead, type="offer", to=lead.seat, turn=0)
        await self.accept()

    async def accept(self) -> None:
        await self.command(self.wires[self._at], type="accept", turn=self.view["turn"])

    async def pass_on(self) -> float:
        holder, turn = self.wires[self._at], self.view["turn"]
        self._at = (self._at + 1) % len(self.wires)
        receiver = self.wires[self._at].seat
        took = await self.command(holder, type="pass", to=receiver, turn=turn)
        if (self.view["turn"], self.view["stick"]["seat"]) != (turn + 1, receiver):
            raise RuntimeError("the stick has not moved")
        return took


async def _bare(stack: AsyncExitStack, view: dict[str, Any]) -> Gathering:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    stack.enter_context(running([sys.executable, "-m", "tests.bench.bare", str(port)]))
    until_answers(f"{base}/readyz")
    session = await stack.enter_async_context(aiohttp.ClientSession())
    wires = [await connect(session, base, {}) for _ in range(SEATS)]
    for wire in wires:
        stack.push_async_callback(wire.close)
    await wires[0].call("keep", view)
    return Gathering(wires)


async def measure() -> list[Row]:
    ours: list[float] = []
    theirs: list[float] = []
    async with AsyncExitStack() as stack:
        base, _ = stack.enter_context(serving())
        circle = Circle(await seat_circle(stack, base, SEATS))
        await circle.begin()
        bare = await _bare(stack, circle.view)
        for turn in range(WARM_UP + PASSES):
            took = await circle.pass_on()
            told = await bare.command(bare.wires[turn % SEATS], type="pass", to="A" * 11, turn=turn)
            if turn >= WARM_UP:
                ours.append(took)
                theirs.append(told)
            await circle.accept()
            await asyncio.sleep(PAUSE)
        note = f"median of {PASSES}, {len(circle.newest)} bytes a view, the same bytes on both sides"
    return [
        Row("stick pass to the last of 12 views", statistics.median(ours), "ms", LIMIT, statistics.median(theirs), note)
    ]
