"""Who is removed opens nothing that is made later than a second after, though the relay goes on forwarding all to them; and who comes opens
nothing of before, though they were given every packet. By the clock of the circle, which passes when the test says so."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from tests.bots.participant import Links, open_circle
from tests.bots.tasks import stop
from tests.hourglass import Hourglass
from tests.lies.edge import Edge, Lying
from tests.lies.lies import About, all_of, withhold
from tests.lies.talkers import Helpful, Talker
from tests.serving import settings

BOUND = 1.0
ENOUGH = 40
"""frames: so many that it is known what becomes of such"""
SOON = 30.0


class Glass(Hourglass):
    """Here timers ring of which nobody asks for the next one."""

    async def _is_asked_again(self, asked: int) -> None:
        await asyncio.sleep(0.02)


class Talking:
    """Fay, Ada and Bo talk all at once, without a pause."""

    def __init__(self, edge: Edge, links: Links, glass: Glass) -> None:
        self.edge, self.links, self.glass = edge, links, glass
        self.people: list[Talker] = []
        self._sending: list[asyncio.Task[None]] = []

    async def comes(self, name: str, *, facilitates: bool = False, talks: bool = True) -> Talker:
        one = Talker(self.links.facilitators if facilitates else self.links.members, name, self.glass)
        self.people.append(one)
        await (one.enter() if facilitates else one.knock())
        assert one.keyed.keys is not None
        one.keyed.keys.clock = self.glass.now
        if not facilitates:
            await self.people[0].admit(one)
        await one.sit()
        if talks:
            await one.publish()
            self._sending.append(asyncio.create_task(_talk(one)))
        return one

    async def removes(self, one: Talker) -> float:
        """With all new keys in place, and no time passed."""
        self.people.remove(one)
        at = self.glass.now()
        await self.people[0].line.command("remove", seat=one.seat)
        await self.until(lambda: all(self._without(other, one) for other in self.people))
        return at

    @staticmethod
    def _without(other: Talker, one: Talker) -> bool:
        epoch = other.keyed.epoch
        return epoch is not None and one.keyed.keys is not None and epoch.roster.of(one.keyed.keys.pair.mid) is None

    async def passes(self, seconds: float) -> None:
        """And everybody looks what is due by then."""
        await self.glass.passes(seconds)
        for one in self.people:
            if one.keyed.keys is not None:
                await one.keyed.keys.step()
            for peer in (one.publisher, one.listener):
                if peer.sessions is not None:
                    peer.check()

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(SOON):
            while not holds():  # noqa: ASYNC110  of several lines and clocks
                await asyncio.sleep(0.02)

    async def until_recorded(self, one: Talker) -> None:
        """Enough more of what all send."""
        before = len(one.listener.packets)
        await self.until(lambda: len(one.listener.packets) > before + 4 * ENOUGH)

    async def close(self) -> None:
        await stop(*self._sending)
        for one in reversed(self.people):
            await one.close()


async def _talk(one: Talker) -> None:
    while True:
        one.sound()
        one.picture()
        await asyncio.sleep(0.02)


@asynccontextmanager
async def talking() -> AsyncGenerator[Talking]:
    glass, given = Glass(time.time()), settings()
    helpful = Helpful(given.media_host, given.media_port, given.public_ip)
    with Lying(timings=None, given=given, now=glass.now, later=glass.later, engine=helpful) as served:
        here = Talking(served.edge, await open_circle(served.base), glass)
        try:
            await here.comes("Fay", facilitates=True)
            for name in ("Ada", "Bo"):
                await here.comes(name)
            await here.people[0].line.command("set_floor", floor="open")
            yield here
        finally:
            await here.close()


def _since(one: Talker, at: float) -> int:
    """How many of the frames that they can open were made later than that."""
    return sum(made > at for made in one.opens(one.recorded))


async def _opens_nothing_later(here: Talking, name: str) -> None:
    ada = here.people[1]
    gone = await here.comes(name, talks=False)
    await here.passes(1.5)
    await here.until_recorded(gone)
    assert _since(gone, 0.0) > ENOUGH
    at = await here.removes(gone)
    await here.passes(BOUND)
    for one in (ada, gone):
        one.listener.packets.clear()
    await here.passes(0.01)
    await here.until_recorded(ada)
    await here.until_recorded(gone)
    assert _since(ada, at + BOUND) > ENOUGH
    assert _since(gone, at + BOUND) == 0
    await gone.close()
    await here.passes(20)  # nobody may let in and remove faster for long


async def test_with_a_relay_that_forwards_all_who_was_removed_opens_nothing_a_second_later() -> None:
    async with talking() as here:
        for name in ("Cy", "Di", "Ed", "Flo", "Gus"):
            await _opens_nothing_later(here, name)


async def test_and_though_the_server_tells_nobody_to_switch() -> None:
    async with talking() as here:
        seats = {one.name: one.seat for one in here.people}
        here.edge.lie = all_of(*(withhold(About(name, "switch", ""), seats.get, here.edge.told) for name in seats))
        for name in ("Cy", "Di"):
            await _opens_nothing_later(here, name)


async def test_who_comes_opens_nothing_of_before_though_they_are_given_every_packet() -> None:
    async with talking() as here:
        ada = here.people[1]
        for name in ("Cy", "Di"):
            ada.listener.packets.clear()
            await here.until_recorded(ada)
            before = ada.recorded
            one = await here.comes(name, talks=False)
            assert one.opens(before) == []
            assert len(ada.opens(before)) > ENOUGH
            await here.until_recorded(one)
            assert _since(one, 0.0) > ENOUGH
