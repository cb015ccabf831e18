"""What Socket.IO may bring in: short, shallow text. The library's own faults are closed here, before any of our events runs."""

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import msgspec
from socketio import packet

from rooms.wire import MOST_BYTES, MOST_BYTES_OF_KEYS
from server.limits import Bucket

MOST_BYTES_OF_MEDIA = 24_576
"""A reduced answer for 20 seats has 11.5 kB, for 30 17.5: what `media` may have."""
MOST = {"media": MOST_BYTES_OF_MEDIA, "keys": MOST_BYTES_OF_KEYS}
"""Every other event has MOST_BYTES."""
EVENTS = ("connect", "disconnect", "command", "keys", "media", "whisper")
"""The two first ones come from the library. A client that emits them is met in `sockets.py`."""
PACKETS = (30.0, 60.0)
CONNECT_WITHIN = 5.0
GOODBYE = 0.25
DEEPEST = 12


def nesting(text: str) -> int:
    """How deep the brackets of a JSON text go, those inside strings not counted."""
    deepest = depth = 0
    in_string = escaped = False
    for letter in text:
        if in_string:
            in_string = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            in_string = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


class TextOnlyPacket(packet.Packet):  # type: ignore[misc]
    """Refuses binary and attachments: their header makes the library wait for, and keep, whatever is announced.

    The library reads digits of every script, hence the list of kinds. There is one namespace, which nobody needs to name.
    We never ask for an ack, so none is read.
    """

    def decode(self, encoded_packet: Any) -> Any:
        text = encoded_packet
        if (
            not isinstance(text, str)
            or text[:1] not in ("0", "1", "2", "4")
            or text[1:2] == "/"
            or len(text) > max(MOST.values())
            or nesting(text) > DEEPEST
        ):
            raise ValueError("refused")
        attachments = super().decode(text)
        data: Any = self.data
        if self.packet_type == packet.EVENT and (not isinstance(data, list) or not data or data[0] not in EVENTS):
            raise ValueError("refused")
        if len(text) > (MOST.get(data[0], MOST_BYTES) if self.packet_type == packet.EVENT else MOST_BYTES):
            raise ValueError("refused")
        return attachments


class Json:
    """msgspec under the names that the library asks for: it writes our views' structs as they are."""

    JSONDecodeError = json.JSONDecodeError

    @staticmethod
    def dumps(value: object, **_options: object) -> str:
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_options: object) -> Any:
        try:
            return msgspec.json.decode(text)
        except msgspec.MsgspecError:
            raise ValueError("refused") from None


def quiet_loggers() -> None:
    """To be called before the Socket.IO server is made, or it adds a handler of its own that prints addresses and words."""
    for name in ("engineio.server", "socketio.server", "engineio.client", "aioice", "aiortc", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class Guard:
    """Stands before the library's own handlers: a wrong packet closes its socket without a trace, and no socket stays unbound."""

    def __init__(self, server: Any, now: Callable[[], float]) -> None:
        self._server, self._eio, self._now = server, server.eio, now
        self._buckets: dict[str, Bucket] = {}
        self._inner = {name: self._eio.handlers[name] for name in ("message", "connect", "disconnect")}
        self._tasks: set[asyncio.Task[None]] = set()
        for name, handler in (("message", self._message), ("connect", self._connect), ("disconnect", self._disconnect)):
            self._eio.on(name, handler)

    async def _message(self, eio_sid: str, data: Any) -> None:
        bucket = self._buckets.get(eio_sid)
        if bucket is None:
            return  # ended already, and talking on
        try:
            # Before anything is read: what is refused costs reading too.
            if not bucket.take(self._now()):
                raise ValueError("refused")
            await self._inner["message"](eio_sid, data)
        except Exception:
            await self._eio.disconnect(eio_sid)
        else:
            await self._end_unless_bound(eio_sid)

    async def _connect(self, eio_sid: str, environ: dict[str, Any]) -> Any:
        self._buckets[eio_sid] = Bucket(*PACKETS)
        self._later(self._expect(eio_sid))
        return await self._inner["connect"](eio_sid, environ)

    async def _disconnect(self, eio_sid: str, reason: str) -> None:
        self._buckets.pop(eio_sid, None)
        environ = self._server.environ.get(eio_sid, {})
        await self._inner["disconnect"](eio_sid, reason)
        if reason != self._eio.reason.TRANSPORT_CLOSE:
            self._later(self._hang_up(environ))

    async def _expect(self, eio_sid: str) -> None:
        await asyncio.sleep(CONNECT_WITHIN)
        await self._end_unless_bound(eio_sid)

    async def _end_unless_bound(self, eio_sid: str) -> None:
        if self._server.manager.sid_from_eio_sid(eio_sid, "/") is None:
            await self._eio.disconnect(eio_sid)

    async def _hang_up(self, environ: dict[str, Any]) -> None:
        """The library only asks a client to close. One that does not would stay for as long as it talks."""
        await asyncio.sleep(GOODBYE)  # so that what was said before still goes out
        with suppress(Exception):  # closed meanwhile, as it should be
            await environ["asgi.send"]({"type": "websocket.close"})

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
