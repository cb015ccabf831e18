"""A commit: the next roster, signed, with its secret wrapped for each who is in it (7.4). Making one, and its form on the wire."""

import os
from typing import Any, NamedTuple

from tests.bots.keys import hpke, roster
from tests.bots.keys.block import Block
from tests.bots.keys.derive import sha256
from tests.bots.keys.epoch import Epoch, confirm, seal_block
from tests.bots.keys.identity import Pair, Public
from tests.bots.keys.octets import Bad, b64, u32, unb64
from tests.bots.keys.roster import Roster

WRAP = 80
BLOCK = 8192 + 28
"""bytes of a sealed block at most"""


class Commit(NamedTuple):
    """As its receivers get it, apart from the wrap."""

    roster: Roster
    confirm: bytes
    signature: bytes
    block: bytes
    """sealed"""

    @property
    def signed(self) -> bytes:
        return b"circle/1 commit" + self.roster.head + self.confirm + sha256(self.block)


def wrap(new: Roster, to: Public, secret: bytes, ephemeral: bytes | None = None) -> bytes:
    return hpke.seal(to.mk, secret, info=_info(new), aad=new.head + to.mid, ephemeral=ephemeral)


def unwrap(new: Roster, own: Pair, wrapped: bytes) -> bytes:
    """The epoch's secret. Raises Bad."""
    if len(wrapped) != WRAP:
        raise Bad("length")
    return hpke.unseal(own.receive, wrapped, info=_info(new), aad=new.head + own.mid)


def _info(new: Roster) -> bytes:
    return b"circle/1 wrap" + new.rid + u32(new.n)


def build(
    own: Pair, new: Roster, block: Block, secret: bytes | None = None, nonce: bytes | None = None
) -> tuple[Commit, Epoch]:
    """The commit and what it begins. Secret and nonce are given for vectors only."""
    secret = secret or os.urandom(32)
    sealed = seal_block(secret, new.head, block, nonce)
    commit = Commit(new, confirm(secret, new.head), b"", sealed)
    return commit._replace(signature=own.sign(commit.signed)), Epoch(new, secret, block)


def wire(commit: Commit, secret: bytes) -> dict[str, Any]:
    """What is sent to the server."""
    new = commit.roster
    wraps = {b64(entry.seat): b64(wrap(new, entry.keys, secret)) for entry in new.entries}
    return {
        "type": "commit",
        "n": new.n,
        "roster": b64(new.raw),
        "confirm": b64(commit.confirm),
        "signature": b64(commit.signature),
        "block": b64(commit.block),
        "wraps": wraps,
    }


def read(message: dict[str, Any]) -> tuple[Commit, bytes | None]:
    """A commit as the server sends it, and one's own wrap if there is one. Raises Bad."""
    wrapped = message.get("wrap")
    commit = Commit(
        roster.read(unb64(message.get("roster"))),
        unb64(message.get("confirm"), 32),
        unb64(message.get("signature"), 64),
        unb64(message.get("block")),
    )
    if message.get("n") != commit.roster.n:
        raise Bad("number")
    if len(commit.block) > BLOCK:
        raise Bad("block size")
    return commit, None if wrapped is None else unb64(wrapped, WRAP)
