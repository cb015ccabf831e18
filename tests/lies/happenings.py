"""What happens in a circle while its server lies."""

from tests.lies.circle import Circle


async def somebody_comes(here: Circle) -> None:
    """Whoever is let in brings new keys for all."""
    await here.comes("Cy")


async def two_come(here: Circle) -> None:
    await here.comes("Cy")
    await here.comes("Di")


async def a_reload(here: Circle) -> None:
    await here.reloads("Bo")
    await here.passes(5)


async def a_moment_passes(here: Circle) -> None:
    """In which the server has something new to tell."""
    await here.fay.raises_hand()
    await here.passes(10)


async def half_a_minute_passes(here: Circle) -> None:
    await here.fay.raises_hand()
    await here.passes(30)


async def a_minute_passes(here: Circle) -> None:
    await here.passes(70)
