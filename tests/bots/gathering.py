"""A circle on a real server with bots in it, for tests: they come one after the other, and are gone at the end."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypeVar

from tests.bots.member import Member
from tests.bots.participant import Links, open_circle
from tests.bots.rogue import Rogue
from tests.serving import Serving

Some = TypeVar("Some", Member, Rogue)


class Gathering:
    """A circle on a real server, and everybody who sits in it."""

    def __init__(self, served: Serving, links: Links) -> None:
        self.served, self.links = served, links
        self.everybody: list[Member | Rogue] = []

    async def begins(self, host: Some) -> Some:
        """With a facilitator."""
        self.everybody.append(host)
        await host.enter()
        await host.sit()
        return host

    async def joins(self, one: Some, *, role: str = "member") -> Some:
        self.everybody.append(one)
        await one.knock(role=role)
        await self.everybody[0].admit(one)
        await one.sit()
        return one


@asynccontextmanager
async def gathering() -> AsyncGenerator[Gathering]:
    with Serving(timings=None) as served:
        circle = Gathering(served, await open_circle(served.base))
        try:
            yield circle
        finally:
            for one in reversed(circle.everybody):
                await one.close()
