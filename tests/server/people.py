"""A circle on a real server with people in it, by their lines; without media, and with keys that only have the right shape."""

import os
from collections.abc import Iterable
from types import TracebackType
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rooms.opaque import DOOR_WORDS, NAME, NOTE, OWN_WORDS, ROOM_WORDS
from tests.bots import links
from tests.bots.links import Secret
from tests.bots.signaling import Line, View
from tests.builders import boxes, introduction, sealed

CIPHER = AESGCM(os.urandom(32))


def seal(text: str, plain: int = NAME, around: int = DOOR_WORDS) -> str:
    """Really sealed, in the size of its sort; nobody here needs to open it."""
    nonce = os.urandom(12)
    return links.b64(
        os.urandom(around - DOOR_WORDS) + nonce + CIPHER.encrypt(nonce, text.encode().ljust(plain, b"."), None)
    )


def own(text: str, plain: int = NOTE) -> str:
    """Words of one's own, as check-ins and whispers have them."""
    return seal(text, plain, OWN_WORDS)


class Circle:
    """Within `async with`: open; with `there`, as an earlier server has left it. Every line of it is closed at the end."""

    def __init__(self, base: str, secret: Secret | None = None, *, there: bool = False) -> None:
        self.base, self.secret = base, secret or links.make()
        self.lines: list[Line] = []
        self._there = there

    async def __aenter__(self) -> "Circle":
        if not self._there:
            await self.line(facilitator=True).open_circle()
        return self

    async def __aexit__(self, _type: type[BaseException] | None, _error: Any, _trace: TracebackType | None) -> None:
        for line in self.lines:
            await line.close()

    def line(self, *, facilitator: bool = False) -> Line:
        """Somebody with a link, not yet connected."""
        members = links.parse(self.secret.members(self.base))
        line = Line(self.base, self.secret if facilitator else members)
        self.lines.append(line)
        return line

    async def at_door(self) -> Line:
        line = self.line()
        await line.connect()
        return line

    async def facilitator(self) -> Line:
        """Somebody who has entered by the facilitators' link, and keeps the door."""
        line = self.line(facilitator=True)
        await line.connect()
        await line.take_seat("enter", keys=introduction("keys", 1))
        await line.command("keep_door", key=sealed("door", 137))
        await line.until(lambda view: seated(view, [line]))
        return line

    async def waiting(self, name: str, *, role: str = "member", note: str | None = None) -> Line:
        """Somebody who has knocked."""
        line = await self.at_door()
        await knocks(line, name, role=role, note=seal(note, NOTE) if note is not None else None)
        return line

    async def member(self, by: Line, name: str, *, role: str = "member") -> Line:
        """Somebody whom `by` has let in."""
        line = await self.waiting(name, role=role)
        await lets_in(by, line)
        await line.until(lambda view: seated(view, [line]))
        return line

    async def back(self, of: Line) -> Line:
        """The same seat on another socket, by its token."""
        line = self.line()
        line.seat, line.token = of.seat, of.token
        await line.connect()
        return line

    async def people(self, *names: str) -> list[Line]:
        """Fay, who facilitates, and these members."""
        fay = await self.facilitator()
        return [fay, *[await self.member(fay, name) for name in names]]


async def knocks(line: Line, name: str, **more: Any) -> None:
    """With a box for each who keeps the door, as the door shows them."""
    view = await line.until(lambda view: view["at"] != "circle")
    keepers = [keeper["seat"] for keeper in view["keepers"]]
    await line.take_seat("knock", name=seal(name), boxes=boxes(*keepers), **more)


async def lets_in(by: Line, who: Line, name: str = "somebody") -> dict[str, Any]:
    return await by.command("admit", seat=who.seat, name=seal(name, NAME, ROOM_WORDS))


def seated(view: View, lines: Iterable[Line]) -> bool:
    """Whether all of them sit in the circle that this view shows."""
    return view["at"] == "circle" and {line.seat for line in lines} <= {seat["id"] for seat in view["seats"]}


def stick(view: View) -> tuple[str, str | None]:
    return (view["stick"]["state"], view["stick"]["seat"]) if view["at"] == "circle" else ("", None)


async def gives(by: Line, to: Line) -> None:
    """Offered, and accepted."""
    offered = await by.command("offer", to=to.seat, turn=by.view["turn"])
    assert offered == {"ok": True}
    view = await to.until(lambda view: stick(view) == ("offered", to.seat))
    await to.command("accept", turn=view["turn"])
    for line in (by, to):
        await line.until(lambda view: stick(view) == ("held", to.seat))


def key(circle: Circle) -> dict[str, Any]:
    """What somebody at the door shows."""
    return {"v": 1, "rid": circle.secret.rid, "join": circle.secret.join}


async def undisturbed(line: Line) -> None:
    """Views and acks still come."""
    on = not line.view["locked"]
    assert await line.command("lock", on=on) == {"ok": True}
    await line.until(lambda view: view["locked"] is on)
