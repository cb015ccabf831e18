"""One epoch as somebody in it holds it: the roster, its secret, its block; all other keys come of these."""

import hmac
from dataclasses import dataclass
from functools import cached_property

from tests.bots.keys import block as blocks
from tests.bots.keys.block import Block
from tests.bots.keys.derive import hkdf, seal, unseal
from tests.bots.keys.roster import Roster


def confirm(secret: bytes, head: bytes) -> bytes:
    return hmac.digest(hkdf(secret, "confirm"), head, "sha256")


@dataclass(frozen=True)
class Epoch:
    roster: Roster
    secret: bytes
    block: Block

    @cached_property
    def head(self) -> bytes:
        return self.roster.head

    def exporter(self, label: str, context: bytes, length: int = 32) -> bytes:
        return exporter(self.secret, self.head, label, context, length)

    def resume(self, mid: bytes) -> bytes:
        """R of an entry: what proves later that somebody sat here."""
        return self.exporter("resume", mid)

    def media(self, mid: bytes) -> bytes:
        """base_key of an entry's frames."""
        return self.exporter("media", mid)


def exporter(secret: bytes, head: bytes, label: str, context: bytes, length: int = 32) -> bytes:
    return hkdf(secret, f"export {label}", head + context, length)


def seal_block(secret: bytes, head: bytes, block: Block, nonce: bytes | None = None) -> bytes:
    return seal(exporter(secret, head, "block", b""), block.raw, b"circle/1 block" + head, nonce)


def open_block(secret: bytes, head: bytes, sealed: bytes) -> Block:
    """Raises Bad."""
    return blocks.read(unseal(exporter(secret, head, "block", b""), sealed, b"circle/1 block" + head))
