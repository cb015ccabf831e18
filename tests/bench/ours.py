"""The load on our own server: the complete process as anybody starts it, seats taken over Socket.IO, sound heard from two."""

import asyncio
import json
from contextlib import AsyncExitStack

from tests.bench import sdp
from tests.bench.load import CIRCLES, SEATS, Load, shake
from tests.bench.process import serving
from tests.bench.seats import Seat
from tests.bench.wire import WITHIN, Wire, seat_circle


async def start(stack: AsyncExitStack) -> tuple[int, Load]:
    """(process id, load). Everybody may be heard (floor `open`); two send."""
    base, pid = stack.enter_context(serving())
    circles = [await _circle(stack, base, at) for at in range(CIRCLES)]
    load = Load(circles)
    stack.callback(load.close)
    return pid, load


async def _circle(stack: AsyncExitStack, base: str, at: int) -> list[Seat]:
    wires = await seat_circle(stack, base, SEATS, at)
    await wires[0].command("set_floor", floor="open")
    seats = [Seat("127.0.0.1") for _ in wires]
    for wire, seat in zip(wires, seats, strict=True):
        ssrcs = {kind: stream.ssrc for kind, stream in seat.streams.items()}
        published = await wire.call("media", {"type": "publish", "sdp": sdp.offer(seat.publisher.own(), ssrcs)})
        seat.publisher.begin(sdp.read(published["sdp"]), offered=True)
    shake([seat.publisher for seat in seats])
    for wire, seat in zip(wires, seats, strict=True):
        await _subscribe(wire, seat)
    shake([seat.listener for seat in seats])
    return seats


async def _subscribe(wire: Wire, seat: Seat) -> None:
    offered: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def take(text: str) -> None:
        if text.startswith('42["media",') and not offered.done():
            offered.set_result(text)

    wire.on_text = take
    await wire.call("media", {"type": "subscribe"})
    async with asyncio.timeout(WITHIN):
        message = json.loads((await offered)[2:])[1]
    remote = sdp.read(message["sdp"])
    seat.heard = remote.ssrcs
    seat.listener.begin(remote, offered=False)
    answer = sdp.answer(seat.listener.own(), message["sdp"])
    await wire.call("media", {"type": "answer", "offer": message["offer"], "sdp": answer})
