"""The edge between the real server and its sockets, where a test may lie: what leaves for a socket passes here, and what comes is noted."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from tests.serving import Serving

Asgi = Callable[[Any, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]
_FRAME = re.compile(r"(42|43)(\d*)(\[.*)", re.DOTALL)


class Told(NamedTuple):
    """What the server says to somebody: an event, or as `ack` the answer to one."""

    to: str | None
    """the seat; None: they have none yet, or come back by their token"""
    event: str
    """`keys`, `view` and so on; of an answer the type that was asked: `fetch`, `knock`"""
    data: Any
    ack: str = ""

    @property
    def name(self) -> str:
        """commit, switch, beat, offer: the type where there is one."""
        typed = self.data.get("type") if isinstance(self.data, dict) and not self.ack else None
        return str(typed or self.event)

    @property
    def text(self) -> str:
        body = [self.data] if self.ack else [self.event, self.data]
        return (f"43{self.ack}" if self.ack else "42") + json.dumps(body)


Lie = Callable[[Told], list[Told]]
"""what is said instead, in order"""


class _Line:
    """One socket: whose it is, and what was asked there and not yet answered."""

    def __init__(self, edge: "Edge", send: Callable[[Any], Awaitable[None]]) -> None:
        self._edge, self._send = edge, send
        self.seat: str | None = None
        self._asked: dict[str, str] = {}

    async def send(self, message: Any) -> None:
        told = self._told(message.get("text") or "")
        if told is None:
            await self._send(message)
            return
        for one in self._edge.says(told):
            await self.say(one)

    async def say(self, told: Told) -> None:
        await self._send({"type": "websocket.send", "text": told.text})

    def _told(self, text: str) -> Told | None:
        found = _FRAME.fullmatch(text)
        if found is None:
            return None
        kind, number, body = found.groups()
        if kind == "42":
            return Told(self.seat, *json.loads(body))
        (data,) = json.loads(body)
        asked = self._asked.pop(number, "")
        if "token" in data:
            self.seat = self._edge.sits(self, data)
        return Told(self.seat, asked, data, number)

    def hears(self, text: str) -> None:
        found = _FRAME.fullmatch(text)
        if found is not None and found[1] == "42":
            _, number, body = found.groups()
            event, data = json.loads(body)
            self._asked[number] = str(data.get("type"))
            self._edge.heard.append(Told(self.seat, event, data))
        elif text.startswith("40{"):
            self.seat = self._edge.comes_back(self, json.loads(text[2:]))


class Edge:
    """Around an ASGI app. `lie` decides what becomes of each message; `told` is the truth, `heard` what people said."""

    def __init__(self, app: Asgi) -> None:
        self._app = app
        self.lie: Lie = lambda told: [told]
        self.told: list[Told] = []
        self.heard: list[Told] = []
        self._lines: dict[str, _Line] = {}
        self._seats: dict[str, str] = {}
        """by token"""
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._loop = asyncio.get_running_loop()
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        line = _Line(self, send)

        async def heard() -> Any:
            message = await receive()
            line.hears(message.get("text") or "")
            return message

        await self._app(scope, heard, line.send)

    def says(self, told: Told) -> list[Told]:
        said = self.lie(told)
        self.told.append(told)
        return said

    def say(self, told: Told) -> None:
        """Of the liar's own accord, to a seat. From any thread."""
        assert self._loop is not None
        line = self._lines[told.to or ""]
        asyncio.run_coroutine_threadsafe(line.say(told), self._loop).result(10)

    def sits(self, line: _Line, answer: dict[str, str]) -> str:
        """Somebody has got a seat."""
        self._seats[answer["token"]] = answer["seat"]
        self._lines[answer["seat"]] = line
        return answer["seat"]

    def comes_back(self, line: _Line, auth: dict[str, Any]) -> str | None:
        seat = self._seats.get(auth.get("token", ""))
        if seat is not None:
            self._lines[seat] = line
        return seat


class Lying(Serving):
    """The complete server, with such an edge around it."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.edge = Edge(self.app)
        self._server.config.app = self.edge

    def __enter__(self) -> "Lying":
        super().__enter__()
        return self
