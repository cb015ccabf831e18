"""Each row of a receiver's check list refuses what it is there for, though all rows before it hold; and what holds is installed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.bots.keys import commit, vectors
from tests.bots.keys.certificate import FACILITATES, KEEPS_DOOR, STANDS_IN, certify
from tests.bots.keys.checks import CHECKS, Case, Receiver, check
from tests.bots.keys.commit import Commit
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.octets import Bad
from tests.bots.keys.roster import Entry, Roster
from tests.bots.keys.vectors import ADA, BO, FAY, FIRST, GROUND, LINKS, NOW, OBI, SECOND, UNTIL, Person

CY = vectors.person("Cy")
OTHER_ROOT = bytes(range(1, 33))


def receiver(who: Person, *, introduced: bool = False) -> Receiver:
    return Receiver(
        GROUND._replace(seed=None),
        who.pair,
        who.seat,
        frozenset({0 if who is OBI else 1}),
        frozenset({LINKS.link}),
        introduced,
    )


def case(
    new: Roster,
    *,
    by: Person = FAY,
    to: Person = OBI,
    before: Roster | None = FIRST.roster,
    secret: bytes | None = None,
    link: bytes = LINKS.link,
    introduced: bool = False,
    jump: bool = False,
    now: float = NOW,
) -> Case:
    """A commit well made, as `to` meets it."""
    block = SECOND.block._replace(link=link)
    made, epoch = commit.build(by.pair, new, block)
    entry = new.of(to.pair.mid)
    wrapped = commit.wrap(new, entry.keys, secret or epoch.secret) if entry else None
    return Case(receiver(to, introduced=introduced), before, made, wrapped, now, jump)


def edited(new: Roster, who: Person, **fields: object) -> Roster:
    """With somebody's entry changed."""
    entries = tuple(
        replace(entry, **fields) if entry.keys == who.pair.public else entry  # type: ignore[arg-type]
        for entry in new.entries
    )
    return new._replace(entries=entries)


def added(new: Roster, *entries: Entry) -> Roster:
    return new._replace(entries=(*new.entries, *entries))


def by_ada(*entries: Entry, before: Roster = FIRST.roster) -> Roster:
    return Roster(GROUND.rid, before.n + 1, before.head, ADA.pair.mid, entries)


NEXT = SECOND.roster
FAYS, OBIS, BOS = NEXT.entries
ADAS = replace(FIRST.roster.entries[1], certificate=None)
PLAIN = Roster(GROUND.rid, 1, bytes(32), FAY.pair.mid, (FAYS, ADAS, OBIS))
"""a first roster in which Ada has no certificate"""
CYS = Entry(CY.seat, CY.pair.public, 7, 1)


def _resigned(made: Case, change: Callable[[Commit], Commit], *, sign: bool = True) -> Case:
    new = change(made.commit)
    new = new._replace(signature=FAY.pair.sign(new.signed)) if sign else new
    return replace(made, commit=new)


def _flipped(data: bytes, at: int = -1) -> bytes:
    out = bytearray(data)
    out[at] ^= 1
    return bytes(out)


def _certificate(who: Person, powers: int, *, seed: bytes = vectors.SEED, until: int = UNTIL) -> object:
    return certify(seed, GROUND.rid, who.pair.public, powers, until)


BREACHES: dict[str, tuple[str, Case]] = {
    "of another circle": ("circle", case(NEXT._replace(rid=bytes(16)))),
    "a number twice": ("order", case(NEXT._replace(n=1))),
    "a number left out": ("order", case(NEXT._replace(n=3))),
    "another past": ("order", case(NEXT._replace(prev=bytes(32)))),
    "for a newcomer, without a wrap": ("order", replace(case(NEXT, to=BO, before=None), wrapped=None)),
    "for a newcomer, by no certificate": (
        "order",
        case(by_ada(ADAS, BOS), by=ADA, to=BO, before=None),
    ),
    "over a gap, by who only keeps the door": (
        "order",
        case(edited(NEXT, FAY, certificate=_certificate(FAY, KEEPS_DOOR))._replace(n=9), jump=True),
    ),
    "by somebody who is in neither roster": ("by", case(NEXT._replace(by=CY.pair.mid), by=CY)),
    "by somebody new who may not lead": (
        "by",
        case(added(NEXT, replace(CYS, certificate=_certificate(CY, STANDS_IN)))._replace(by=CY.pair.mid), by=CY),
    ),
    "a newcomer, let in by a plain member": (
        "may",
        case(by_ada(FAYS, ADAS, OBIS, CYS, before=PLAIN), by=ADA, before=PLAIN),
    ),
    "a certificate taken by a plain member": (
        "may",
        case(by_ada(replace(FAYS, certificate=None), ADAS, OBIS, before=PLAIN), by=ADA, before=PLAIN),
    ),
    "a certificate exchanged by a plain member": (
        "may",
        case(
            by_ada(
                replace(FAYS, certificate=_certificate(FAY, FACILITATES, until=UNTIL - 1)), ADAS, OBIS, before=PLAIN
            ),
            by=ADA,
            before=PLAIN,
        ),
    ),
    "a certificate given on by a plain member": (
        "may",
        case(
            by_ada(FAYS, ADAS, replace(OBIS, certificate=_certificate(OBI, KEEPS_DOOR)), before=PLAIN),
            by=ADA,
            before=PLAIN,
        ),
    ),
    "a seat twice": ("twice", case(added(NEXT, replace(CYS, seat=FAY.seat)))),
    "an mk twice": ("twice", case(added(NEXT, replace(CYS, keys=CY.pair.public._replace(mk=BO.pair.public.mk))))),
    "an ms twice": ("twice", case(added(NEXT, replace(CYS, keys=CY.pair.public._replace(ms=BO.pair.public.ms))))),
    "an index twice": ("twice", case(added(NEXT, replace(CYS, index=BOS.index)))),
    "another index for the same keys": ("indices", case(edited(NEXT, OBI, index=9))),
    "somebody's index for new keys": ("indices", case(edited(NEXT, BO, index=1))),
    "a certificate by another root": (
        "certificates",
        case(edited(NEXT, BO, certificate=_certificate(BO, STANDS_IN, seed=OTHER_ROOT))),
    ),
    "a certificate for other keys": ("certificates", case(edited(NEXT, BO, certificate=_certificate(ADA, STANDS_IN)))),
    "a certificate whose time is over": (
        "certificates",
        case(edited(NEXT, BO, certificate=_certificate(BO, STANDS_IN, until=NOW - 61))),
    ),
    "a certificate without any power": ("certificates", case(edited(NEXT, BO, certificate=_certificate(BO, 8)))),
    "our keys at another seat": ("own entry", case(edited(NEXT, OBI, seat=CY.seat))),
    "our mk with another ms": (
        "own entry",
        case(edited(NEXT, OBI, keys=OBI.pair.public._replace(ms=CY.pair.public.ms), index=7)),
    ),
    "another role for us": ("own entry", case(edited(NEXT, OBI, role=1))),
    "signed by somebody else": ("signature", case(NEXT, by=CY)),
    "another confirmation than was signed": (
        "signature",
        _resigned(case(NEXT), lambda one: one._replace(confirm=bytes(32)), sign=False),
    ),
    "another block than was signed": (
        "signature",
        _resigned(case(NEXT), lambda one: one._replace(block=_flipped(one.block)), sign=False),
    ),
    "no wrap for us": ("wrap", replace(case(NEXT), wrapped=None)),
    "a wrap for somebody else": ("wrap", replace(case(NEXT), wrapped=case(NEXT, to=BO, before=None).wrapped)),
    "a wrap that was changed": ("wrap", replace(case(NEXT), wrapped=_flipped(case(NEXT).wrapped or b""))),
    "another secret for us than for the others": ("confirm", case(NEXT, secret=bytes(32))),
    "a block that does not open": ("block", _resigned(case(NEXT), lambda one: one._replace(block=_flipped(one.block)))),
    "for who comes back, by somebody who does not know the link": (
        "block",
        case(by_ada(ADAS, BOS), by=ADA, to=BO, before=None, introduced=True, link=bytes(32)),
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_commit_is_refused(breach: str) -> None:
    row, one = BREACHES[breach]
    with pytest.raises(Bad, match=f"^{row}$"):
        check(one)


def test_each_row_of_the_list_has_a_breach() -> None:
    assert {row for row, _ in BREACHES.values()} == {name for name, _ in CHECKS}


@pytest.mark.parametrize("who", [FAY, OBI])
def test_a_commit_that_holds_is_installed(who: Person) -> None:
    epoch = check(case(NEXT, to=who))
    assert isinstance(epoch, Epoch)
    assert epoch.block.names == SECOND.block.names


def test_who_comes_in_takes_the_first_commit_by_a_certificate() -> None:
    assert check(case(NEXT, to=BO, before=None)) is not None


def test_who_comes_back_takes_one_by_a_member_who_knows_the_link() -> None:
    assert check(case(by_ada(ADAS, BOS), by=ADA, to=BO, before=None, introduced=True)) is not None


def test_who_is_not_in_it_any_more_believes_it_and_installs_nothing() -> None:
    assert check(case(NEXT, to=ADA)) is None


def test_a_plain_member_may_shrink_the_circle_renew_keys_and_take_facilitators_in() -> None:
    fresh = replace(ADAS, index=7, seat=BO.seat, keys=BO.pair.public)
    circle = PLAIN._replace(entries=(*PLAIN.entries, replace(BOS, index=3, keys=CY.pair.public)))
    facilitates = replace(CYS, index=8, keys=vectors.ADA_BACK.pair.public)
    certificate = certify(vectors.SEED, GROUND.rid, facilitates.keys, FACILITATES, UNTIL)
    grown = by_ada(ADAS, OBIS, fresh, replace(facilitates, certificate=certificate), before=circle)
    assert check(case(grown, by=ADA, before=circle)) is not None


def test_a_certificate_that_is_spent_may_be_taken_away_by_anybody() -> None:
    later = UNTIL + 61
    assert check(
        case(by_ada(replace(FAYS, certificate=None), ADAS, OBIS, before=PLAIN), by=ADA, before=PLAIN, now=later)
    )


def test_over_a_gap_a_facilitators_or_successors_commit_is_taken() -> None:
    assert check(case(NEXT._replace(n=9), jump=True)) is not None
    successor = edited(NEXT, FAY, certificate=_certificate(FAY, STANDS_IN))._replace(n=9)
    assert check(case(successor, jump=True)) is not None
