"""Circles in Redis: they outlive the process. The one door to Redis. Every write carries its expiry in the same command.

Compare-and-set is one script: WATCH would need a connection of its own for each try, and the script cannot be interrupted.
"""

import msgspec
from redis.asyncio import Redis
from redis.exceptions import RedisError

from rooms.circle import Circle
from rooms.commits import Commits

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[int, Circle])
_COMMITS = msgspec.msgpack.Decoder(Commits)

# A value is [version, circle] in msgpack; the script compares the beginning, so it need not read the circle. Commits stand beside it,
# and are written only when one comes.
_REPLACE = """
local kept = redis.call('GET', KEYS[1])
if not kept or string.sub(kept, 1, #ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if ARGV[4] then redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[3]) else redis.call('PEXPIRE', KEYS[2], ARGV[3]) end
return 1
"""


class RedisStore:
    """Keeps the store's contract with two keys a circle, `circle:<id>` and `commits:<id>`."""

    def __init__(self, url: str) -> None:
        """Raises ValueError or TypeError for an address that could never work; connects only when it is used."""
        self._redis = Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)
        self._redis.connection_pool.make_connection()
        self._replace = self._redis.register_script(_REPLACE)

    async def create(self, id_: str, circle: Circle, ttl: float) -> bool:
        made = bool(await self._redis.set(_key(id_), _encode(circle), px=_ms(ttl), nx=True))
        if made:
            await self._redis.delete(_beside(id_))  # of one before it under this id, whose end came only just now
        return made

    async def load(self, id_: str) -> Circle | None:
        kept = await self._redis.get(_key(id_))
        return _DECODER.decode(kept)[1] if isinstance(kept, bytes) else None

    async def replace(
        self, id_: str, circle: Circle, expected: int, ttl: float, commits: Commits | None = None
    ) -> bool:
        arguments = [_beginning(expected), _encode(circle), _ms(ttl)]
        arguments += [] if commits is None else [_ENCODER.encode(commits)]
        return bool(await self._replace(keys=[_key(id_), _beside(id_)], args=arguments))

    async def commits(self, id_: str) -> Commits:
        kept = await self._redis.get(_beside(id_))
        return _COMMITS.decode(kept) if isinstance(kept, bytes) else ()

    async def delete(self, id_: str) -> None:
        await self._redis.delete(_key(id_), _beside(id_))

    async def ready(self) -> bool:
        try:
            return bool(await self._redis.ping())
        except (RedisError, OSError):
            return False

    async def close(self) -> None:
        await self._redis.aclose()


def _key(id_: str) -> str:
    return f"circle:{id_}"


def _beside(id_: str) -> str:
    return f"commits:{id_}"


def _encode(circle: Circle) -> bytes:
    return _ENCODER.encode((circle.version, circle))


def _beginning(version: int) -> bytes:
    """How the value of that version begins: msgpack's mark for two elements, then the number."""
    return b"\x92" + _ENCODER.encode(version)


def _ms(ttl: float) -> int:
    return max(1, int(ttl * 1000))
