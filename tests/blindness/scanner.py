"""Finds thousands of markers in many megabytes, in whatever form they are written there."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from tests.blindness.markers import Marker, forms

HEAD = 8
BITS = 22
BLOCK = 1 << 19
MIX = np.uint32(2654435761)


class Scanner:
    """First four bytes through a table that lets few others pass, then eight, then all of a form."""

    def __init__(self, markers: Iterable[Marker]) -> None:
        self._by_head: dict[bytes, list[tuple[bytes, Marker]]] = defaultdict(list)
        for marker in markers:
            for form in forms(marker):
                assert len(form) > HEAD, f"too short to be looked for: {marker}"
                self._by_head[form[:HEAD]].append((form, marker))
        self._longest = max((len(form) for found in self._by_head.values() for form, _ in found), default=0)
        self._table = np.zeros(1 << BITS, dtype=bool)
        heads = b"".join(head[:4] for head in self._by_head)
        self._table[_place(np.frombuffer(heads, dtype="<u4"))] = True

    def find(self, data: bytes) -> set[Marker]:
        found: set[Marker] = set()
        for start in range(0, len(data), BLOCK):
            self._look(data, start, found)
        return found

    def _look(self, data: bytes, start: int, found: set[Marker]) -> None:
        """Forms that begin in this block."""
        block = data[start : start + BLOCK + 3]
        if len(block) < 4 + 3 or not block.strip(b"\0"):
            return  # no form is so short, and none is empty
        for offset in range(4):
            words = np.frombuffer(block, dtype="<u4", count=max(0, len(block) - offset) // 4, offset=offset)
            for at in np.flatnonzero(self._table[_place(words)]):
                self._compare(data, start + offset + 4 * int(at), found)

    def _compare(self, data: bytes, at: int, found: set[Marker]) -> None:
        for form, marker in self._by_head.get(data[at : at + HEAD], ()):
            if data.startswith(form, at):
                found.add(marker)

    @property
    def longest(self) -> int:
        """Bytes of the longest form: by so much parts that are looked through one after another have to overlap."""
        return self._longest


def _place(words: "np.typing.NDArray[np.uint32]") -> "np.typing.NDArray[np.uint32]":
    return (words * MIX) >> np.uint32(32 - BITS)
