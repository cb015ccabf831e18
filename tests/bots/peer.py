"""One WebRTC connection without codecs: real ICE, DTLS and SRTP over UDP or TCP. Sends the packets it is given, keeps those that come."""

import asyncio
import contextlib
import re
import secrets
from collections.abc import Callable
from struct import pack

from aioice import stun
from pylibsrtp import Error as SrtpError

from tests.bench.sdp import Own, Remote, answer, offer, read
from tests.bots.secure import IDENTITY, Handshake, Identity, Sessions
from tests.bots.wires import Wire, connect

WITHIN = 10.0
AGAIN = 0.05
"""seconds until a check or the opening of a handshake that got no answer is sent again"""


class Peer:
    """`connect` with the relay's description makes it stand. `ssrcs`: what it publishes, by kind; none: it only listens."""

    def __init__(
        self, ssrcs: dict[str, int] | None = None, *, tcp: bool = False, identity: Identity = IDENTITY
    ) -> None:
        self.ufrag, self.pwd = secrets.token_hex(4), secrets.token_hex(12)
        self.ssrcs = ssrcs or {}
        self.tcp = tcp
        self.identity = identity
        self.packets: list[bytes] = []
        """RTP that came and was genuine, each number once"""
        self.sealed: list[bytes] = []
        """all RTP that came, as it was on the wire"""
        self.reports: list[bytes] = []
        """RTCP that came and was genuine"""
        self.answers = 0
        """to our checks"""
        self.records = 0
        """datagrams of a handshake that came"""
        self.remote: Remote | None = None
        self.sessions: Sessions | None = None
        self._wire: Wire | None = None
        self._handshake: Handshake | None = None
        self._changed = asyncio.Event()

    @property
    def own(self) -> Own:
        return Own(self.ufrag, self.pwd, self.identity.fingerprint)

    def offer(self) -> str:
        """What a publisher says first."""
        return offer(self.own, self.ssrcs)

    def answer(self, offered: str) -> str:
        """What a listener says to the relay's offer."""
        return answer(self.own, offered)

    @property
    def address(self) -> tuple[str, int]:
        """Where the relay sees us."""
        assert self._wire is not None
        return self._wire.address

    async def reach(self, description: str) -> None:
        """Open a wire to where the description says, and no more."""
        self.remote = read(description)
        self._wire = await connect((self.remote.address, self.remote.port), self._take, tcp=self.tcp)

    async def connect(self, description: str, within: float = WITHIN) -> None:
        """Raises TimeoutError if no connection comes of it, AssertionError if the relay is not whom the description names."""
        async with asyncio.timeout(within):
            handshake = await self.begin(description)
            while not handshake.done:
                self._say(handshake.go())
                await self._change(AGAIN)

    async def begin(self, description: str) -> Handshake:
        """Prove our address, and say the first word of a handshake."""
        await self.reach(description)
        fingerprint = re.search(r"^a=fingerprint:sha-256 (\S+)", description, re.MULTILINE)
        assert fingerprint is not None
        while self.answers == 0:
            self.check()
            await self._change(AGAIN)
        self._handshake = Handshake(self.identity, fingerprint[1])
        self._say(self._handshake.go())
        return self._handshake

    async def move(self) -> None:
        """Go on from another address, as after a change of network: a fresh check from there."""
        assert self._wire is not None
        assert self.remote is not None
        self._wire.close()
        self._wire = await connect((self.remote.address, self.remote.port), self._take, tcp=self.tcp)
        before = self.answers
        self.check()
        await self.until(lambda: self.answers > before)

    def check(self, *, nominate: bool = True) -> None:
        """A connectivity check; it nominates its address or only proves it."""
        assert self.remote is not None
        request = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        request.attributes |= {"USERNAME": f"{self.remote.ufrag}:{self.ufrag}", "PRIORITY": 1845501695}
        request.attributes["ICE-CONTROLLING"] = secrets.randbits(63)
        if nominate:
            request.attributes["USE-CANDIDATE"] = None
        request.add_message_integrity(self.remote.pwd.encode())
        self.send(bytes(request))

    def seal(self, packet: bytes) -> bytes:
        assert self.sessions is not None
        return self.sessions.tx.protect(packet)

    def seal_rtcp(self, packet: bytes) -> bytes:
        assert self.sessions is not None
        return self.sessions.tx.protect_rtcp(packet)

    def send_rtp(self, packet: bytes) -> None:
        self.send(self.seal(packet))

    def send_rtcp(self, packet: bytes) -> None:
        self.send(self.seal_rtcp(packet))

    def send(self, data: bytes) -> None:
        """As it is."""
        assert self._wire is not None
        self._wire.send(data)

    async def until(self, holds: Callable[[], bool], within: float = WITHIN) -> None:
        """Wait until something has come with which this holds. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not holds():
                await self._change(None)

    def say_goodbye(self) -> None:
        """End the secured connection, as a browser does when its page closes."""
        assert self._handshake is not None
        self._say(self._handshake.close())

    def pause(self) -> None:
        """Stop reading, as a peer does whose line has died. TCP only."""
        assert self._wire is not None
        self._wire.pause()

    async def until_closed(self, within: float = WITHIN) -> None:
        """Wait until the relay ends the wire, which only TCP tells. Raises TimeoutError."""
        await self.until(lambda: self._wire is not None and self._wire.closed, within)

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()

    async def _change(self, within: float | None) -> None:
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), within)

    def _take(self, data: bytes) -> None:
        """One datagram has come, or b"" at the end of the wire."""
        if data and 128 <= data[0] <= 191:
            self._on_media(data)
        elif data and data[0] < 4:
            if stun.parse_message(data).message_class == stun.Class.RESPONSE:
                self.answers += 1
        elif data:
            self.records += 1
            self._say(self._handshake.take(data) if self._handshake is not None else [])
        self._changed.set()

    def _on_media(self, data: bytes) -> None:
        if self.sessions is None:
            return
        try:
            if 192 <= data[1] <= 223:
                self.reports.append(self.sessions.rx.unprotect_rtcp(data))
                return
            self.sealed.append(data)
            self.packets.append(self.sessions.rx.unprotect(data))
        except SrtpError:
            return

    def _say(self, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            self.send(datagram)
        if self._handshake is not None:
            self.sessions = self._handshake.sessions


def rtp(
    ssrc: int, payload_type: int, number: int, payload: bytes, *, timestamp: int = 0, twcc: int | None = None
) -> bytes:
    """A packet as publishers send it, with a transport-wide number (extension 3) if there is one."""
    first = 0x80 if twcc is None else 0x90
    head = pack("!BBHII", first, payload_type, number & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc)
    extension = b"" if twcc is None else pack("!HHBHB", 0xBEDE, 1, 3 << 4 | 1, twcc & 0xFFFF, 0)
    return head + extension + payload
