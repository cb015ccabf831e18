"""All that a Redis is told, by a MONITOR that listens all the time, and all that stands in it."""

import re
import secrets
import socket
import threading
from types import TracebackType

from tests.redis_server import RedisServer

_ESCAPED = re.compile(rb"\\(?:x([0-9a-f]{2})|(.))")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b"}


class Kept:
    """Within `with`: `said` grows. `dump` adds every key with its value as it is now."""

    def __init__(self, redis: RedisServer) -> None:
        self._redis = redis
        self._said = bytearray()
        self._dumped: set[bytes] = set()
        self._socket = socket.create_connection(("127.0.0.1", redis.port))
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "Kept":
        self._socket.sendall(b"MONITOR\r\n")
        assert self._socket.recv(5) == b"+OK\r\n"
        self._thread.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _listen(self) -> None:
        while part := self._socket.recv(1 << 20):
            self._said += part

    def dump(self) -> int:
        """How many keys there are."""
        keys = self._redis.keys()
        self._dumped |= {key + b" " + (self._redis.ask("GET", key.decode()) or b"") for key in keys}
        return len(keys)

    def everything(self) -> bytes:
        """Said and kept until now, as it was shown and as it was meant."""
        last = secrets.token_hex(8)
        self._redis.ask("ECHO", last)
        while last.encode() not in self._said[-(1 << 20) :]:
            self._thread.join(0.01)
            assert self._thread.is_alive()
        said = bytes(self._said)
        return b"\n".join([said, _ESCAPED.sub(_meant, said), *self._dumped])


def _meant(found: re.Match[bytes]) -> bytes:
    code, sign = found.groups()
    return bytes([int(code, 16)]) if code else _SIGNS.get(sign, sign)
