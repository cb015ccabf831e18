"""Bots beside a page: they live in a thread of their own, so that a test may press in a browser and wait for them."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from tests.bots.member import Member
from tests.bots.participant import Links, Participant, open_circle
from tests.lies.edge import Lying

Some = TypeVar("Some")
SOON = 60.0


class Aside:
    def __init__(self, served: Lying) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.served = served
        self.people: list[Participant] = []
        self.links: Links = self.run(open_circle(served.base))

    def run(self, work: Coroutine[Any, Any, Some]) -> Some:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SOON)

    def enters(self, name: str) -> Participant:
        one = self._known(Participant(self.links.facilitators, name))
        self.run(one.enter())
        self.run(one.until_keyed())
        return one

    def comes(self, one: Participant) -> Participant:
        self._known(one)
        self.run(one.knock())
        self.run(self.people[0].admit(one))
        self.run(one.until_keyed())
        return one

    def speaks(self, name: str) -> Member:
        """Somebody whose tone and picture are on."""
        one = Member(self.links.members, name, listens=False)
        self.comes(one)
        self.run(one.sit())
        self.run(self.people[0].offer(one))
        self.run(one.accept())
        return one

    def lets_in(self) -> str:
        """Whoever knocks at a page; returns their seat."""

        async def let_in() -> str:
            fay = self.people[0]
            view = await fay.line.until(lambda view: bool(view.get("knocks")), SOON)
            seat = str(view["knocks"][0]["seat"])
            await fay.keyed.let_in(seat)
            return seat

        return self.run(let_in())

    def _known(self, one: Participant) -> Participant:
        self.people.append(one)
        return one

    def close(self) -> None:
        for one in reversed(self.people):
            self.run(one.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
