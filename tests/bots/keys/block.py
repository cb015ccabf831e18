"""What a commit hands over besides the epoch's secret: the present link, the room keys, names (7.4)."""

import os
from itertools import pairwise
from typing import NamedTuple

from tests.bots.keys.octets import Bad, Reader, lp8, u8, u32

ROOMS = 32
"""room keys at most; older ones go"""
STEP = 256
NAME = 254
"""bytes of a name at most: what a sealed name holds (section 6)"""


class Block(NamedTuple):
    counter: int
    """of the present link"""
    link: bytes
    rooms: tuple[tuple[int, bytes], ...]
    """(id, T), oldest first"""
    names: tuple[tuple[bytes, str], ...]
    """(mid, name)"""

    @property
    def raw(self) -> bytes:
        rooms = b"".join(u8(id_) + key for id_, key in self.rooms)
        names = b"".join(mid + lp8(name.encode()) for mid, name in self.names)
        plain = u32(self.counter) + self.link + u8(len(self.rooms)) + rooms + u8(len(self.names)) + names
        return plain.ljust(-(-len(plain) // STEP) * STEP, b"\0")

    def with_fresh_room(self, key: bytes | None = None) -> "Block":
        """As when somebody is gone: what is said from now on is not for them."""
        id_ = (self.rooms[-1][0] + 1) % 256 if self.rooms else 0
        return self._replace(rooms=(*self.rooms, (id_, key or os.urandom(32)))[-ROOMS:])


def read(data: bytes) -> Block:
    """Raises Bad."""
    if not data or len(data) % STEP:
        raise Bad("block size")
    reader = Reader(data)
    counter, link = reader.number(4), reader.take(32)
    rooms = tuple((reader.number(1), reader.take(32)) for _ in range(reader.number(1)))
    names = tuple((reader.take(16), _name(reader.lp8())) for _ in range(reader.number(1)))
    padding = reader.rest()
    if len(padding) >= STEP or any(padding):
        raise Bad("block padding")
    if not 1 <= len(rooms) <= ROOMS:
        raise Bad("rooms")
    if any((before + 1) % 256 != after for (before, _), (after, _) in pairwise(rooms)):
        raise Bad("room ids")
    if len({mid for mid, _ in names}) != len(names):
        raise Bad("named twice")
    return Block(counter, link, rooms, names)


def _name(data: bytes) -> str:
    if len(data) > NAME:
        raise Bad("name")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Bad("name") from None
