"""From a moment to the commit that it asks for."""

from typing import NamedTuple

from tests.bots.keys.block import Block
from tests.bots.keys.election import Moment, Reason, away
from tests.bots.keys.making import Newcomer, next_block, next_roster
from tests.bots.keys.roster import Roster
from tests.bots.keys.shelf import Shelf


class Next(NamedTuple):
    roster: Roster
    block: Block


def make(at: Moment, due: frozenset[Reason], last: Roster | None, shelf: Shelf) -> Next:
    """`last`: the newest roster of a chain that holds. Whoever is let in is known by name from then on."""
    pressed = {seat: who for seat, who in at.pressed.items() if ("let in", seat) in due}
    coming = {**at.coming, **pressed}
    before, after, without = last, at.standing if at.broken else None, away(at)
    if at.epoch is None:
        coming[at.maker.seat] = Newcomer(at.maker.keys, at.name)
        before, after, without = at.standing, None, at.standing.seats if at.standing else frozenset[bytes]()
    new = next_roster(at.maker, before, at.sight.seats, coming, after=after, without=without)
    for seat, who in coming.items():
        if who.name is not None:
            shelf.know(who.keys.mid, who.name)
            shelf.know(seat, who.name)
    if at.name is not None:
        shelf.know(at.maker.keys.mid, at.name)
    block = shelf.latest.block if shelf.latest else None
    return Next(new, next_block(block, before, new, _link(at, block), shelf.names(new)))


def _link(at: Moment, block: Block | None) -> tuple[int, bytes]:
    if at.link is not None:
        return at.link
    assert block is not None
    return block.counter, block.link
