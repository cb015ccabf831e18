"""A circle in which everybody sends sound and picture all the time, so that whatever is let through comes.

Every packet has a number. From an acknowledged command on it is in force; what was sent before a mark has been dealt with when all are
settled. So "not one packet" is exact.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from tests.bots.gathering import Gathering, gathering
from tests.bots.rogue import Rogue
from tests.bots.tasks import stop

KINDS = ("audio", "video")
SOON = 30.0


class Talking:
    """On the open floor, where all hear all: Fay, Ada, Bo and Cy send sound and picture without a pause; Obi listens."""

    def __init__(self, circle: Gathering, people: dict[str, Rogue]) -> None:
        self.circle, self.people = circle, people
        self.fay, self.ada, self.bo, self.cy, self.obi = (people[name] for name in ("fay", "ada", "bo", "cy", "obi"))

    @property
    def senders(self) -> list[Rogue]:
        return [one for one in self.people.values() if one is not self.obi]

    async def do(self, one: Rogue, command: str, **fields: Any) -> dict[str, int]:
        """A command that is in force when this returns; how many packets each had sent by then."""
        await one.line.command(command, **fields)
        return self.mark()

    def mark(self) -> dict[str, int]:
        return {one.seat: one.sent for one in self.senders}

    async def hears(self, listener: Rogue, of: Rogue, kind: str = "audio") -> None:
        """Wait until something comes that is sent from now on."""
        since = of.sent
        await listener.listener.until(lambda: any(one > since for one in listener.numbers(of.seat, kind)), SOON)

    async def settled(self) -> None:
        for _ in range(2):  # what one has sent before is at the relay, then with the others
            for one in self.people.values():
                await one.settled()

    def leaked(
        self, listener: Rogue, of: Rogue, since: dict[str, int], until: dict[str, int] | None = None, kind: str = ""
    ) -> list[int]:
        """What came of the packets that were sent between two marks."""
        last = until[of.seat] if until else of.sent
        kinds = (kind,) if kind else KINDS
        return [one for of_kind in kinds for one in listener.numbers(of.seat, of_kind) if since[of.seat] < one <= last]


async def send(one: Rogue) -> None:
    while True:
        one.sound()
        one.picture()
        await asyncio.sleep(0.005)


@asynccontextmanager
async def all_talk() -> AsyncGenerator[Talking]:
    async with gathering() as circle:
        people = {"fay": await circle.begins(Rogue(circle.links.facilitators, "Fay"))}
        for name in ("ada", "bo", "cy"):
            people[name] = await circle.joins(Rogue(circle.links.members, name))
        people["obi"] = await circle.joins(Rogue(circle.links.members, "Obi"), role="observer")
        here = Talking(circle, people)
        for one in here.senders:
            await one.publish()
        await here.do(here.fay, "set_floor", floor="open")
        talking = [asyncio.create_task(send(one)) for one in here.senders]
        try:
            for listener in people.values():
                for of in here.senders:
                    if of is not listener:
                        await here.hears(listener, of)
                        await here.hears(listener, of, "video")
            yield here
        finally:
            await stop(*talking)
