"""The four sorts of words (7.6): for the door, at the doorstep, in the room, and one's own, which are signed."""

from typing import NamedTuple

from tests.bots.keys.derive import hkdf, seal, sha256, unseal
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.identity import SIGNATURE, Pair, signed
from tests.bots.keys.octets import Bad, Reader, b64, u8, u16, u32
from tests.bots.links import SIZES

HEAD = 4 + 16
"""of own words: n and the author's mid"""


def pad(text: str, kind: str) -> bytes:
    """Raises ValueError for a text that is too long."""
    data = u16(len(text.encode())) + text.encode()
    size = min((size for size in SIZES[kind] if size >= len(data)), default=0)
    if not size:
        raise ValueError("too long")
    return data.ljust(size, b"\0")


def unpad(data: bytes, kind: str) -> str:
    """Raises Bad."""
    reader = Reader(data)
    text = reader.take(reader.number(2))
    if len(data) not in SIZES[kind] or any(reader.rest()):
        raise Bad("padding")
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise Bad("text") from None


def aad(rid: bytes, kind: str, *about: object) -> bytes:
    """`about`: what else the words belong to, as the author's seat and the turn."""
    return " ".join(["circle/1", b64(rid), kind, *map(str, about)]).encode()


class Keyed(NamedTuple):
    """Door words under the present link, or doorstep words under a knock's D: one secret, one label."""

    rid: bytes
    secret: bytes
    door: bool

    def seal(self, text: str, kind: str, *about: object, nonce: bytes | None = None) -> bytes:
        return seal(self._key(kind), pad(text, kind), aad(self.rid, kind, *about), nonce)

    def open(self, sealed: bytes, kind: str, *about: object) -> str:
        """Raises Bad."""
        return unpad(unseal(self._key(kind), sealed, aad(self.rid, kind, *about)), kind)

    def _key(self, kind: str) -> bytes:
        if self.door:
            return hkdf(self.secret, "export words", kind.encode())
        return hkdf(self.secret, f"doorstep {kind}")


def door(rid: bytes, link: bytes) -> Keyed:
    return Keyed(rid, link, door=True)


def doorstep(rid: bytes, secret: bytes) -> Keyed:
    """`secret`: D."""
    return Keyed(rid, secret, door=False)


def seal_room(
    rid: bytes, room: tuple[int, bytes], text: str, kind: str, *about: object, nonce: bytes | None = None
) -> bytes:
    """`room`: the newest (id, T) of the block."""
    id_, key = room
    return u8(id_) + seal(hkdf(key, f"room {kind}"), pad(text, kind), aad(rid, kind, *about), nonce)


def open_room(rid: bytes, rooms: dict[int, bytes], sealed: bytes, kind: str, *about: object) -> str:
    """Raises Bad."""
    reader = Reader(sealed)
    key = rooms.get(reader.number(1))
    if key is None:
        raise Bad("room")
    return unpad(unseal(hkdf(key, f"room {kind}"), reader.rest(), aad(rid, kind, *about)), kind)


def seal_own(epoch: Epoch, own: Pair, text: str, kind: str, *about: object, nonce: bytes | None = None) -> bytes:
    padded, aad_ = pad(text, kind), aad(epoch.roster.rid, kind, *about)
    signature = own.sign(_said(epoch, aad_, padded))
    return u32(epoch.roster.n) + own.mid + seal(_own_key(epoch, own.mid, kind), signature + padded, aad_, nonce)


def open_own(epochs: dict[int, Epoch], author: bytes, sealed: bytes, kind: str, *about: object) -> str:
    """`author`: the seat that the server names, 8 bytes. Raises Bad where that seat did not write it so in an epoch that one has."""
    reader = Reader(sealed)
    epoch, mid = epochs.get(reader.number(4)), reader.take(16)
    entry = epoch and epoch.roster.of(mid)
    if epoch is None or entry is None:
        raise Bad("author unknown")
    if entry.seat != author:
        raise Bad("another author")
    aad_ = aad(epoch.roster.rid, kind, *about)
    inner = Reader(unseal(_own_key(epoch, mid, kind), reader.rest(), aad_))
    signature, padded = inner.take(SIGNATURE), inner.rest()
    if not signed(entry.keys.ms, signature, _said(epoch, aad_, padded)):
        raise Bad("signature")
    return unpad(padded, kind)


def _own_key(epoch: Epoch, mid: bytes, kind: str) -> bytes:
    return epoch.exporter("words", f"{kind} {b64(mid)}".encode())


def _said(epoch: Epoch, aad_: bytes, padded: bytes) -> bytes:
    return b"circle/1 words" + epoch.head + sha256(aad_, padded)
