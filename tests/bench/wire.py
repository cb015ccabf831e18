"""A seat's line to the server that costs the measuring process next to nothing: Socket.IO's frames on a bare WebSocket."""

import asyncio
import json
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import aiohttp

from rooms.opaque import NAME, ROOM_WORDS
from tests.bots.links import Secret, make
from tests.builders import a_commit, boxes, introduction, sealed
from tests.server.people import seal

Told = Callable[[str], None]
WITHIN = 20.0


class Refused(Exception):
    """The server said no; the text is the code."""


class Wire:
    """One Socket.IO connection. `on_text` gets every event's frame as it came, before anything is parsed."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self.on_text: Told = lambda _: None
        self.seat = ""
        self._reading = asyncio.get_running_loop().create_task(self._read())

    async def call(self, event: str, data: object) -> dict[str, Any]:
        """Send an event and wait for its ack. Raises Refused."""
        self._number += 1
        answer = self._asked[self._number] = asyncio.get_running_loop().create_future()
        await self._socket.send_str(f"42{self._number}{json.dumps([event, data])}")
        async with asyncio.timeout(WITHIN):
            found = dict(await answer)
        if "refused" in found:
            raise Refused(found["refused"])
        return found

    async def command(self, type_: str, **fields: object) -> dict[str, Any]:
        return await self.call("command", {"type": type_, **fields})

    async def close(self) -> None:
        await self._socket.close()
        await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            text = message.data
            if text == "2":
                await self._socket.send_str("3")
            elif text.startswith("42"):
                self.on_text(text)
            elif text.startswith("43"):
                number, _, rest = text[2:].partition("[")
                self._asked.pop(int(number)).set_result(json.loads("[" + rest)[0])


async def connect(session: aiohttp.ClientSession, base: str, auth: object, address: str = "127.0.0.1") -> Wire:
    """`address`: as which a trusted proxy would have forwarded this. Everybody comes from a network of their own, as people do."""
    socket = await session.ws_connect(
        f"{base}/socket.io/?EIO=4&transport=websocket", headers={"Origin": base, "X-Forwarded-For": address}
    )
    await socket.receive_str()
    await socket.send_str(f"40{json.dumps(auth)}")
    said = await socket.receive_str()
    if not said.startswith("40"):
        raise Refused(said)
    return Wire(socket)


async def post(session: aiohttp.ClientSession, url: str, body: object) -> dict[str, Any]:
    base = "/".join(url.split("/")[:3])
    async with session.post(url, json=body, headers={"Origin": base}) as answer:
        return dict(await answer.json())


async def seat_circle(stack: AsyncExitStack, base: str, count: int, circle: int = 0) -> list[Wire]:
    """A new circle with so many seats: a facilitator, and members who knocked and were let in. In seat order."""
    session = await stack.enter_async_context(aiohttp.ClientSession())
    secret = make()
    if "refused" in (answer := await post(session, f"{base}/api/circles", secret.opening())):
        raise Refused(answer["refused"])
    lead = await _facilitator(session, base, secret, f"10.{circle}.0.1")
    wires = [lead]
    for place in range(1, count):
        auth = {"v": 1, "rid": secret.rid, "join": secret.join}
        wire = await connect(session, base, auth, f"10.{circle}.{place}.1")
        knock = await wire.command(
            "knock", name=seal(f"Member {place}"), boxes=boxes(lead.seat), note=None, role="member"
        )
        wire.seat = knock["seat"]
        await lead.command("admit", seat=wire.seat, name=seal(f"Member {place}", NAME, ROOM_WORDS))
        wires.append(wire)
    # From here on nobody is introduced any more, as in a circle that has its keys.
    await lead.call("keys", {"type": "commit", **a_commit(1, *[wire.seat for wire in wires])})
    for wire in wires:
        stack.push_async_callback(wire.close)
    return wires


async def _facilitator(session: aiohttp.ClientSession, base: str, secret: Secret, address: str) -> Wire:
    nonce = (await post(session, f"{base}/api/challenge", {"rid": secret.rid}))["nonce"]
    auth = {"v": 1, "rid": secret.rid, "nonce": nonce, "signature": secret.sign(nonce)}
    lead = await connect(session, base, auth, address)
    lead.seat = (await lead.command("enter", keys=introduction("keys", 1)))["seat"]
    await lead.command("keep_door", key=sealed("door", 137))
    return lead
