"""A socket that says whatever it likes: Engine.IO by hand, over a real WebSocket."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp

WITHIN = 10.0


class NoSocket(Exception):
    """The server did not open a WebSocket; `args[0]` is the HTTP status."""


class Raw:
    """Within `async with`: open, but nothing said yet. Pings are answered; everything else that comes is kept."""

    def __init__(
        self, base: str, origin: str | None = "", path: str = "/socket.io/", transport: str = "websocket"
    ) -> None:
        self._url = f"{base}{path}?EIO=4&transport={transport}"
        self._headers = {} if origin is None else {"Origin": origin or base}
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reading: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self.texts: list[str] = []
        self.closed = False

    async def __aenter__(self) -> "Raw":
        self._session = aiohttp.ClientSession()
        try:
            self._socket = await self._session.ws_connect(self._url, headers=self._headers, max_msg_size=0)
        except aiohttp.WSServerHandshakeError as error:
            await self._session.close()
            raise NoSocket(error.status) from None
        self._reading = asyncio.create_task(self._read())
        await self.until("0{")
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._reading is not None
        assert self._socket is not None
        assert self._session is not None
        self._reading.cancel()
        await asyncio.wait((self._reading,))
        await self._socket.close()
        await self._session.close()

    async def say(self, data: str | bytes) -> None:
        """One frame. A socket that is closed already swallows it."""
        assert self._socket is not None
        try:
            await (self._socket.send_str(data) if isinstance(data, str) else self._socket.send_bytes(data))
        except (aiohttp.ClientError, ConnectionError):
            self.closed = True

    async def join(self, auth: Any) -> str:
        """CONNECT; returns what the server says to it: `40...` or `44...`."""
        await self.say("40" + (auth if isinstance(auth, str) else json.dumps(auth)))
        return await self.until("40", "44")

    async def ask(self, event: Any, *arguments: Any, number: int = 1) -> Any:
        """Emit with ack; returns the ack's list."""
        await self.say(f"42{number}" + json.dumps([event, *arguments]))
        return json.loads((await self.until(f"43{number}["))[len(f"43{number}") :])

    async def until(self, *beginnings: str) -> str:
        """Wait for a text that begins so, and take it."""
        async with asyncio.timeout(WITHIN):
            while True:
                for text in self.texts:
                    if text.startswith(beginnings):
                        self.texts.remove(text)
                        return text
                assert not self.closed, f"closed before {beginnings} came"
                self._changed.clear()
                await self._changed.wait()

    async def until_some(self, holds: Callable[[str], bool]) -> None:
        """Wait for a text of which this holds, and leave it."""
        async with asyncio.timeout(WITHIN):
            while not any(holds(text) for text in self.texts):
                assert not self.closed
                self._changed.clear()
                await self._changed.wait()

    async def until_closed(self) -> None:
        async with asyncio.timeout(WITHIN):
            while not self.closed:
                self._changed.clear()
                await self._changed.wait()

    async def _read(self) -> None:
        assert self._socket is not None
        async for message in self._socket:
            if message.data == "2":
                await self._socket.send_str("3")
            elif isinstance(message.data, str):
                self.texts.append(message.data)
            self._changed.set()
        self.closed = True
        self._changed.set()
