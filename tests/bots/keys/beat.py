"""The heartbeat (7.7): who leads says in which epoch they are, so that nobody is kept in another circle unseen."""

from typing import NamedTuple

from tests.bots.keys.epoch import Epoch
from tests.bots.keys.identity import SIGNATURE, Pair, signed
from tests.bots.keys.octets import Reader, u32, u64
from tests.bots.keys.roster import Roster


class Beat(NamedTuple):
    mid: bytes
    n: int
    head: bytes
    time: int
    """milliseconds"""
    signature: bytes = b""

    @property
    def raw(self) -> bytes:
        return self._said + self.signature

    @property
    def _said(self) -> bytes:
        return self.mid + u32(self.n) + self.head + u64(self.time)

    def by(self, roster: Roster) -> bool:
        """Whether it is signed by the keys which that roster has for its mid."""
        entry = roster.of(self.mid)
        return entry is not None and signed(entry.keys.ms, self.signature, _body(roster.rid, self._said))


def make(epoch: Epoch, own: Pair, now: float) -> Beat:
    beat = Beat(own.mid, epoch.roster.n, epoch.head, int(now * 1000))
    return beat._replace(signature=own.sign(_body(epoch.roster.rid, beat.raw)))


def read(data: bytes) -> Beat:
    """Raises Bad."""
    reader = Reader(data)
    beat = Beat(reader.take(16), reader.number(4), reader.take(32), reader.number(8), reader.take(SIGNATURE))
    reader.end()
    return beat


def _body(rid: bytes, said: bytes) -> bytes:
    return b"circle/1 beat" + rid + said
