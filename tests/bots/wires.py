"""What a peer's datagrams travel on: a UDP socket, or a TCP stream with two bytes of length before each (RFC 4571)."""

import asyncio
from collections.abc import Callable
from typing import Protocol

Address = tuple[str, int]
Taken = Callable[[bytes], None]
"""one datagram; b"" when there will be no more"""


class Wire(Protocol):
    closed: bool

    @property
    def address(self) -> Address: ...
    def send(self, data: bytes) -> None: ...
    def pause(self) -> None: ...
    def close(self) -> None: ...


async def connect(to: Address, take: Taken, *, tcp: bool) -> Wire:
    loop = asyncio.get_running_loop()
    if tcp:
        _, stream = await loop.create_connection(lambda: _Stream(take), *to)
        return stream
    _, datagrams = await loop.create_datagram_endpoint(lambda: _Datagrams(take), remote_addr=to)
    return datagrams


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, take: Taken) -> None:
        self._take = take
        self.closed = False
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def address(self) -> Address:
        assert self._transport is not None
        return self._transport.get_extra_info("sockname")[:2]

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: object) -> None:
        self._take(data)

    def send(self, data: bytes) -> None:
        if self._transport is not None and not self.closed:
            self._transport.sendto(data)

    def pause(self) -> None:
        raise NotImplementedError("datagrams wait for nobody")

    def close(self) -> None:
        self.closed = True
        if self._transport is not None:
            self._transport.close()


class _Stream(asyncio.Protocol):
    def __init__(self, take: Taken) -> None:
        self._take = take
        self.closed = False
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    @property
    def address(self) -> Address:
        assert self._transport is not None
        return self._transport.get_extra_info("sockname")[:2]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= 2:
            end = 2 + int.from_bytes(self._buffer[:2], "big")
            if len(self._buffer) < end:
                return
            packet, self._buffer = self._buffer[2:end], self._buffer[end:]
            self._take(packet)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._take(b"")

    def send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(len(data).to_bytes(2, "big") + data)

    def pause(self) -> None:
        assert self._transport is not None
        self._transport.pause_reading()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
