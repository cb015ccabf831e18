"""A seat's line to the server: python-socketio's client behind verbs of the wire. Knows nothing of media."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import socketio
from socketio.exceptions import ConnectionError as NotConnected

from tests.bots.links import Secret

View = dict[str, Any]
WITHIN = 10.0


class Refused(Exception):
    """The server said no; `str()` is the code."""


class Line:
    """One connection to a circle. `view` is the newest one; `ended` the reason once it is over."""

    def __init__(self, base: str, secret: Secret) -> None:
        self.base, self.secret = base, secret
        self.headers = {"Origin": base}
        """of every request"""
        self.view: View = {}
        self.seat: str | None = None
        self.token: str | None = None
        self.ended: str | None = None
        self.received: list[tuple[str, Any]] = []
        self.whispers: list[dict[str, Any]] = []
        self.on_media: Callable[[dict[str, Any]], Awaitable[None]] | None = None
        self.on_view: Callable[[View], Awaitable[None]] | None = None
        self.on_keys: Callable[[dict[str, Any]], Awaitable[None]] | None = None
        self.on_whisper: Callable[[dict[str, Any]], Awaitable[None]] | None = None
        self._changed = asyncio.Event()
        self._client: Any = None
        self._no: str | None = None
        self.gone = True

    async def connect(self, auth: dict[str, Any] | None = None) -> None:
        """Connect at the door, as facilitator where the secret allows, or by a token. Raises Refused."""
        self._client, self._no = socketio.AsyncClient(reconnection=False, handle_sigint=False), None
        handlers = {
            "view": self._on_view,
            "media": self._on_media,
            "ended": self._on_ended,
            "whisper": self._on_whisper,
            "keys": self._on_keys,
        }
        for event, handler in {**handlers, "connect_error": self._on_no, "disconnect": self._on_gone}.items():
            self._client.on(event, handler)
        self.gone = False
        try:
            await self._client.connect(
                self.base,
                auth=auth or await self.proof(),
                transports=["websocket"],
                headers=self.headers,
                wait_timeout=int(WITHIN),
            )
        except NotConnected:
            self.gone = True
            await self.close()
            # Nothing said: not a refusal by code, but no socket at all.
            raise Refused(self._no or "") from None

    async def proof(self) -> dict[str, Any]:
        """The CONNECT payload for what this line has: a token, the facilitators' key, or the members' link."""
        rid = self.secret.rid
        if self.token is not None:
            return {"v": 1, "rid": rid, "token": self.token}
        if self.secret.seed is None:
            return {"v": 1, "rid": rid, "join": self.secret.join}
        nonce = (await self.post("/api/challenge", {"rid": rid}))["nonce"]
        return {"v": 1, "rid": rid, "nonce": nonce, "signature": self.secret.sign(nonce)}

    async def open_circle(self) -> None:
        answer = await self.post("/api/circles", self.secret.opening())
        if "refused" in answer:
            raise Refused(answer["refused"])

    async def post(self, path: str, body: dict[str, object]) -> dict[str, Any]:
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.base + path, json=body, headers=self.headers) as answer,
        ):
            return dict(await answer.json())

    async def call(self, event: str, data: Any) -> dict[str, Any]:
        """Send, and return the ack. Raises Refused."""
        answer = await self._client.call(event, data, timeout=WITHIN)
        if "refused" in answer:
            raise Refused(answer["refused"])
        return dict(answer)

    async def command(self, type_: str, **fields: Any) -> dict[str, Any]:
        return await self.call("command", {"type": type_, **fields})

    async def whisper(self, type_: str, **fields: Any) -> dict[str, Any]:
        return await self.call("whisper", {"type": type_, **fields})

    async def take_seat(self, type_: str, **fields: Any) -> None:
        """Knock or enter; remembers seat and token."""
        answer = await self.command(type_, **fields)
        self.seat, self.token = answer["seat"], answer["token"]

    async def until(self, holds: Callable[[View], bool], within: float = WITHIN) -> View:
        """Wait for a view of which this holds."""
        async with asyncio.timeout(within):
            while not (self.view and holds(self.view)):
                self._changed.clear()
                await self._changed.wait()
        return self.view

    def touch(self) -> None:
        """Something has changed that a view does not show: who waits is to look again."""
        self._changed.set()

    async def until_whisper(self, holds: Callable[[dict[str, Any]], bool], within: float = WITHIN) -> dict[str, Any]:
        """Wait for a whisper of which this holds; one that has come already will do."""
        async with asyncio.timeout(within):
            while not (found := [one for one in self.whispers if holds(one)]):
                self._changed.clear()
                await self._changed.wait()
        return found[0]

    async def until_ended(self, within: float = WITHIN) -> str:
        async with asyncio.timeout(within):
            while self.ended is None:
                self._changed.clear()
                await self._changed.wait()
        return self.ended

    async def until_gone(self, within: float = WITHIN) -> None:
        """Wait until the server has closed this connection."""
        async with asyncio.timeout(within):
            while not self.gone:
                self._changed.clear()
                await self._changed.wait()

    async def emit(self, event: str, data: Any = None) -> None:
        """Send without waiting for an ack."""
        await self._client.emit(event, data)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.disconnect()
            # The library leaves its HTTP client open when a connection was refused.
            if self._client.eio.http is not None:
                await self._client.eio.http.close()

    async def _on_view(self, view: View) -> None:
        self.received.append(("view", view))
        if view["version"] >= self.view.get("version", 0):
            self.view = view
            self._changed.set()
            if self.on_view is not None:
                await self.on_view(view)

    async def _on_whisper(self, message: dict[str, Any]) -> None:
        self.received.append(("whisper", message))
        if message["type"] != "beat":  # no word of anybody's
            self.whispers.append(message)
        self._changed.set()
        if self.on_whisper is not None:
            await self.on_whisper(message)

    async def _on_keys(self, message: dict[str, Any]) -> None:
        self.received.append(("keys", message))
        if self.on_keys is not None:
            await self.on_keys(message)

    async def _on_media(self, message: dict[str, Any]) -> None:
        self.received.append(("media", message))
        if self.on_media is not None:
            await self.on_media(message)

    async def _on_ended(self, message: dict[str, Any]) -> None:
        self.ended = message["reason"]
        self._changed.set()

    async def _on_no(self, said: object) -> None:
        """The library's exception does not tell the code; this event does."""
        self._no = str(said.get("message", "")) if isinstance(said, dict) else str(said)

    async def _on_gone(self, _reason: object = None) -> None:
        self.gone = True
        self._changed.set()
