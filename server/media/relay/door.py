"""The one port, on UDP and TCP: whose datagram is it? Strangers get no answer; nothing is sent to an address that proved nothing."""

import asyncio
import secrets
import socket
from collections.abc import Callable

from server.media.relay import ice
from server.media.relay.ice import Address
from server.media.relay.places import Places
from server.media.relay.stream import FRAME, Stream
from server.media.relay.transport import Send, Transport

BATCH = 64
BUFFER = 4 << 20
TRIES = 20


class Door:
    """Datagrams in, to the transport they belong to."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.by_ufrag: dict[str, Transport] = {}
        self.by_address: dict[Address, Transport] = {}
        self._socket: socket.socket | None = None
        self._server: asyncio.Server | None = None
        self._streams: dict[Address, Stream] = {}
        self._places = Places(secrets.token_bytes(32))
        self.port = 0

    async def open(self, host: str, port: int) -> None:
        """Port 0 takes one that is free on both. Raises OSError where the port is taken."""
        for attempt in range(TRIES):
            try:
                await self._open(host, port)
                break
            except OSError:
                if port or attempt == TRIES - 1:
                    raise

    async def _open(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        udp = socket.socket(family, socket.SOCK_DGRAM)
        loop = asyncio.get_running_loop()
        try:
            udp.setblocking(False)
            for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
                udp.setsockopt(socket.SOL_SOCKET, option, BUFFER)
            udp.bind((host, port))
            self.port = int(udp.getsockname()[1])
            self._server = await loop.create_server(lambda: Stream(self), host, self.port)
        except OSError:
            udp.close()
            raise
        self._socket = udp
        loop.add_reader(udp.fileno(), self._readable)

    def close(self) -> None:
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket.fileno())
            self._socket.close()
        if self._server is not None:
            self._server.close()
        for stream in list(self._streams.values()):
            stream.abort()

    def add(self, transport: Transport) -> None:
        self.by_ufrag[transport.ufrag] = transport

    def remove(self, transport: Transport) -> None:
        self.by_ufrag.pop(transport.ufrag, None)
        for address in transport.paths:
            self._forget(address, transport)

    def _forget(self, address: Address, transport: Transport) -> None:
        """That connection is no longer at that address; another one may be."""
        if self.by_address.get(address) is transport:
            del self.by_address[address]
            if address in self._streams:
                self._streams[address].abort()

    def _readable(self) -> None:
        assert self._socket is not None  # noqa: S101
        receive, by_address = self._socket.recvfrom, self.by_address
        for _ in range(BATCH):
            try:
                data, address = receive(FRAME)
            except OSError:
                return
            first = data[0] if data else 255
            if 128 <= first <= 191 and len(data) >= 12:
                transport = by_address.get(address)
                if transport is not None:
                    transport.on_media(data)
            else:
                self.take(data, address, self._udp_send(address))

    def _udp_send(self, address: Address) -> Send:
        assert self._socket is not None  # noqa: S101
        sendto = self._socket.sendto

        def send(data: bytes | memoryview) -> None:
            try:
                sendto(data, address)
            except OSError:
                return  # a full buffer or a dead address: dropped, as networks do

        return send

    def take(self, data: bytes, address: Address, send: Send) -> bool:
        """One datagram. True if it was an authenticated check."""
        if ice.is_stun(data):
            return self._check(data, address, send)
        transport = self.by_address.get(address)
        if transport is None:
            return False
        if ice.is_dtls(data):
            transport.on_dtls(data, address)
        elif ice.is_media(data):
            transport.on_media(data)
        return False

    def _check(self, data: bytes, address: Address, send: Send) -> bool:
        now = self._now()
        found = ice.check(data, address, self.by_ufrag, now)
        if found is None:
            return False
        transport, nominated, answer = found
        known = transport.paths.get(address)
        forgotten = transport.checked(address, known or send, nominated, now)
        if forgotten is not None:
            self._forget(forgotten, transport)
        self.by_address[address] = transport
        (known or send)(answer)
        return True

    def admit(self, stream: Stream, address: Address) -> bool:
        """Whether one more TCP connection may come from there; `let_go` when it ends."""
        may, gone = self._places.take(address)
        if gone is not None:
            self._streams[gone].abort()
        if may:
            self._streams[address] = stream
        return may

    def proved(self, address: Address) -> None:
        """A genuine check has come on the stream from there."""
        self._places.proved(address)

    def let_go(self, address: Address) -> None:
        self._streams.pop(address, None)
        self._places.leave(address)
        transport = self.by_address.pop(address, None)
        if transport is not None:
            transport.paths.pop(address, None)
