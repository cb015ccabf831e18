"""Circles in Redis: they outlive the process. The one door to Redis. Every write carries its expiry in the same command.

Compare-and-set is one script: WATCH would need a connection of its own for each try, and the script cannot be interrupted.
"""

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from rooms.circle import Circle

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[int, Circle])

# A value is [version, circle] in msgpack; the script compares the beginning, so it need not read the circle.
_REPLACE = """
local kept = redis.call('GET', KEYS[1])
if not kept or string.sub(kept, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""


class RedisStore:
    """Keeps the store's contract with one key a circle, `circle:<id>`."""

    def __init__(self, url: str) -> None:
        """Raises ValueError or TypeError for an address that could never work; connects only when it is used."""
        self._redis = Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
        self._redis.connection_pool.make_connection()
        self._replace = self._redis.register_script(_REPLACE)

    async def create(self, id_: str, circle: Circle, ttl: float) -> bool:
        return bool(await self._redis.set(_key(id_), _encode(circle), px=_ms(ttl), nx=True))

    async def load(self, id_: str) -> Circle | None:
        kept = await self._redis.get(_key(id_))
        return _DECODER.decode(kept)[1] if isinstance(kept, bytes) else None

    async def replace(self, id_: str, circle: Circle, expected: int, ttl: float) -> bool:
        arguments = [_beginning(expected), _encode(circle), _ms(ttl)]
        return bool(await self._replace(keys=[_key(id_)], args=arguments))

    async def delete(self, id_: str) -> None:
        await self._redis.delete(_key(id_))

    async def ready(self) -> bool:
        try:
            return bool(await self._redis.ping())
        except (RedisError, OSError):
            return False

    async def close(self) -> None:
        await self._redis.aclose()


def _key(id_: str) -> str:
    return f"circle:{id_}"


def _encode(circle: Circle) -> bytes:
    return _ENCODER.encode((circle.version, circle))


def _beginning(version: int) -> bytes:
    """How the value of that version begins: msgpack's mark for two elements, then the number."""
    return b"\x92" + _ENCODER.encode(version)


def _ms(ttl: float) -> int:
    return max(1, int(ttl * 1000))
