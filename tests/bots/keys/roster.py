"""Who holds an epoch's keys, in bytes (7.4). Reading refuses what could not be a roster; who may make one is for `checks`."""

from dataclasses import dataclass
from typing import NamedTuple

from tests.bots.keys.certificate import Certificate
from tests.bots.keys.derive import sha256
from tests.bots.keys.identity import Public
from tests.bots.keys.octets import Bad, Reader, u8, u32

VERSION = 1
ENTRIES = 32
LISTENS, SITS = 0, 1
NOBODY = bytes(32)
"""the head before the first roster"""


@dataclass(frozen=True)
class Entry:
    seat: bytes
    keys: Public
    index: int
    role: int
    certificate: Certificate | None = None

    @property
    def raw(self) -> bytes:
        certificate = u8(0) if self.certificate is None else u8(1) + self.certificate.raw
        return self.seat + self.keys.mk + self.keys.ms + u8(self.index) + u8(self.role) + certificate

    @classmethod
    def read(cls, reader: Reader) -> "Entry":
        seat, keys, index, role = reader.take(8), Public.read(reader), reader.number(1), reader.number(1)
        has = reader.number(1)
        if role not in (LISTENS, SITS) or has > 1:
            raise Bad("entry")
        return cls(seat, keys, index, role, Certificate.read(reader) if has else None)


class Roster(NamedTuple):
    rid: bytes
    n: int
    prev: bytes
    by: bytes
    """the committer's mid"""
    entries: tuple[Entry, ...]

    @property
    def raw(self) -> bytes:
        entries = b"".join(entry.raw for entry in self.entries)
        return u8(VERSION) + self.rid + u32(self.n) + self.prev + self.by + u8(len(self.entries)) + entries

    @property
    def head(self) -> bytes:
        return sha256(self.raw)

    def of(self, mid: bytes) -> Entry | None:
        return next((entry for entry in self.entries if entry.keys.mid == mid), None)

    def at(self, seat: bytes) -> Entry | None:
        return next((entry for entry in self.entries if entry.seat == seat), None)

    @property
    def mids(self) -> frozenset[bytes]:
        return frozenset(entry.keys.mid for entry in self.entries)

    @property
    def seats(self) -> frozenset[bytes]:
        return frozenset(entry.seat for entry in self.entries)


def read(data: bytes) -> Roster:
    """Raises Bad."""
    reader = Reader(data)
    if reader.number(1) != VERSION:
        raise Bad("version")
    rid, n, prev, by = reader.take(16), reader.number(4), reader.take(32), reader.take(16)
    count = reader.number(1)
    if not 1 <= count <= ENTRIES or n == 0:
        raise Bad("count")
    entries = tuple(Entry.read(reader) for _ in range(count))
    reader.end()
    if [entry.index for entry in entries] != sorted({entry.index for entry in entries}):
        raise Bad("order")
    return Roster(rid, n, prev, by, entries)


def twice(roster: Roster) -> bool:
    """Whether a seat, an index, an mk or an ms stands in it twice."""
    columns = zip(*((one.seat, one.index, one.keys.mk, one.keys.ms) for one in roster.entries), strict=True)
    return any(len(set(column)) != len(column) for column in columns)


def free_index(*rosters: Roster | None, taken: frozenset[int] = frozenset()) -> int:
    """The lowest that none of these uses."""
    used = {entry.index for roster in rosters if roster for entry in roster.entries} | taken
    return next(index for index in range(256) if index not in used)
