"""Somebody in a circle, media aside: comes by a link, sees, and says what can be said. Verbs for tests; `follow` for a life of its own."""

import asyncio
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.bots import links
from tests.bots.seen import Seen, names, see
from tests.bots.signaling import Line, Refused, View
from tests.bots.verbs import Verbs

FOREVER = 10.0**7


class Links(NamedTuple):
    """By which people come to a circle."""

    facilitators: str
    members: str


async def open_circle(base: str) -> Links:
    secret = links.make()
    await Line(base, secret).open_circle()
    return Links(secret.facilitators(base), secret.members(base))


def base_of(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}"


async def stop(*tasks: asyncio.Task[None]) -> None:
    """Cancel until they end: who waits for an answer that comes at that moment may miss it (`wait_for` before Python 3.12).

    Raises what one of them failed by, so that nothing goes wrong unseen.
    """
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=0.1)
    for task in tasks:
        if not task.cancelled():
            task.result()


class Participant(Verbs):
    """`knock` or `enter`, then the verbs. Each waits until it can be done."""

    def __init__(self, link: str, name: str) -> None:
        self.name = name
        self.line = Line(base_of(link), links.parse(link))
        self.role = "member"

    async def knock(self, *, role: str = "member") -> None:
        """Ask to come in."""
        self.role = role
        await self.line.connect()
        await self.line.take_seat("knock", name=self.seal(self.name, "name"), note=None, role=role)

    async def enter(self) -> None:
        """Take a facilitator's seat; the link must be theirs."""
        self.role = "facilitator"
        await self.line.connect()
        await self.line.take_seat("enter", name=self.seal(self.name, "name"))

    async def close(self) -> None:
        """Gone, as by closing the browser."""
        await self.line.close()

    async def comes_back(self) -> None:
        """To the same seat, after `close`."""
        self.line.view = {}
        await self.line.connect()
        await self.line.until(lambda view: view["at"] == "circle")

    def seal(self, text: str, kind: str, *about: object) -> str:
        """Words for the circle; `about`: what else they belong to."""
        return self.line.secret.seal(text, kind, *about)

    def unseal(self, sealed: str, kind: str, *about: object) -> str:
        return self.line.secret.open(sealed, kind, *about)

    def sees(self) -> Seen:
        """What the newest view says, in words."""
        return see(self.view, self.unseal)

    def names(self) -> dict[str, str]:
        """By seat, in the order of the circle."""
        return names(self.view, self.unseal)

    async def until_sees(self, **what: object) -> None:
        """Wait until these fields of `Seen` are so. Raises AssertionError with what is seen instead."""
        try:
            await self.line.until(lambda _view: self.sees().differs(what) == {})
        except TimeoutError:
            raise AssertionError(f"{self.name} sees {self.sees().differs(what)}, not {what}") from None

    @property
    def seat(self) -> str:
        assert self.line.seat is not None
        return self.line.seat

    @property
    def view(self) -> View:
        return self.line.view

    def holds(self, view: View) -> bool:
        return view.get("at") == "circle" and view["stick"]["state"] == "held" and view["stick"]["seat"] == self.seat

    def offered(self, view: View) -> bool:
        return view.get("at") == "circle" and view["stick"]["state"] == "offered" and view["stick"]["seat"] == self.seat

    async def admit(self, other: "Participant") -> None:
        await self.line.until(lambda view: any(knock["seat"] == other.seat for knock in view["knocks"]))
        await self.line.command("admit", seat=other.seat)

    async def offer(self, to: "Participant") -> None:
        await self.line.until(lambda view: view["at"] == "circle" and view["stick"]["state"] == "resting")
        await self._stick("offer", to=to.seat)

    async def accept(self) -> None:
        """Take the stick as soon as it is offered; heard by the rules when it returns."""
        await self.line.until(self.offered)
        await self._stick("accept")
        await self.line.until(self.holds)

    async def decline(self) -> None:
        await self.line.until(self.offered)
        await self._stick("decline")

    async def comes_later(self) -> None:
        """Come back to me: after the others."""
        await self.line.until(self.offered)
        await self._stick("later")

    async def pass_on(self, to: "Participant | None" = None) -> None:
        await self.line.until(self.holds)
        await self._stick("pass", to=to.seat if to else None)

    async def lay_down(self) -> None:
        await self.line.until(self.holds)
        await self._stick("lay_down")

    async def share(self, text: str) -> None:
        """Write instead of speaking: all that is written by now."""
        view = await self.line.until(self.holds)
        sealed = self.seal(text, "share", self.seat, view["turn"])
        await self.line.whisper("share", turn=view["turn"], text=sealed)

    def read(self, told: dict[str, Any]) -> str:
        """The words of a whisper."""
        about = (told["by"], told["turn"]) if told["type"] == "share" else (told["by"],)
        return self.unseal(told["text"], told["type"], *about)

    async def share_something(self, hold: float) -> None:
        """One's own turn."""
        await asyncio.sleep(hold)

    async def follow(self, moment: float, hold: float) -> None:
        """Accept what is offered after a moment, hold it for a while, pass it on: for ever."""
        turn = -1
        while True:
            view = await self.line.until(
                lambda v, turn=turn: (self.holds(v) or self.offered(v)) and v["turn"] != turn, FOREVER
            )
            turn = view["turn"]
            if self.holds(view):
                await self.share_something(hold)
            else:
                await asyncio.sleep(max(moment, (view["stick"]["not_before"] or 0.0) - view["now"]))
            with suppress(Refused):  # somebody has moved the stick meanwhile
                if self.holds(view):
                    await self.line.command("pass", turn=turn, to=None)
                else:
                    await self.line.command("accept", turn=turn)

    async def _stick(self, type_: str, **fields: Any) -> None:
        await self.line.command(type_, turn=self.view["turn"], **fields)
