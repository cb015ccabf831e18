"""Encrypted sound and pictures (7.9): Opus whole, VP8 but for its first bytes. No key, no frame: nothing passes as it is."""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from tests.bots.keys import sframe
from tests.bots.keys.octets import Bad

CLEAR = {True: 10, False: 3}
"""bytes of a VP8 frame that stay readable, by whether it is a key frame"""
LAST = 2**48
"""a counter that is never used"""
WINDOW = 1024
KEPT = 10.0
"""seconds for which the keys of an epoch before still open frames"""
Clock = Callable[[], float]


def kid(index: int, n: int) -> int:
    return index << 8 | n % 256


def _clear(frame: bytes, length: int, kind: str) -> int:
    """How much of a frame of that length stays readable."""
    if kind == "audio" or length <= 0:
        return 0
    return min(CLEAR[frame[0] & 1 == 0], length)


def seal(key: sframe.Key, ctr: int, kind: str, frame: bytes) -> bytes:
    """`kind`: audio or video. The frame is not empty."""
    clear = frame[: _clear(frame, len(frame), kind)]
    head, sealed = key.seal(ctr, frame[len(clear) :], clear)
    return head + sealed if kind == "audio" else clear + sealed + head + bytes([len(head)])


class Parts(NamedTuple):
    kid: int
    ctr: int
    clear: bytes
    sealed: bytes


def split(kind: str, data: bytes) -> Parts:
    """Raises Bad."""
    if kind == "audio":
        kid_, ctr, length = sframe.read_header(data)
        return Parts(kid_, ctr, b"", _tagged(data[length:]))
    if not data or not 0 < data[-1] < len(data):
        raise Bad("header")
    body, head = data[: -1 - data[-1]], data[-1 - data[-1] : -1]
    kid_, ctr, length = sframe.read_header(head)
    if length != len(head):
        raise Bad("header")
    clear = _clear(_tagged(body), len(body) - sframe.TAG, kind)
    return Parts(kid_, ctr, body[:clear], body[clear:])


def _tagged(body: bytes) -> bytes:
    if len(body) < sframe.TAG:
        raise Bad("short")
    return body


class Sealing:
    """One sender's key of the moment, with one counter for all its tracks; several threads may seal."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key: sframe.Key | None = None
        self._next: dict[tuple[bytes, int], int] = {}
        """the next counter of each key that there ever was: none begins again"""
        self._of = (b"", 0)

    def switch(self, base_key: bytes | None, kid_: int = 0) -> None:
        """To another epoch's key; None: nothing more goes out."""
        with self._lock:
            self._key = None if base_key is None else sframe.Key(base_key, kid_)
            self._of = (base_key or b"", kid_)

    def seal(self, kind: str, frame: bytes) -> bytes | None:
        """None: it is to be dropped."""
        with self._lock:
            key, ctr = self._key, self._next.get(self._of, 0)
            if key is None or not frame or ctr >= LAST:
                return None
            self._next[self._of] = ctr + 1
        return seal(key, ctr, kind, frame)


class _Slot(NamedTuple):
    seat: str
    key: sframe.Key
    until: float


class Window:
    """Which of the newest counters were seen."""

    def __init__(self) -> None:
        self._top = -1
        self._seen = 0

    def fresh(self, ctr: int) -> bool:
        behind = self._top - ctr
        return behind < 0 or (behind < WINDOW and not self._seen >> behind & 1)

    def mark(self, ctr: int) -> None:
        if ctr > self._top:
            self._seen = (self._seen << (ctr - self._top)) & ((1 << WINDOW) - 1) if ctr - self._top < WINDOW else 0
            self._top = ctr
        self._seen |= 1 << (self._top - ctr)


class Opening:
    """The keys of those whom one hears, by KID; what a track brings opens only by a key of the seat that it is said to be of."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._slots: dict[int, _Slot] = {}
        self._windows: dict[tuple[sframe.Key, str], Window] = {}

    def install(self, keys: dict[int, tuple[str, bytes]]) -> None:
        """An epoch's keys: KID -> (seat, base_key). Those of the epoch before live on for a while, where no new key needs their place."""
        until = self._clock() + KEPT
        with self._lock:
            kept = {kid_: slot._replace(until=min(slot.until, until)) for kid_, slot in self._slots.items()}
            fresh = {kid_: _Slot(seat, sframe.Key(base, kid_), float("inf")) for kid_, (seat, base) in keys.items()}
            self._slots = kept | fresh
            live = {slot.key for slot in self._slots.values()}
            self._windows = {of: window for of, window in self._windows.items() if of[0] in live}

    def wipe(self) -> None:
        with self._lock:
            self._slots = {}

    def window(self, key: sframe.Key, kind: str) -> Window:
        """It outlives the connection that the track is on, or what came before could come again."""
        with self._lock:
            return self._windows.setdefault((key, kind), Window())

    def of(self, seat: str, kid_: int) -> sframe.Key:
        """Raises Bad."""
        with self._lock:
            slot = self._slots.get(kid_)
        if slot is None or slot.until < self._clock():
            raise Bad("no key")
        if slot.seat != seat:
            raise Bad("another seat")
        return slot.key


class Track:
    """What comes of one seat's sound or picture."""

    def __init__(self, opening: Opening, seat: str, kind: str) -> None:
        self._opening, self._seat, self._kind = opening, seat, kind

    def open(self, data: bytes) -> bytes:
        """The frame. Raises Bad for what is to be dropped."""
        parts = split(self._kind, data)
        key = self._opening.of(self._seat, parts.kid)
        window = self._opening.window(key, self._kind)
        if not window.fresh(parts.ctr):
            raise Bad("replayed")
        frame = parts.clear + key.open(parts.ctr, parts.sealed, parts.clear)
        window.mark(parts.ctr)
        if not frame:
            raise Bad("empty")
        return frame
