"""What must come of a lie, for the one who was lied to. Bounds are the protocol's: 10 s for heads that differ, 60 s for a sign."""

from tests.lies.circle import Circle

SAYS, SIGN = 10.0, 10.0
"""seconds: after which heads that differ are said, and until there is a sign by which they can"""


async def mended(here: Circle, to: str, before: bytes | None) -> None:
    """All have the new keys, and nothing needs to be said."""
    await here.passes(2.5)
    await here.until(here.agree)
    assert here.head(to) != before
    await unwarned(here)


async def shown(here: Circle, to: str, before: bytes | None) -> None:
    """Nothing else is believed. Within the bound it is said that not everyone sees the same circle, or they are outside, and see that."""
    await here.passes(SIGN + SAYS + 1)
    assert here.head(to) in (before, None)
    assert here.keys(to).apart or here.keys(to).epoch is None
    assert not here.keys("Fay").apart


async def silent(here: Circle, to: str, before: bytes | None) -> None:
    """The facilitator's sign is missing, and that is said to who misses it."""
    assert here.keys(to).silent
    assert not here.keys("Bo").silent
    assert here.head(to) == before


async def unmoved(here: Circle, to: str, before: bytes | None) -> None:
    assert here.head(to) == before
    await unwarned(here)


async def nobody_new(here: Circle, to: str, before: bytes | None) -> None:
    """It may have made new keys, for those who sit there."""


async def stops_sending(here: Circle, to: str, before: bytes | None) -> None:
    """Who sees somebody go and no new keys come sends no more."""
    assert here.head(to) == before
    assert here.keys(to).sends is None


async def whole(here: Circle) -> None:
    """When the server tells the truth again, all have the same keys and are warned of nothing; who was kept out for long, after a press."""
    await here.fay.line.command("raise_hand", up=False)
    await here.fay.raises_hand()
    await here.passes(25)
    for seat in here.fay.view["seats"]:
        if seat["boxes"]:
            await here.fay.keyed.take_in(seat["id"])
    await here.passes(15)
    await here.until(here.agree)
    await unwarned(here)


async def unwarned(here: Circle) -> None:
    warned = {name for name in here.people if here.keys(name).apart or here.keys(name).silent}
    assert warned == set()
