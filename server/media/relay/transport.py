"""One connection of a seat: its ICE credentials, its DTLS, the address it has proved. Sends nothing to any other address."""

import asyncio
from collections.abc import Callable, Container
from typing import Protocol

from pylibsrtp import Error as SrtpError
from pylibsrtp import Session

from server.media.engine import Side
from server.media.relay.dtls import Dtls, Identity
from server.media.relay.ice import Address, is_rtcp
from server.media.relay.sealer import Sealer

ADDRESSES = 8
"""how many addresses of one connection are known at a time"""
CHECKS_PER_SECOND = 100
REPORTERS = 256
"""by how many names one connection may report: for each one the library keeps a state"""

Send = Callable[[bytes | memoryview], None]
"""what it is given may be written over afterwards"""


class Upper(Protocol):
    """Who lives on a connection: a seat's publication or its subscription."""

    @property
    def ssrcs(self) -> Container[int]:
        """Whose packets it wants. Others are not even unlocked: for each ssrc the library keeps a state."""
        ...

    def on_up(self) -> None: ...
    def on_rtp(self, data: bytes) -> None: ...
    def on_rtcp(self, data: bytes) -> None: ...
    def on_down(self) -> None: ...


class Transport:
    """ICE, DTLS and SRTP of one connection. Made with the description that names the peer's fingerprint."""

    def __init__(self, side: Side, ufrag: str, pwd: str, identity: Identity, now: float) -> None:
        self.side: Side = side
        self.ufrag, self.pwd = ufrag, pwd
        self._identity = identity
        self.address: Address | None = None
        self.send: Send = _nowhere
        self.paths: dict[Address, Send] = {}
        self.heard = now
        self.rx: Session | None = None
        self.tx: Sealer | None = None
        self.upper: Upper | None = None
        self.closed = False
        self._reporters: set[bytes] = set()
        self._checks = 0
        self._checks_since = now
        self._dtls: Dtls | None = None
        self._timer: asyncio.TimerHandle | None = None

    def expect(self, fingerprint: str) -> None:
        """The peer's description has come. DTLS before it is ignored; a second one cannot change who it is."""
        if self._dtls is None:
            self._dtls = Dtls(self._identity, fingerprint)

    def may_check(self, now: float) -> bool:
        """Whether one more check is worth its HMAC: each is told by its name alone so far."""
        if now - self._checks_since >= 1:
            self._checks, self._checks_since = 0, now
        self._checks += 1
        return self._checks <= CHECKS_PER_SECOND

    def checked(self, address: Address, send: Send, nominated: bool, now: float) -> Address | None:
        """An authenticated check has come from there. Returns an address to forget, if there are too many."""
        self.heard = now
        self.paths[address] = send
        if nominated or self.address is None:
            self.address, self.send = address, send
        if len(self.paths) > ADDRESSES:
            oldest = next(known for known in self.paths if known != self.address)
            del self.paths[oldest]
            return oldest
        return None

    def on_dtls(self, data: bytes, address: Address) -> None:
        if self._dtls is None or address != self.address or self.closed:
            return
        had_keys = self._dtls.keys is not None
        self._emit(self._dtls.take(data))
        if self._dtls.failed:
            self.close()
        elif self._dtls.keys is not None and not had_keys:
            self.rx, self.tx = self._dtls.keys
            if self.upper is not None:
                self.upper.on_up()

    def on_media(self, data: bytes) -> None:
        """SRTP or SRTCP from a known address. What does not authenticate is dropped."""
        rx, upper = self.rx, self.upper
        if rx is None or upper is None:
            return
        try:
            if is_rtcp(data):
                reporter = data[4:8]
                if reporter in self._reporters or len(self._reporters) < REPORTERS:
                    report = rx.unprotect_rtcp(data)
                    self._reporters.add(reporter)
                    upper.on_rtcp(report)
            elif int.from_bytes(data[8:12], "big") in upper.ssrcs:
                upper.on_rtp(rx.unprotect(data))
        except (SrtpError, ValueError):
            return  # not genuine, come twice, or longer than the library bears

    def send_rtp(self, packet: bytes) -> None:
        """The hot line of the house: once for every packet and listener."""
        if self.tx is not None:
            sealed = self.tx.seal(packet)
            if sealed is not None:
                self.send(sealed)

    def send_rtcp(self, data: bytes) -> None:
        sealed = self.tx.seal_rtcp(data) if self.tx is not None else None
        if sealed is not None:
            self.send(sealed)

    def close(self) -> None:
        """Ends it, once. Whoever lives on it is told."""
        if self.closed:
            return
        self.closed = True
        if self._timer is not None:
            self._timer.cancel()
        self.rx = self.tx = None
        self.send = _nowhere
        if self.upper is not None:
            self.upper.on_down()

    def _emit(self, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            self.send(datagram)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        wait = self._dtls.timeout() if self._dtls else None
        if wait is not None and not self.closed:
            self._timer = asyncio.get_running_loop().call_later(wait, self._late)

    def _late(self) -> None:
        if self._dtls is not None and not self.closed:
            self._emit(self._dtls.late())
            if self._dtls.failed:
                self.close()


def _nowhere(_data: bytes | memoryview) -> None:
    """No address has been proved yet."""
