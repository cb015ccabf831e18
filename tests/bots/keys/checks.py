"""What a receiver checks of a commit, in the order of 7.4: a row each. Nothing changes before all hold."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tests.bots.keys.certificate import FACILITATES, STANDS_IN
from tests.bots.keys.circle import Ground
from tests.bots.keys.commit import Commit, unwrap
from tests.bots.keys.epoch import Epoch, confirm, open_block
from tests.bots.keys.identity import Pair, signed
from tests.bots.keys.octets import Bad
from tests.bots.keys.roster import Entry, Roster, twice


@dataclass(frozen=True)
class Receiver:
    """Who checks, and what they know besides rosters."""

    ground: Ground
    pair: Pair
    seat: bytes
    roles: frozenset[int]
    """that the server has shown of the own seat since the last roster, and the one in that roster"""
    links: frozenset[bytes]
    """every L that they have come to know"""
    introduced: bool = False
    """whether they have shown by 7.5 that they belong here"""


@dataclass(frozen=True)
class Case:
    """One commit as one receiver meets it."""

    receiver: Receiver
    before: Roster | None
    commit: Commit
    wrapped: bytes | None
    now: float
    jump: bool = False
    """the rosters between are not to be had any more"""
    passed: bool = False
    """it is followed by others: no wrap is asked for"""

    @property
    def new(self) -> Roster:
        return self.commit.roster

    @property
    def chained(self) -> Roster | None:
        """The roster right before, where one knows it."""
        return None if self.jump else self.before

    @cached_property
    def by(self) -> Entry | None:
        return self.new.of(self.new.by)

    def by_power(self, powers: int = 255) -> bool:
        return self.by is not None and self.good(self.by, powers)

    def good(self, entry: Entry, powers: int = 255) -> bool:
        return self.receiver.ground.good(entry.certificate, entry.keys, self.now, powers)

    @property
    def own(self) -> Entry | None:
        """The entry of one's keys, of either of them: one of the seat with other keys is as none."""
        mine = self.receiver.pair.public
        return next((one for one in self.new.entries if one.keys.mk == mine.mk or one.keys.ms == mine.ms), None)

    @property
    def inside(self) -> bool:
        """Whether it is to be installed here."""
        return self.own is not None and not self.passed

    @cached_property
    def secret(self) -> bytes:
        assert self.wrapped is not None
        return unwrap(self.new, self.receiver.pair, self.wrapped)


def _follows(case: Case) -> bool:
    if case.before is None:
        return case.wrapped is not None and (case.by_power() or case.receiver.introduced)
    if case.jump:
        return case.new.n > case.before.n + 1 and case.by_power(FACILITATES | STANDS_IN)
    return case.new.n == case.before.n + 1 and case.new.prev == case.before.head


def _by_one_of_us(case: Case) -> bool:
    if case.by is None:
        return False
    return case.chained is None or case.chained.of(case.new.by) is not None or case.by_power(FACILITATES)


def _may(case: Case) -> bool:
    """Who has no certificate takes nobody in but facilitators and who sat before, and touches no certificate."""
    if case.by_power() or case.chained is None:
        return True
    return all(_untouched(case, entry, case.chained) for entry in case.new.entries)


def _untouched(case: Case, entry: Entry, before: Roster) -> bool:
    kept = before.of(entry.keys.mid)
    if case.good(entry, FACILITATES):
        return kept is None or kept.certificate in (None, entry.certificate)
    if before.at(entry.seat) is None:
        return False
    held = None if kept is None else kept.certificate
    spent = kept is not None and held is not None and not case.good(kept)
    return entry.certificate == held or (entry.certificate is None and spent)


def _indices(case: Case) -> bool:
    """Keys keep their index, and nobody takes one that others had right before."""
    before = case.chained
    if before is None:
        return True
    had = {entry.index: entry.keys for entry in before.entries}
    places = {entry.keys: entry.index for entry in before.entries}
    return all(
        places[entry.keys] == entry.index if entry.keys in places else entry.index not in had
        for entry in case.new.entries
    )


def _certificates(case: Case) -> bool:
    return all(entry.certificate is None or case.good(entry) for entry in case.new.entries)


def _own_entry(case: Case) -> bool:
    own, receiver = case.own, case.receiver
    if own is None:
        return True
    return (own.keys, own.seat) == (receiver.pair.public, receiver.seat) and (case.passed or own.role in receiver.roles)


def _signature(case: Case) -> bool:
    return case.by is not None and signed(case.by.keys.ms, case.commit.signature, case.commit.signed)


def _wrap(case: Case) -> bool:
    if not case.inside:
        return True
    try:
        return case.wrapped is not None and len(case.secret) == 32
    except Bad:
        return False


def _confirm(case: Case) -> bool:
    return not case.inside or hmac.compare_digest(case.commit.confirm, confirm(case.secret, case.new.head))


def _block(case: Case) -> bool:
    """It opens; and where no certificate speaks for the committer, it shows that they know the link, which no server does."""
    if not case.inside:
        return True
    try:
        block = open_block(case.secret, case.new.head, case.commit.block)
    except Bad:
        return False
    return case.before is not None or case.by_power() or block.link in case.receiver.links


CHECKS: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("circle", lambda case: case.new.rid == case.receiver.ground.rid),
    ("order", _follows),
    ("by", _by_one_of_us),
    ("may", _may),
    ("twice", lambda case: not twice(case.new)),
    ("indices", _indices),
    ("certificates", _certificates),
    ("own entry", _own_entry),
    ("signature", _signature),
    ("wrap", _wrap),
    ("confirm", _confirm),
    ("block", _block),
)


def check(case: Case) -> Epoch | None:
    """What it begins; None for a commit that one is not in, or that others follow. Raises Bad with the first row that does not hold."""
    for name, holds in CHECKS:
        if not holds(case):
            raise Bad(name)
    if not case.inside:
        return None
    return Epoch(case.new, case.secret, open_block(case.secret, case.new.head, case.commit.block))
