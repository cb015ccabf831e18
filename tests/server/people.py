"""A circle on a real server with people in it, by their lines; without media."""

from collections.abc import Iterable
from types import TracebackType
from typing import Any

from tests.bots import links
from tests.bots.links import Secret
from tests.bots.signaling import Line, View


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

    async def facilitator(self, name: str = "Fay") -> Line:
        """Somebody who has entered by the facilitators' link."""
        line = self.line(facilitator=True)
        await line.connect()
        await line.take_seat("enter", name=self.secret.seal(name, "name"))
        await line.until(lambda view: seated(view, [line]))
        return line

    async def waiting(self, name: str, *, role: str = "member", note: str | None = None) -> Line:
        """Somebody who has knocked."""
        line = await self.at_door()
        sealed = self.secret.seal(note, "note") if note is not None else None
        await line.take_seat("knock", name=self.secret.seal(name, "name"), note=sealed, role=role)
        return line

    async def member(self, by: Line, name: str, *, role: str = "member") -> Line:
        """Somebody whom `by` has let in."""
        line = await self.waiting(name, role=role)
        await by.command("admit", seat=line.seat)
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
