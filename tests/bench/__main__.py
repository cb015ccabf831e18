"""`python -m tests.bench [name ...]`: measures all promises, or those named, and prints a row each. Exit code 1 if any falls short."""

import asyncio
import importlib
import sys
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from tests.bench.rows import Row, table, unmeasured, verdict


class Measure(NamedTuple):
    """A module beside this one that has `measure() -> rows`, and how long it takes, in words."""

    name: str
    takes: str


MEASURES = (
    Measure("weight", "a second"),
    Measure("frames", "some seconds"),
    Measure("commit", "half a minute"),
    Measure("rekey", "a minute or two"),
    Measure("stick", "some seconds"),
    Measure("join", "half a minute"),
    Measure("relay", "a minute or two"),
)


def measure(one: Measure) -> list[Row]:
    """What it measured. Whatever goes wrong is a row that falls short, so that the others are still seen."""
    try:
        found: Callable[[], Awaitable[list[Row]] | list[Row]] = importlib.import_module(
            f"tests.bench.{one.name}"
        ).measure
        rows = found()
        return rows if isinstance(rows, list) else asyncio.run(_awaited(rows))
    except Exception as error:
        return [unmeasured(one.name, f"could not be measured: {type(error).__name__}: {error}")]


async def _awaited(rows: Awaitable[list[Row]]) -> list[Row]:
    return await rows


def main(arguments: list[str], measures: tuple[Measure, ...] = MEASURES) -> int:
    known = {one.name for one in measures}
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"no such row: {', '.join(unknown)}. There are: {', '.join(sorted(known))}.", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for one in measures:
        if not arguments or one.name in arguments:
            print(f"measuring {one.name}: {one.takes}", file=sys.stderr, flush=True)
            rows += measure(one)
    print(table(rows))
    return verdict(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
