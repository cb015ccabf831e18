"""Somebody in a circle, media aside: comes by a link, sees, and says what can be said. Verbs for tests; `follow` for a life of its own."""

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.bots import links
from tests.bots.keyed import Keyed
from tests.bots.keys.octets import b64
from tests.bots.seen import Seen, see
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


class Participant(Verbs):
    """`knock` or `enter`, then the verbs. Each waits until it can be done."""

    def __init__(self, link: str, name: str) -> None:
        self.name = name
        self.line = Line(base_of(link), links.parse(link))
        self.keyed = Keyed(self.line, name)
        self.keyed.on_come = self._show_card_again
        self.role = "member"

    async def knock(self, *, role: str = "member") -> None:
        """Ask to come in."""
        self.role = role
        await self.line.connect()
        await self.keyed.knock(role)
        self.keyed.live()

    async def enter(self) -> None:
        """Take a facilitator's seat; the link must be theirs."""
        self.role = "facilitator"
        await self.line.connect()
        await self.keyed.enter()
        self.keyed.live()

    async def close(self) -> None:
        """Gone, as by losing the network."""
        await self.keyed.rest()
        await self.line.close()

    async def comes_back(self) -> None:
        """To the same seat, after `close`."""
        self.line.view = {}
        await self.line.connect()
        self.keyed.live()
        await self.line.until(lambda view: view["at"] == "circle")

    async def _show_card_again(self) -> None:
        """Somebody has come in, for whom it was not sealed."""
        if self.card is not None and self.card["words"]:
            with suppress(Refused):
                await self.checks_in(**self.card)

    async def until_keyed(self) -> None:
        """Wait until one has the keys of all who sit here."""
        await self.line.until(self._all_keyed)

    def _all_keyed(self, view: View) -> bool:
        epoch = self.keyed.epoch
        if epoch is None or view["at"] != "circle":
            return False
        return {b64(entry.seat) for entry in epoch.roster.entries} == {seat["id"] for seat in view["seats"]}

    def seal(self, text: str, kind: str, *about: object) -> str:
        """Words for the circle; `about`: what else they belong to."""
        return self.keyed.seal(text, kind, *about)

    def unseal(self, sealed: str, kind: str, *about: object) -> str:
        return self.keyed.unseal(sealed, kind, *about)

    def sees(self) -> Seen:
        """What the newest view says, in words."""
        return see(self.view, self.unseal, self.names())

    def names(self) -> dict[str, str]:
        """By seat, in the order of the circle."""
        return {seat["id"]: self.keyed.name_of(seat["id"]) or "?" for seat in self.view["seats"]}

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
        await self.keyed.let_in(other.seat)

    async def renews_link(self) -> str:
        """A fresh link for members, where the door has no words of its own; the old one opens nothing any more."""
        counter = self.view["link"] + 1
        fresh = replace(self.line.secret, link=links.hkdf(self.line.secret.seed or b"", f"link{counter}"))
        kept = b64(hashlib.sha256(links.unb64(fresh.join)).digest())
        door = {"agreements": None, "limits_words": None, "next_date": None}
        await self.line.command("set_link", link=counter, join=kept, **door)
        return fresh.members(self.line.base)

    async def offers_lead(self, to: "Participant") -> None:
        """With the facilitators' link for that seat alone."""
        await self.line.command("offer_lead", seat=to.seat, box=self.keyed.seed_for(to.seat))

    async def accepts_lead(self) -> None:
        """Facilitate, too."""
        view = await self.line.until(lambda view: view["lead_box"] is not None)
        self.keyed.take_seed(view["lead_box"])
        await self.line.command("accept_lead")

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
