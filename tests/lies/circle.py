"""A circle on a real server that may lie: Fay facilitates, Ada and Bo were let in. The time of its keys passes when the test says so."""

import asyncio
import hashlib
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

from tests.bots.keys import introduction
from tests.bots.keys.living import Keys
from tests.bots.keys.octets import b64, unb64
from tests.bots.participant import Links, Participant, open_circle
from tests.lies.edge import Edge, Lying, Told

STEP, SETTLES = 2.5, 0.05
"""seconds of the circle's time that pass at once, and of ours that news then need"""
WITHIN = 10.0


class Clock:
    """Ours, put forward."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.time() + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += seconds


class Circle:
    def __init__(self, edge: Edge, links: Links, clock: Clock) -> None:
        self.edge, self.links, self.clock = edge, links, clock
        self.people: dict[str, Participant] = {}
        self._mids: set[bytes] = set()
        self._seats: dict[str, str] = {}

    @property
    def fay(self) -> Participant:
        return self.people["Fay"]

    @property
    def ada(self) -> Participant:
        return self.people["Ada"]

    @property
    def bo(self) -> Participant:
        return self.people["Bo"]

    def seat(self, name: str) -> str | None:
        return self._seats.get(name)

    def keys(self, name: str) -> Keys:
        keys = self.people[name].keyed.keys
        assert keys is not None
        return keys

    def head(self, name: str) -> bytes | None:
        epoch = self.keys(name).epoch
        return epoch and epoch.head

    async def enters(self, name: str) -> None:
        one = self.people[name] = Participant(self.links.facilitators, name)
        await one.enter()
        self._known(one)
        await one.until_keyed()

    async def knocks(self, name: str, role: str = "member") -> None:
        one = self.people[name] = Participant(self.links.members, name)
        await one.knock(role=role)
        self._known(one)

    async def lets_in(self, name: str) -> None:
        """Who has knocked; waits for nothing more than the press."""
        one = self.people[name]
        await self.fay.admit(one)
        await one.line.until(lambda view: view["at"] == "circle")

    async def comes(self, name: str) -> None:
        await self.knocks(name)
        await self.lets_in(name)

    async def reloads(self, name: str) -> None:
        """With keys made anew."""
        one = self.people[name]
        await one.close()
        one.keyed.reload()
        self._known(one)
        await one.comes_back()

    def _known(self, one: Participant) -> None:
        keys = one.keyed.keys
        assert keys is not None
        keys.clock = self.clock.now
        self._mids.add(keys.pair.mid)
        self._seats[one.name] = one.seat

    async def passes(self, seconds: float) -> None:
        """Of the circle's time, in small steps, with all that people do meanwhile."""
        while seconds > 0:
            self.clock.forward(min(STEP, seconds))
            seconds -= STEP
            for one in list(self.people.values()):
                if one.keyed.keys is not None and not one.line.gone:
                    await one.keyed.keys.step()
            await asyncio.sleep(SETTLES)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Raises AssertionError with how it stands instead."""
        with suppress(TimeoutError):
            async with asyncio.timeout(WITHIN):
                while not holds():  # noqa: ASYNC110  of several lines and clocks
                    await asyncio.sleep(0.02)
                return
        raise AssertionError({name: self._stand(name) for name in self.people})

    def _stand(self, name: str) -> str:
        keys, one = self.keys(name), self.people[name]
        n = keys.epoch and keys.epoch.roster.n
        return f"has {n}, sends with {keys.sends}, refused {keys.standing.refused}, is told of {one.view.get('epoch')}"

    def agree(self) -> bool:
        """All who are connected have the same keys, of all who sit there, and send with them."""
        here = [name for name, one in self.people.items() if not one.line.gone]
        heads = {self.head(name) for name in here}
        rosters = [epoch.roster for name in here if (epoch := self.keys(name).epoch)]
        sits = {seat["id"] for seat in self.fay.view["seats"]}
        return (
            len(heads) == 1
            and len(rosters) == len(here)
            and {b64(seat) for seat in rosters[0].seats} == sits
            and all(self.keys(name).sends == rosters[0].n for name in here)
        )

    def _said(self, name: str) -> list[Told]:
        """By those who were let in, or knocked: not by anybody whom only the server knows."""
        seats = {*self._seats.values()}
        return [told for told in self.edge.heard if told.name == name and told.to in seats]

    def strangers(self) -> list[str]:
        """Keys that anybody holds or has given away, and that nobody made who is here; and epochs that no person made."""
        mids = self._mids | {introduced(told) for told in self._said("introduce") if "keys" in told.data}
        made = {hashlib.sha256(unb64(told.data["roster"])).digest() for told in self._said("commit")}
        found: list[str] = []
        for name in self.people:
            for n, epoch in self.keys(name).shelf.epochs.items():
                found += [f"{name}: keys of a stranger in {n}"] * (not epoch.roster.mids <= mids)
                found += [f"{name}: a made-up epoch {n}"] * (epoch.head not in made)
        return found


def introduced(told: Told) -> bytes:
    """The mid of the keys that somebody shows."""
    return introduction.read(unb64(told.data["keys"])).keys.mid


@asynccontextmanager
async def circle(*names: str) -> AsyncGenerator[Circle]:
    """With Fay, and those who were let in by her."""
    clock = Clock()
    with Lying(timings=None, now=clock.now) as served:
        made = Circle(served.edge, await open_circle(served.base), clock)
        try:
            await made.enters("Fay")
            for name in names:
                await made.comes(name)
                await made.until(made.agree)
            yield made
        finally:
            for one in reversed(made.people.values()):
                await one.close()
