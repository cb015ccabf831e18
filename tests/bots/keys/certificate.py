"""Power over keys, given by RK to a pair of keys (7.2)."""

from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.bots.keys.identity import SIGNATURE, Public, signed
from tests.bots.keys.octets import Reader, u8, u64

FACILITATES, STANDS_IN, KEEPS_DOOR = 1, 2, 4
KNOWN = FACILITATES | STANDS_IN | KEEPS_DOOR
SIZE = 1 + 8 + SIGNATURE
DAY, GRACE = 86_400, 60
"""seconds: the longest that one is good for, and by how much a clock may be wrong"""


class Certificate(NamedTuple):
    powers: int
    until: int
    """unix seconds"""
    signature: bytes

    @property
    def raw(self) -> bytes:
        return u8(self.powers) + u64(self.until) + self.signature

    @classmethod
    def read(cls, reader: Reader) -> "Certificate":
        return cls(reader.number(1), reader.number(8), reader.take(SIGNATURE))

    def good(self, rid: bytes, root: bytes, of: Public, now: float) -> bool:
        return (
            self.powers & KNOWN != 0
            and now <= self.until + GRACE
            and signed(root, self.signature, _body(rid, of, self.powers, self.until))
        )


def _body(rid: bytes, of: Public, powers: int, until: int) -> bytes:
    return b"circle/1 certificate" + rid + of.mk + of.ms + u8(powers) + u64(until)


def root_of(seed: bytes) -> bytes:
    """RK's public key."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def certify(seed: bytes, rid: bytes, of: Public, powers: int, until: int) -> Certificate:
    """By whoever holds the seed, to their own keys or somebody else's."""
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_body(rid, of, powers, until))
    return Certificate(powers, until, signature)
