"""A server that changes, swaps, repeats, keeps back and puts out of order each field of what it says: nobody new has keys, and what
cannot be mended is said within its bound. A row for each lie."""

from collections.abc import Awaitable, Callable

import pytest

from tests.lies import happenings, outcomes
from tests.lies.circle import circle
from tests.lies.table import ROWS, Row

What = Callable[..., Awaitable[None]]


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_a_lie_lets_nobody_in_and_is_refused_or_shown(row: Row) -> None:
    async with circle("Ada", "Bo") as here:
        before = {name: here.head(name) for name in here.people}
        here.edge.lie = row.lie(here)
        happening: What = getattr(happenings, row.when)
        await happening(here)
        outcome: What = getattr(outcomes, row.then)
        await outcome(here, row.to, before[row.to])
        assert here.strangers() == []
        here.edge.lie = lambda told: [told]
        await outcomes.whole(here)
