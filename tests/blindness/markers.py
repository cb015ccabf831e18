"""What must not be found: words, secrets and frames that nobody could say by chance, and every way in which they may be written."""

import base64
import json
import secrets
import string
from collections import defaultdict
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote

LETTERS = string.ascii_lowercase + string.digits
LENGTH = 16
"""bytes of a frame that make a marker"""
STARTS = {"audio": (24, 120), "video": (16, 64)}
"""where in a frame: behind what is the same in all of them, and, of VP8, behind the bytes that stay readable"""
VARIED = 10
"""different bytes that a piece of a frame must have"""
PIECES = 16
"""of one stream at most: the newest ones"""


class Kind(StrEnum):
    WORD = "word"
    """that stands in the circle, or at its door, for a while"""
    WHISPER = "whisper"
    """that is passed on and kept nowhere"""
    SECRET = "secret"  # noqa: S105  a kind of markers
    """of a link, a knock, or the room"""
    EPOCH = "epoch"
    """an epoch's secret"""
    SOUND = "sound"
    PICTURE = "picture"
    SHOWN = "shown"
    """what the server is told, and is to be found: who finds none of it has not looked"""


WORDS = frozenset({Kind.WORD, Kind.WHISPER})
FRAMES = {"audio": Kind.SOUND, "video": Kind.PICTURE}


class Marker(NamedTuple):
    kind: Kind
    what: str
    """of which it is one, as "note" or "agreements"; of a frame, whose it is"""
    data: bytes


def forms(marker: Marker) -> set[bytes]:
    """As it is, in hex, in base64 and base64url wherever they begin, for addresses; of words each of these in several codes."""
    if marker.kind not in WORDS:
        return _written(marker.data)
    text = marker.data.decode()
    codes = {text.encode(code) for code in ("utf-8", "latin-1", "utf-16-le", "utf-32-le", "unicode-escape")}
    escaped = json.dumps(text)[1:-1].encode()
    addresses = {quote(text).encode(), quote(text).lower().encode()}
    return addresses.union(*map(_written, codes | {escaped}))


def _written(data: bytes) -> set[bytes]:
    percent = {"".join(f"%{byte:02{case}}" for byte in data).encode() for case in "xX"}
    return {data, data.hex().encode(), data.hex().upper().encode(), *_base64(data), *percent}


def _base64(data: bytes) -> set[bytes]:
    """Without the letters at both ends that hold bits of what stands beside it."""
    found: set[bytes] = set()
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data).rstrip(b"=")
        inner = whole[(0, 2, 3)[before] : len(whole) - ((before + len(data)) % 3 > 0)]
        found |= {inner, inner.translate(bytes.maketrans(b"+/", b"-_"))}
    return found


class Marks:
    """All markers of some meetings."""

    def __init__(self) -> None:
        self._made: set[Marker] = set()
        self._frames: dict[tuple[str, str], list[bytes]] = defaultdict(list)

    def word(self, what: str, kind: Kind = Kind.WORD) -> str:
        """A word that has never been said, with a letter beyond ASCII."""
        text = "ë".join("".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(2))
        self._made.add(Marker(kind, what, text.encode()))
        return text

    def whisper(self, what: str) -> str:
        return self.word(what, Kind.WHISPER)

    def secret(self, what: str, data: bytes, kind: Kind = Kind.SECRET) -> None:
        self._made.add(Marker(kind, what, data))

    def frame(self, seat: str, kind: str, frame: bytes) -> None:
        """As the encoder gave it."""
        starts = STARTS[kind]
        pieces = (frame[start : start + LENGTH] for start in starts if len(frame) >= start + LENGTH)
        self._frames[seat, kind] += [piece for piece in pieces if len(set(piece)) >= VARIED]

    def all(self) -> frozenset[Marker]:
        """So far."""
        streams = self._frames.items()
        frames = {Marker(FRAMES[kind], seat, piece) for (seat, kind), known in streams for piece in _newest(known)}
        return frozenset(self._made | frames)


def _newest(pieces: list[bytes]) -> list[bytes]:
    """That stand in one frame of the stream alone, so that they are nothing which all have."""
    return [piece for piece in pieces[-PIECES:] if pieces.count(piece) == 1]
