"""The same port over TCP: each packet behind two bytes of length (RFC 4571). Bounded in every way."""

import asyncio
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.media.relay.door import Door
    from server.media.relay.ice import Address

FRAME = 2048
FIRST_CHECK = 5.0
BACKLOG = 64 << 10


class Stream(asyncio.Protocol):
    """One connection; the door says whether it may stay."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self._buffer = bytearray()
        self._wire: asyncio.Transport | None = None
        self._admitted = False
        self._deadline: asyncio.TimerHandle | None = None
        self._address: Address = ("", 0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101
        self._wire = transport
        peer = transport.get_extra_info("peername") or ("", 0)
        # Marked, so that it is never taken for the UDP address of the same numbers.
        self._address = (f"tcp {peer[0]}", peer[1])
        self._admitted = self._door.admit(self, self._address)
        if not self._admitted:
            transport.abort()
            return
        self._deadline = asyncio.get_running_loop().call_later(FIRST_CHECK, self.abort)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= 2:
            length = int.from_bytes(self._buffer[:2], "big")
            if length > FRAME:
                self.abort()
                return
            if len(self._buffer) < 2 + length:
                return
            packet = bytes(self._buffer[2 : 2 + length])
            del self._buffer[: 2 + length]
            if packet and self._door.take(packet, self._address, self._send):
                self._proved()

    def connection_lost(self, exc: Exception | None) -> None:
        self._meet_deadline()
        if self._admitted:
            self._door.let_go(self._address)

    def _send(self, data: bytes | memoryview) -> None:
        wire = self._wire
        # A slow reader must not grow our memory.
        if wire is not None and not wire.is_closing() and wire.get_write_buffer_size() < BACKLOG:
            wire.write(pack("!H", len(data)) + data)

    def _proved(self) -> None:
        if self._deadline is not None:
            self._meet_deadline()
            self._door.proved(self._address)

    def _meet_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def abort(self) -> None:
        if self._wire is not None:
            self._wire.abort()
