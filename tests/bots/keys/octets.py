"""Bytes of docs/protocol.md 7.1: numbers big-endian, lengths kept to the byte, base64url in one spelling only."""

import base64
import binascii


class Bad(ValueError):
    """Bytes from outside that are not what they should be; `str()` says which rule they break."""


def u8(value: int) -> bytes:
    return value.to_bytes(1, "big")


def u16(value: int) -> bytes:
    return value.to_bytes(2, "big")


def u32(value: int) -> bytes:
    return value.to_bytes(4, "big")


def u64(value: int) -> bytes:
    return value.to_bytes(8, "big")


def lp8(data: bytes) -> bytes:
    return u8(len(data)) + data


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: object, length: int | None = None) -> bytes:
    """Raises Bad for anything but base64url without padding, in its one spelling, of that many bytes."""
    if not isinstance(text, str) or not text.isascii() or "=" in text:
        raise Bad("base64url")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except binascii.Error:
        raise Bad("base64url") from None
    if b64(data) != text:
        raise Bad("base64url")
    if length is not None and len(data) != length:
        raise Bad("length")
    return data


class Reader:
    """Takes bytes from the front; `end` once all should be taken. Raises Bad where they do not suffice, or are left over."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        if self._at + length > len(self._data):
            raise Bad("short")
        self._at += length
        return self._data[self._at - length : self._at]

    def number(self, length: int) -> int:
        return int.from_bytes(self.take(length), "big")

    def lp8(self) -> bytes:
        return self.take(self.number(1))

    def rest(self) -> bytes:
        return self.take(len(self._data) - self._at)

    def end(self) -> None:
        if self._at != len(self._data):
            raise Bad("left over")
