"""HKDF of docs/protocol.md section 1, and AES-256-GCM with its nonce in front. Labels are UTF-8, contexts are bytes as they are."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.bots.keys.octets import Bad

NONCE, TAG = 12, 16


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def hkdf(key: bytes, label: str, context: bytes | None = None, length: int = 32) -> bytes:
    info = b"circle/1 " + label.encode() + (b"" if context is None else b"\0" + context)
    return HKDF(SHA256(), length, salt=None, info=info).derive(key)


def seal(key: bytes, plain: bytes, aad: bytes, nonce: bytes | None = None) -> bytes:
    """nonce[12] | AES-256-GCM. A nonce is given for vectors only."""
    nonce = nonce or os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, aad)


def unseal(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Raises Bad where it was sealed with another key or for something else."""
    if len(sealed) < NONCE + TAG:
        raise Bad("short")
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], aad)
    except InvalidTag:
        raise Bad("sealed for something else") from None
