"""The next roster and its block: who stays, who comes, what of it changed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.bots.keys.block import Block
from tests.bots.keys.certificate import DAY, FACILITATES, Certificate
from tests.bots.keys.circle import Ground
from tests.bots.keys.identity import Public
from tests.bots.keys.roster import Entry, Roster, free_index
from tests.bots.keys.sight import Place

FRESH = 3600
"""seconds that a certificate must have left, else it is given anew"""


class Newcomer(NamedTuple):
    """Somebody who is to be taken in."""

    keys: Public
    name: str | None = None
    certificate: Certificate | None = None
    """that they showed themselves"""


class Maker(NamedTuple):
    """Who commits."""

    ground: Ground
    keys: Public
    seat: bytes
    now: float


def powers(maker: Maker, seat: bytes, place: Place, held: Certificate | None) -> int:
    """That a seat should have: to facilitate is its own to say, the rest the view says."""
    leads = FACILITATES if seat == maker.seat else 0 if held is None else held.powers & FACILITATES
    return (leads if place.leads else 0) | place.powers


def certificate(maker: Maker, seat: bytes, place: Place, keys: Public, held: Certificate | None) -> Certificate | None:
    """For an entry of the next roster; who does not hold the seed leaves all as it is, but for what is spent."""
    if maker.ground.seed is None:
        return held if maker.ground.good(held, keys, maker.now) else None
    wanted = powers(maker, seat, place, held)
    if wanted == 0:
        return None
    if held is not None and held.powers == wanted and held.until > maker.now + FRESH:
        return held
    return maker.ground.certify(keys, wanted, int(maker.now) + DAY)


def next_roster(
    maker: Maker,
    before: Roster | None,
    seats: Mapping[bytes, Place],
    coming: Mapping[bytes, Newcomer],
    *,
    after: Roster | None = None,
    without: Iterable[bytes] = (),
) -> Roster:
    """Of those seats; `without`: those who are left out though they have one. Who comes takes the place of who had the seat before.

    `after`: the roster that it follows, where that is another one than whose entries go on.
    """
    follows = after or before
    entries: list[Entry] = []
    left_out = frozenset(without)
    for seat, place in seats.items():
        held = None if before is None or seat in left_out else before.at(seat)
        new = coming.get(seat)
        if new is not None and (held is None or held.keys != new.keys):
            index = free_index(before, follows, taken=frozenset(entry.index for entry in entries))
            given = certificate(maker, seat, place, new.keys, new.certificate)
            entries.append(Entry(seat, new.keys, index, place.role, given))
        elif held is not None:
            given = certificate(maker, seat, place, held.keys, held.certificate)
            entries.append(Entry(seat, held.keys, held.index, place.role, given))
    ordered = tuple(sorted(entries, key=lambda entry: entry.index))
    n, prev = (1, bytes(32)) if follows is None else (follows.n + 1, follows.head)
    return Roster(maker.ground.rid, n, prev, maker.keys.mid, ordered)


def next_block(
    before: Block | None, last: Roster | None, new: Roster, link: tuple[int, bytes], names: Mapping[bytes, str]
) -> Block:
    """`names` by mid, of whom one knows; a room key is added where somebody of the last roster is missing, or there is none."""
    named = tuple((entry.keys.mid, names[entry.keys.mid]) for entry in new.entries if entry.keys.mid in names)
    block = Block(link[0], link[1], () if before is None else before.rooms, named)
    missing = last is not None and not last.mids <= new.mids
    return block.with_fresh_room() if missing or not block.rooms else block
