"""Eight people in a circle on a real server: two who facilitate, five members, one who only listens."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from tests.bots.participant import Links, open_circle
from tests.bots.rogue import Rogue
from tests.check import BIN, ROOT
from tests.hourglass import Hourglass
from tests.serving import Serving

FACILITATORS = ["Maren", "Ilya"]
MEMBERS = ["Ruth", "Tomás", "Noor", "Sami", "Lena"]
SPEAKERS = FACILITATORS + MEMBERS
LISTENER = "Obi"
BURST = 3
"""packets of sound, from each"""
MISSED = """
const { missed } = await import("./static/js/agenda.js");
const [view, me, now] = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(missed(view, me, now)));
"""


class Eight:
    """The people by their names, and the time of their circle."""

    def __init__(self, links: Links, time: Hourglass) -> None:
        self.links, self.time = links, time
        self.people: dict[str, Rogue] = {}
        for name in [*SPEAKERS, LISTENER]:
            self.people[name] = Rogue(links.facilitators if name in FACILITATORS else links.members, name)

    def __getitem__(self, name: str) -> Rogue:
        return self.people[name]

    @property
    def connected(self) -> list[Rogue]:
        return [one for one in self.people.values() if not one.line.gone]

    async def comes(self, name: str) -> None:
        """In by the door, or by the key; seated, with sound."""
        one = self[name]
        if name in FACILITATORS:
            await one.enter()
        else:
            await one.knock(role="observer" if name == LISTENER else "member")
            await self["Maren"].admit(one)
        await one.sit()
        if name != LISTENER:
            await one.publish()

    async def all_see(self, **what: object) -> None:
        """Everybody who is connected; fields of `Seen`."""
        for one in self.connected:
            await one.until_sees(**what)

    async def all_hear(self, *names: str, quiet: str | None = None) -> None:
        """Everybody sends, but for `quiet`: all see that just these may be heard, and just these are."""
        await self.all_see(heard=list(names))
        before = {name: one.sent for name, one in self.people.items()}
        for one in self.connected:
            if one.role != "observer" and one.name != quiet:
                one.sound(BURST)
        await self.settled()
        heard = {one.name: self._heard_since(one, before) for one in self.connected}
        assert heard == {one.name: {*names} - {one.name, quiet} for one in self.connected}, f"heard were {heard}"

    def _heard_since(self, listener: Rogue, before: dict[str, int]) -> set[str]:
        return {
            name for name, of in self.people.items() if any(one > before[name] for one in listener.numbers(of.seat))
        }

    async def settled(self) -> None:
        for _ in range(2):  # what one has sent before is at the relay, then with the others
            for one in self.connected:
                await one.settled()

    async def turn(self, name: str, seconds: float) -> None:
        """Offered, after the breath accepted, and alone heard for so long."""
        await self.all_see(stick=f"offered to {name}", heard=[])
        await self.breath()
        await self[name].accept()
        await self.all_see(stick=f"with {name}")
        await self.all_hear(name)
        await self.time.passes(seconds)

    async def breath(self) -> None:
        """Until the offered stick may be accepted."""
        stick = self["Maren"].view["stick"]
        await self.time.passes(max(0.0, stick["not_before"] - self.time.now()))

    async def until_left(self, minutes: float) -> None:
        """Time passes until so much is left of the circle by its agenda, as all see."""
        ends = {one.view["ends"] for one in self.connected}
        assert len(ends) == 1
        await self.time.passes(ends.pop() - 60 * minutes - self.time.now())


async def missed(of: Rogue, now: float) -> list[str]:
    """Who has not been heard, as the page tells this person near the end: by the page's own module, run in node."""
    node = await asyncio.create_subprocess_exec(
        *(BIN / "node", "--input-type=module", "-e", MISSED),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await node.communicate(json.dumps([of.view, of.seat, now]).encode())
    return [name for seat, name in of.names().items() if seat in json.loads(said)]


@asynccontextmanager
async def eight(time: Hourglass | None = None, **parts: Any) -> AsyncGenerator[Eight]:
    """An open circle that nobody has come to yet. `parts`: as for `Serving`."""
    time = time or Hourglass()
    with Serving(timings=None, now=time.now, later=time.later, **parts) as served:
        circle = Eight(await open_circle(served.base), time)
        try:
            yield circle
        finally:
            for one in circle.people.values():
                await one.close()
