"""SRTP on the way out. All packets are sealed in one buffer: each is sent before the next one is written there, so nothing is allocated."""

from pylibsrtp import Error as SrtpError
from pylibsrtp import Session
from pylibsrtp._binding import ffi, lib

BUFFER = 2048
TRAILER = 144
"""what the library may add at most"""

_buffer = ffi.new("unsigned char[]", BUFFER)
_view = memoryview(ffi.buffer(_buffer))
_length = ffi.new("int *")
_protect = lib.srtp_protect


class Sealer:
    """One connection's keys. What `seal` returns holds until the next call, of this or any other one."""

    __slots__ = ("_handle", "session")

    def __init__(self, session: Session) -> None:
        # The library's own method does the same with four more copies; the handle lives as long as the session.
        self.session = session
        self._handle = vars(session)["_srtp"][0]

    def seal(self, packet: bytes) -> memoryview | None:
        """An RTP packet, ready to be sent. None if the library will not have it."""
        size = len(packet)
        if size > BUFFER - TRAILER:
            return None
        _view[:size] = packet
        _length[0] = size
        if _protect(self._handle, _buffer, _length):
            return None
        return _view[: _length[0]]

    def seal_rtcp(self, packet: bytes) -> bytes | None:
        try:
            return self.session.protect_rtcp(packet)
        except (SrtpError, ValueError):
            return None
