"""A circle's keys with time in hand: real `Keys` on every page, and a server that orders and carries, as 7.10 says, or lies."""

import hashlib
from collections.abc import Callable
from typing import Any

from tests.bots import links
from tests.bots.keys import door, words
from tests.bots.keys.arrival import Resume, boxes, facilitator
from tests.bots.keys.circle import ground
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.identity import Pair
from tests.bots.keys.introduction import Kind
from tests.bots.keys.living import Keys
from tests.bots.keys.making import Newcomer
from tests.bots.keys.octets import b64, unb64
from tests.bots.signaling import Refused

TICK = 0.25
"""seconds: how often pages look what is due"""
KEPT = 8
SECRET = links.from_seed(bytes(range(32)))


def seat_of(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()[:8]


class Page:
    """One tab: its keys, what it hears from the server, and what its media were told."""

    def __init__(
        self, server: "Server", name: str, *, seed: bool = False, pair: Pair | None = None, resume: Resume | None = None
    ) -> None:
        self.server, self.name, self.seat = server, name, seat_of(name)
        self.installed: list[int] = []
        self.switched: list[int | None] = []
        self.inbox: list[tuple[str, Any]] = []
        self.keys = Keys(
            ground(SECRET) if seed else ground(SECRET)._replace(seed=None),
            _Wire(self),
            self,
            lambda: server.now,
            seat=self.seat,
            name=name,
            link=(1, SECRET.link),
            pair=pair,
            resume=resume,
            shown=Kind.FACILITATOR if seed else None,
        )

    def install(self, epoch: Epoch) -> None:
        self.installed.append(epoch.roster.n)

    def switch(self, epoch: Epoch | None) -> None:
        self.switched.append(epoch and epoch.roster.n)

    async def take(self) -> None:
        """What has come, in order."""
        while self.inbox:
            event, data = self.inbox.pop(0)
            await {"view": self.keys.take_view, "keys": self.keys.take_keys, "beat": self.keys.take_beat}[event](data)

    @property
    def n(self) -> int | None:
        return self.keys.epoch.roster.n if self.keys.epoch else None

    @property
    def people(self) -> list[str]:
        """By name, in the order of the roster that one has."""
        epoch = self.keys.epoch
        return [self.keys.shelf.name(entry.seat) or "?" for entry in epoch.roster.entries] if epoch else []


class _Wire:
    def __init__(self, page: Page) -> None:
        self._page = page

    async def keys(self, message: dict[str, Any]) -> dict[str, Any]:
        return self._page.server.keys(self._page, message)

    async def command(self, type_: str, **fields: Any) -> dict[str, Any]:
        return self._page.server.command(self._page, type_, fields)

    async def whisper(self, type_: str, **fields: Any) -> dict[str, Any]:
        assert type_ == "beat"
        return self._page.server.beat(fields["beat"])


class Server:
    """Seats, the order of commits, and nothing that it could read."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0
        self.pages: dict[bytes, Page] = {}
        """by seat, those that are connected"""
        self.seats: dict[bytes, dict[str, Any]] = {}
        self.commits: list[dict[str, Any]] = []
        self.taken: list[dict[str, Any]] = []
        """every commit ever"""
        self.said: list[dict[str, Any]] = []
        """every command ever"""
        self.epoch, self.link = 0, 1
        self.successor: str | None = None
        self.refuses: str | None = None
        """with which code every commit is refused"""
        self.lies: Callable[[Page, str, Any], Any] = lambda _page, _event, data: data
        """what becomes of what goes to a page; None: it does not arrive"""
        self._installed: set[bytes] = set()
        self._switch_at: float | None = None

    # Who comes and goes.

    async def enters(self, name: str) -> Page:
        """A facilitator, who proves it with the seed."""
        page = Page(self, name, seed=True)
        shown = facilitator(page.keys.ground, page.keys.pair, self.now)
        self.sits(page, "facilitator", shown)
        await self.settles()
        return page

    async def lets_in(self, host: Page, name: str, role: str = "member") -> Page:
        """Somebody who knocks, by a press at the host's page."""
        page = Page(self, name)
        keys = page.keys
        certificate = host.keys.certificate()
        assert certificate is not None
        key = door.door_key(host.keys.pair.public, certificate)
        made = boxes(keys.ground, SECRET.link, keys.pair, keys.secret, [("host", key)], self.now)
        sealed = words.doorstep(keys.ground.rid, keys.secret).seal(name, "name")
        knocker = door.open_box(host.keys.ground, SECRET.link, host.keys.pair, unb64(made["host"]))
        named = words.doorstep(keys.ground.rid, knocker.secret).open(sealed, "name")
        host.keys.let_in(page.seat, Newcomer(knocker.keys, named))
        self.sits(page, role)
        await self.settles()
        return page

    async def reloads(self, page: Page) -> Page:
        """The same seat in the same tab, with what it keeps."""
        fresh = Page(self, page.name, seed=page.keys.ground.seed is not None, resume=page.keys.resume)
        fresh.keys.shown = None
        self.comes(fresh)
        await self.settles()
        return fresh

    def sits(self, page: Page, role: str = "member", keys: str | None = None) -> None:
        fresh = {"role": role, "duties": [], "keys": keys, "name": None, "boxes": None}
        self.seats.setdefault(page.seat, {**fresh, "id": b64(page.seat)})
        self.comes(page)

    def comes(self, page: Page) -> None:
        self.pages[page.seat] = page
        self.tell()

    def drops(self, page: Page) -> None:
        del self.pages[page.seat]
        self.tell()

    def removes(self, page: Page) -> None:
        self.pages.pop(page.seat, None)
        del self.seats[page.seat]
        self.tell()

    # What pages say.

    def command(self, page: Page, type_: str, fields: dict[str, Any]) -> dict[str, Any]:
        assert type_ == "introduce"
        self.said.append({"type": type_, **fields})
        self.seats[page.seat] |= {"name": None, "boxes": None, **fields}
        self.tell()
        return {"ok": True}

    def beat(self, raw: str) -> dict[str, Any]:
        for page in self.pages.values():
            self.send(page, "beat", raw)
        return {"ok": True}

    def keys(self, page: Page, message: dict[str, Any]) -> dict[str, Any]:
        if message["type"] == "fetch":
            later = [one for one in self.commits if one["n"] > message["after"]]
            if later and later[0]["n"] != message["after"] + 1:
                later = later[-1:]
            last = self.commits[-1:] or [{}]
            return {"ok": True, "commits": [_for(one, page.seat, whole=one is last[0]) for one in later]}
        if message["type"] == "installed":
            self._installed.add(page.seat)
            return {"ok": True}
        return self._commit(message)

    def _commit(self, message: dict[str, Any]) -> dict[str, Any]:
        if self.refuses is not None:
            raise Refused(self.refuses)
        if message["n"] != self.epoch + 1:
            raise Refused("stale")
        if not {unb64(seat, 8) for seat in message["wraps"]} <= self.seats.keys():
            raise Refused("no_such_seat")
        self.take(message)
        return {"ok": True}

    def take(self, message: dict[str, Any]) -> None:
        """Take it, whatever it is."""
        self.epoch = message["n"]
        self.taken.append(message)
        self.commits = [*self.commits, message][-KEPT:]
        for seat in message["wraps"]:
            self.seats[unb64(seat, 8)] |= {"keys": None, "name": None, "boxes": None}
        self._installed, self._switch_at = set(), self.now + 1.0
        for page in self.pages.values():
            self.send(page, "keys", {**_for(message, page.seat, whole=True), "type": "commit"})
        self.tell()

    # What pages hear.

    def send(self, page: Page, event: str, data: Any) -> None:
        told = self.lies(page, event, data)
        if told is not None:
            page.inbox.append((event, told))

    def view(self) -> dict[str, Any]:
        shown = [{**seat, "present": id_ in self.pages} for id_, seat in self.seats.items()]
        return {"at": "circle", "epoch": self.epoch, "link": self.link, "successor": self.successor, "seats": shown}

    def tell(self) -> None:
        for page in self.pages.values():
            if page.seat in self.seats:
                self.send(page, "view", self.view())

    def tick(self) -> None:
        """Tell all to switch, once everybody has installed or it has been long enough."""
        if self._switch_at is None:
            return
        wrapped = {unb64(seat, 8) for seat in self.commits[-1]["wraps"]} & self.pages.keys()
        if wrapped <= self._installed or self.now >= self._switch_at:
            self._switch_at = None
            for page in self.pages.values():
                self.send(page, "keys", {"type": "switch", "n": self.epoch})

    # Time.

    async def settles(self) -> None:
        """Until nobody has anything more to say now."""
        while any(page.inbox for page in self.pages.values()):
            for page in list(self.pages.values()):
                await page.take()
            self.tick()

    async def passes(self, seconds: float) -> None:
        end = self.now + seconds
        await self.settles()
        while self.now < end:
            self.now = min(end, self.now + TICK)
            self.tick()
            for page in list(self.pages.values()):
                await page.keys.step()
            await self.settles()


def _for(message: dict[str, Any], seat: bytes, *, whole: bool) -> dict[str, Any]:
    wrap = message["wraps"].get(b64(seat)) if whole else None
    return {key: value for key, value in message.items() if key != "wraps"} | {"wrap": wrap}
