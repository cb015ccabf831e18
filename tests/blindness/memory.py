"""All that a process has in its memory, what it has let go included, read from outside while it runs."""

from collections.abc import Iterator
from pathlib import Path

PART = 8 << 20


def parts(pid: int, overlap: int) -> Iterator[bytes]:
    """Of every map that can be read, but for files that nobody can have written in there. Each begins with the end of the one before."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for start, end in _maps(pid):
            for at in range(start, end, PART):
                length = min(end - at, PART + overlap)
                try:
                    memory.seek(at)
                    yield memory.read(length)
                except OSError:
                    break  # given back to the system meanwhile


def _maps(pid: int) -> Iterator[tuple[int, int]]:
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        span, rights, _, _, inode, *name = line.split(maxsplit=5)
        if rights[0] != "r" or (rights[1] != "w" and inode != "0") or name[:1] in (["[vvar]"], ["[vsyscall]"]):
            continue
        start, end = (int(side, 16) for side in span.split("-"))
        yield start, end
