"""Who somebody is to the circle's keys: `mk` to receive secrets, `ms` to sign, and `mid`, which stands for both."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tests.bots.keys.derive import sha256
from tests.bots.keys.octets import Reader

SIGNATURE = 64


class Public(NamedTuple):
    """What all know of somebody's keys."""

    mk: bytes
    ms: bytes

    @property
    def mid(self) -> bytes:
        return sha256(b"circle/1 member", self.mk, self.ms)[:16]

    @classmethod
    def read(cls, reader: Reader) -> "Public":
        return cls(reader.take(32), reader.take(32))


@dataclass(frozen=True)
class Pair:
    """One tab's private keys."""

    receive: X25519PrivateKey
    signing: Ed25519PrivateKey

    @classmethod
    def make(cls, receive: bytes | None = None, signing: bytes | None = None) -> "Pair":
        """From 32 bytes each, random ones unless given."""
        return cls(
            X25519PrivateKey.from_private_bytes(receive or os.urandom(32)),
            Ed25519PrivateKey.from_private_bytes(signing or os.urandom(32)),
        )

    @cached_property
    def public(self) -> Public:
        return Public(self.receive.public_key().public_bytes_raw(), self.signing.public_key().public_bytes_raw())

    @property
    def mid(self) -> bytes:
        return self.public.mid

    def sign(self, *parts: bytes) -> bytes:
        return self.signing.sign(b"".join(parts))


def signed(key: bytes, signature: bytes, *parts: bytes) -> bool:
    """Whether that public key's holder signed this."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, b"".join(parts))
    except (InvalidSignature, ValueError):
        return False
    return True
