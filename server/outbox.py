"""What waits to go out to each socket: of views the newest only, and of everything no more than a slow line may owe us."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

from engineio import packet

from server.packets import Json

MOST_PACKETS = 64
MOST_BYTES = 262_144


class Written(packet.Packet):  # type: ignore[misc]
    """Written already: a view once for all who see the same. Until it is sent, a newer view may take its place."""

    def encode(self, b64: bool = False) -> Any:
        return self.data


class Waiting(asyncio.Queue[Any]):
    """What one socket has not been sent yet. The library's own has no limit, and a client need not read to stay connected."""

    def __init__(self, overflow: Callable[["Waiting"], None]) -> None:
        super().__init__()
        self._overflow, self._full = overflow, False
        self._bytes = 0
        self._view: Written | None = None

    async def put(self, item: Any) -> None:
        """The end of the writing, None, always finds room."""
        if item is None or self._fits(_size(item)):
            await super().put(item)

    def show(self, text: str) -> None:
        """Views are whole: the newest one replaces what still waits."""
        if self._view is not None:
            self._bytes += len(text) - _size(self._view)
            self._view.data = text
        elif self._fits(len(text)):
            self._view = Written(packet.MESSAGE, text)
            self.put_nowait(self._view)

    def say(self, text: str) -> None:
        """In its order: what is shown from now on comes after it, and does not take the place of a view that waits before it."""
        if self._fits(len(text)):
            self._view = None
            self.put_nowait(Written(packet.MESSAGE, text))

    def _fits(self, size: int) -> bool:
        if self.qsize() < MOST_PACKETS and self._bytes + size <= MOST_BYTES:
            return True
        if not self._full:
            self._full = True
            self._overflow(self)
        return False

    def _put(self, item: Any) -> None:
        super()._put(item)
        self._bytes += _size(item)

    def _get(self) -> Any:
        item = super()._get()
        self._bytes -= _size(item)
        if item is self._view:
            self._view = None
        return item


def _size(item: Any) -> int:
    return len(item.data) if item is not None and isinstance(item.data, str) else 0


class Outbox:
    """Gives every socket of the library such a queue, and ends those whose queue is full."""

    def __init__(self, server: Any) -> None:
        self._manager, self._eio = server.manager, server.eio
        self._eio.create_queue = lambda *_: Waiting(self._give_up)
        self._tasks: set[asyncio.Task[None]] = set()

    def show(self, sids: Iterable[str], view: object) -> None:
        """Their view from now on. Waits for nobody, whatever has become of their lines."""
        text = f"42{Json.dumps(['view', view])}"
        for socket in filter(None, map(self._socket, sids)):
            socket.queue.show(text)
            if socket.last_ping and time.time() - socket.last_ping > self._eio.ping_timeout:
                self._later(socket.check_ping_timeout())

    def say(self, sid: str, event: str, message: object) -> None:
        """An event that no later view overtakes. Waits for nobody."""
        socket = self._socket(sid)
        if socket is not None:
            socket.queue.say(f"42{Json.dumps([event, message])}")

    def _socket(self, sid: str) -> Any:
        socket = self._eio.sockets.get(self._manager.eio_sid_from_sid(sid, "/"))
        return None if socket is None or socket.closing or socket.closed else socket

    def _give_up(self, queue: Waiting) -> None:
        socket = next((one for one in self._eio.sockets.values() if one.queue is queue), None)
        if socket is not None:
            # Neither a farewell nor a wait until all is sent: nobody reads.
            self._later(socket.close(wait=False, abort=True, reason=self._eio.reason.SERVER_DISCONNECT))

    def _later(self, work: Coroutine[Any, Any, Any]) -> None:
        async def quietly() -> None:
            with suppress(Exception):  # closed meanwhile
                await work

        task = asyncio.get_running_loop().create_task(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
