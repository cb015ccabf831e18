"""A measured promise: what we got, beside whom, how much is allowed, and whether it holds. Knows nothing of how it was measured."""

import math
from dataclasses import dataclass

HEAD = ("what", "ours", "theirs", "ratio", "limit", "")


@dataclass(frozen=True)
class Row:
    """`theirs` given: `limit` is for ours divided by theirs. Not given: `limit` is for ours itself."""

    name: str
    ours: float
    unit: str
    limit: float
    theirs: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours beside theirs; not a number where theirs says nothing."""
        if self.theirs is None:
            return None
        return self.ours / self.theirs if self.theirs > 0 else math.nan

    @property
    def holds(self) -> bool:
        """What could not be measured does not hold."""
        counted = self.ours if self.ratio is None else self.ratio
        return 0 <= counted <= self.limit

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        limit = f"{self.limit:g} {self.unit}" if self.ratio is None else f"{self.limit:g}"
        verdict = "holds" if self.holds else "falls short"
        return (self.name, self._figure(self.ours), self._figure(self.theirs), ratio, f"<= {limit}", verdict)

    def _figure(self, value: float | None) -> str:
        if value is None:
            return ""
        return "not measured" if math.isnan(value) else f"{value:.3g} {self.unit}"


def unmeasured(name: str, why: str) -> Row:
    """A row that could not be measured, which is no better than one that falls short."""
    return Row(name, math.nan, "", 0.0, note=why)


def table(rows: list[Row]) -> str:
    """One line each in columns, notes beneath the rows they belong to."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    printed = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    noted = [f"    {row.note}" if row.note else "" for row in rows]
    body = [text for pair in zip(printed[1:], noted, strict=True) for text in pair if text]
    return "\n".join([printed[0], *body])


def verdict(rows: list[Row]) -> int:
    """The exit code: 0 only if something was measured and all of it holds."""
    return 0 if rows and all(row.holds for row in rows) else 1
