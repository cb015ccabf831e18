"""SFrame (RFC 9605), suite 0x0005: AES-256-GCM, SHA-512, a tag of 16 bytes."""

from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from tests.bots.keys.octets import Bad, u16, u64

SUITE, KEY, NONCE, TAG = 5, 32, 12, 16


def header(kid: int, ctr: int) -> bytes:
    """One byte of configuration; each number in it where it is below 8, else after it in as few bytes as suffice."""
    k, k_bytes = _field(kid)
    c, c_bytes = _field(ctr)
    return bytes([k << 4 | c]) + k_bytes + c_bytes


def _field(value: int) -> tuple[int, bytes]:
    if value < 8:
        return value, b""
    length = (value.bit_length() + 7) // 8
    return 8 | length - 1, value.to_bytes(length, "big")


def read_header(data: bytes) -> tuple[int, int, int]:
    """kid, ctr and the header's length. Raises Bad for one that is cut, or longer than it needs to be."""
    if not data:
        raise Bad("short")
    kid, at = _value(data, data[0] >> 4, 1)
    ctr, at = _value(data, data[0] & 15, at)
    if data[:at] != header(kid, ctr):
        raise Bad("header")
    return kid, ctr, at


def _value(data: bytes, field: int, at: int) -> tuple[int, int]:
    if field < 8:
        return field, at
    end = at + (field & 7) + 1
    if end > len(data):
        raise Bad("short")
    return int.from_bytes(data[at:end], "big"), end


class Key:
    """What comes of a base_key for one KID."""

    def __init__(self, base_key: bytes, kid: int) -> None:
        self.kid = kid
        # HKDF-Extract with an empty salt; this library offers it as a static method.
        secret = HKDF.extract(SHA512(), None, base_key)
        self.key = HKDFExpand(SHA512(), KEY, _label(b"key ", kid)).derive(secret)
        self.salt = HKDFExpand(SHA512(), NONCE, _label(b"salt ", kid)).derive(secret)

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.key)

    def seal(self, ctr: int, plain: bytes, metadata: bytes = b"") -> tuple[bytes, bytes]:
        """header, and ct | tag."""
        head = header(self.kid, ctr)
        return head, self._cipher.encrypt(self._nonce(ctr), plain, head + metadata)

    def open(self, ctr: int, sealed: bytes, metadata: bytes = b"") -> bytes:
        """Raises Bad."""
        try:
            return self._cipher.decrypt(self._nonce(ctr), sealed, header(self.kid, ctr) + metadata)
        except InvalidTag:
            raise Bad("sealed for something else") from None

    def _nonce(self, ctr: int) -> bytes:
        return (int.from_bytes(self.salt, "big") ^ ctr).to_bytes(NONCE, "big")


def _label(which: bytes, kid: int) -> bytes:
    return b"SFrame 1.0 Secret " + which + u64(kid) + u16(SUITE)
