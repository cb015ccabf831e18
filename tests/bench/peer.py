"""One WebRTC connection without codecs: real ICE, DTLS and SRTP on a socket of its own. Sends made-up packets, counts and times what comes.

The last eight bytes of a packet say when it was sent; the kernel notes when it arrived. So what the measuring process does meanwhile is not
counted as the engine's delay. RTP's own timestamp would not do: some engines make it anew.
"""

import secrets
import socket
import time
from struct import pack, unpack

from aioice import stun
from pylibsrtp import Error as SrtpError

from tests.bench.handshake import FINGERPRINT, Handshake, Sessions
from tests.bench.sdp import Own, Remote

TIMESTAMPS = 35
"""SO_TIMESTAMPNS: not among Python's names"""
STAMP = 8
CLOCK = 90
"""ticks of RTP time in a millisecond; nobody decodes, so one for all"""
BUFFER = 4 << 20


class Peer:
    """Made before its description is sent; `begin` when the other's has come, then `step` until `ready`."""

    def __init__(self, address: str) -> None:
        self.ufrag, self.pwd = secrets.token_hex(4), secrets.token_hex(12)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, TIMESTAMPS, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self.socket.bind((address, 0))
        self.delays: list[int] = []
        """of every packet that came, microseconds"""
        self._handshake = Handshake()
        self._sessions: Sessions | None = None
        self._check = b""
        self._checked = False

    def own(self, *, reached: bool = False) -> Own:
        """What its description says of it."""
        return Own(self.ufrag, self.pwd, FINGERPRINT, self.socket.getsockname() if reached else None)

    @property
    def ready(self) -> bool:
        return self._sessions is not None

    def begin(self, remote: Remote, *, offered: bool) -> None:
        """`offered`: whether the first description was ours. Who offers controls (RFC 8445, 6.1.1), unless the other is lite."""
        self.socket.connect((remote.address, remote.port))
        request = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
        request.attributes |= {"USERNAME": f"{remote.ufrag}:{self.ufrag}", "PRIORITY": 1845501695}
        tie_breaker = secrets.randbits(63)
        if offered or remote.lite:
            request.attributes |= {"ICE-CONTROLLING": tie_breaker, "USE-CANDIDATE": None}
        else:
            request.attributes["ICE-CONTROLLED"] = tie_breaker
        request.add_message_integrity(remote.pwd.encode())
        self._check = bytes(request)

    def check(self) -> None:
        """A connectivity check: at the start, and every now and then as browsers do."""
        self._send(self._check)

    def step(self) -> None:
        """Take what has come, and go on with the handshake: to be called a few times a second until `ready`."""
        self.drain()
        # Again, even after an answer: an engine may have been too busy setting up to heed the first one.
        self.check()
        if self._checked and not self.ready:
            self._shake(self._handshake.go())

    def drain(self) -> None:
        """Everything that waits on the socket: media counted and timed, the rest to whom it belongs."""
        receive = self.socket.recvmsg
        while True:
            try:
                data, notes, _, _ = receive(2048, 64)
            except (BlockingIOError, ConnectionRefusedError):
                return
            first = data[0]
            if 128 <= first <= 191:
                if not 192 <= data[1] <= 223:
                    self._take(data, notes[0][2])
            elif first < 4:
                self._on_stun(data)
            elif not self.ready:
                self._shake(self._handshake.take(data))

    def send_rtp(self, packet: bytearray, number: int) -> None:
        """A packet whose sequence number and times are filled in here."""
        assert self._sessions is not None
        now = time.time_ns() // 1000
        packet[2:8] = pack("!HI", number & 0xFFFF, now * CLOCK // 1000 & 0xFFFFFFFF)
        packet[-STAMP:] = now.to_bytes(STAMP, "big")
        self._send(self._sessions.tx.protect(bytes(packet)))

    def send_rtcp(self, packet: bytes) -> None:
        assert self._sessions is not None
        self._send(self._sessions.tx.protect_rtcp(packet))

    def close(self) -> None:
        self.socket.close()

    def _take(self, data: bytes, arrived: bytes) -> None:
        """What does not authenticate, or comes a second time, has not arrived."""
        if self._sessions is None:
            return
        try:
            packet = self._sessions.rx.unprotect(data)
        except SrtpError:
            return
        seconds, nanoseconds = unpack("qq", arrived)
        self.delays.append(seconds * 1_000_000 + nanoseconds // 1000 - int.from_bytes(packet[-STAMP:], "big"))

    def _on_stun(self, data: bytes) -> None:
        """An answer to our check, or the engine's own check, which wants one."""
        message = stun.parse_message(data)
        if message.message_class == stun.Class.RESPONSE:
            self._checked = True
        elif message.message_class == stun.Class.REQUEST:
            answer = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, message.transaction_id)
            answer.attributes["XOR-MAPPED-ADDRESS"] = self.socket.getpeername()
            answer.add_message_integrity(self.pwd.encode())
            self._send(bytes(answer))

    def _shake(self, said: list[bytes]) -> None:
        for datagram in said:
            self._send(datagram)
        self._sessions = self._handshake.sessions

    def _send(self, data: bytes) -> None:
        try:
            self.socket.send(data)
        except (BlockingIOError, ConnectionRefusedError):
            return
