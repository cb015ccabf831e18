"""Somebody's keys on their line to the server: at the door, inside, and on the way back. Frames are sealed and opened by what they hold."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from socketio.exceptions import SocketIOError

from tests.bots.holding import Holding
from tests.bots.keys import arrival, door, words
from tests.bots.keys.circle import Ground, ground
from tests.bots.keys.door import Knocker
from tests.bots.keys.epoch import Epoch
from tests.bots.keys.frames import Opening, Sealing, kid
from tests.bots.keys.identity import Pair
from tests.bots.keys.introduction import Kind
from tests.bots.keys.living import Keys
from tests.bots.keys.making import Newcomer
from tests.bots.keys.octets import Bad, b64, unb64
from tests.bots.signaling import Line, Refused, View
from tests.bots.tasks import stop

TICK = 0.1
"""seconds: how often one looks what is due"""


class Wire:
    """The line as keys see it; an answer that never comes is a refusal without a code."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def keys(self, message: dict[str, Any]) -> dict[str, Any]:
        return await self._call("keys", message)

    async def command(self, type_: str, **fields: Any) -> dict[str, Any]:
        return await self._call("command", {"type": type_, **fields})

    async def whisper(self, type_: str, **fields: Any) -> dict[str, Any]:
        return await self._call("whisper", {"type": type_, **fields})

    async def _call(self, event: str, message: dict[str, Any]) -> dict[str, Any]:
        try:
            return await self._line.call(event, message)
        except SocketIOError:
            raise Refused("") from None


class Keyed(Holding):
    """From the first view on. `keys` are there once one has a seat, or has knocked."""

    def __init__(self, line: Line, name: str) -> None:
        self.line, self.name = line, name
        self._pair = Pair.make()
        self.keys: Keys | None = None
        self.sealing, self.opening = Sealing(), Opening()
        self._wire = Wire(line)
        self._boxed: set[str] = set()
        """the door keys for which boxes were sent"""
        self._shown: bytes | None = None
        """the certificate that was shown at the door"""
        self.on_come: Callable[[], Awaitable[None]] | None = None
        """somebody is inside who was not before"""
        self._inside: frozenset[bytes] = frozenset()
        self._ticking: asyncio.Task[None] | None = None
        line.on_view, line.on_keys, line.on_whisper = self._on_view, self._on_keys, self._on_whisper

    # The way in.

    async def knock(self, role: str, note: str | None = None) -> None:
        """Ask those who keep the door now; whoever does so later gets a box as well."""
        view = await self.line.until(lambda view: view["at"] == "door")
        keys = self._begin(b"", None)
        sealing = words.doorstep(keys.ground.rid, keys.secret)
        self._boxed = {one["key"] for one in view["keepers"]}
        await self.line.take_seat(
            "knock",
            name=b64(sealing.seal(self.name, "name")),
            note=None if note is None else b64(sealing.seal(note, "note")),
            boxes=self._boxes(keys, view),
            role=role,
        )
        self._seated(keys)

    async def enter(self) -> None:
        """By the seed."""
        await self.line.until(lambda view: view["at"] == "door")
        shown = arrival.facilitator(self.ground, self._pair, time.time())
        await self.line.take_seat("enter", keys=shown)
        self._seated(self._begin(b"", Kind.FACILITATOR))

    def reload(self) -> None:
        """With keys made anew, as a page that was loaded again: all that is left of the old ones is what a tab keeps."""
        old = self.keys
        assert old is not None
        self._pair = Pair.make()
        self._begin(old.seat, None).resume = old.resume
        self.sealing.switch(None)
        self.opening.wipe()
        self._shown = None

    def _begin(self, seat: bytes, shown: Kind | None) -> Keys:
        self.keys = Keys(
            self.ground,
            self._wire,
            self,
            time.time,
            seat=seat,
            name=self.name,
            link=(0, self.line.secret.link),
            pair=self._pair,
            shown=shown,
        )
        return self.keys

    def _seated(self, keys: Keys) -> None:
        assert self.line.seat is not None
        keys.seat = unb64(self.line.seat, 8)
        self.keys = keys

    @property
    def ground(self) -> Ground:
        """Raises ValueError where the server shows another root than the link pins."""
        secret = self.line.secret
        return ground(secret, None if secret.seed else unb64(self.line.view["root"], 32))

    # Somebody else's way in.

    async def let_in(self, seat: str) -> None:
        """Press: as soon as they have a box for us and the door key is there. Raises Bad for who cannot be read."""
        await self.line.until(lambda view: self._can_let_in(view, seat))
        knock = next(one for one in self.line.view["knocks"] if one["seat"] == seat)
        name = self._press(knock, seat)
        epoch = self._held.epoch
        assert epoch is not None
        named = words.seal_room(self._held.ground.rid, epoch.block.rooms[-1], name, "name")
        await self.line.command("admit", seat=seat, name=b64(named))

    async def take_in(self, seat: str) -> None:
        """Press for somebody who sits here, and for whose keys nobody can vouch. Raises Bad for who cannot be read."""
        view = await self.line.until(lambda view: self._asks(view, seat) is not None)
        self._press(self._asks(view, seat) or {}, seat)

    def _asks(self, view: View, seat: str) -> dict[str, Any] | None:
        own = self.line.seat
        return next((one for one in view["seats"] if one["id"] == seat and own in (one["boxes"] or ())), None)

    def _press(self, who: dict[str, Any], seat: str) -> str:
        """Open a knock's, or an introduction's, box and name; these keys are taken in as soon as the seat is there."""
        name = self.name_of_knock(who)
        self._held.let_in(unb64(seat, 8), Newcomer(self._knocker(who).keys, name))
        return name

    def name_of_knock(self, who: dict[str, Any]) -> str:
        """Raises Bad for who cannot be read."""
        return words.doorstep(self._held.ground.rid, self._knocker(who).secret).open(unb64(who["name"]), "name")

    def _can_let_in(self, view: View, seat: str) -> bool:
        if self._held.epoch is None or self._shown is None or view["at"] != "circle":
            return False
        return any(one["seat"] == seat and self.line.seat in one["boxes"] for one in view["knocks"])

    def _knocker(self, shown: dict[str, Any]) -> Knocker:
        keys = self._held
        link = arrival.present_link(keys.ground, self.line.view["link"], keys.link, keys.shelf)
        if link is None:
            raise Bad("link unknown")
        return door.open_box(keys.ground, link[1], keys.pair, unb64(shown["boxes"].get(self.line.seat)))

    @property
    def epoch(self) -> Epoch | None:
        return self.keys.epoch if self.keys else None

    @property
    def n(self) -> int | None:
        """Of the present epoch; None: one is not in it, or has none."""
        return self.epoch.roster.n if self.epoch else None

    # Media.

    def install(self, epoch: Epoch) -> None:
        n = epoch.roster.n
        others = (entry for entry in epoch.roster.entries if entry.keys != self._held.pair.public)
        self.opening.install({kid(entry.index, n): (b64(entry.seat), epoch.media(entry.keys.mid)) for entry in others})

    def switch(self, epoch: Epoch | None) -> None:
        mid = self._held.pair.mid
        own = epoch and epoch.roster.of(mid)
        if epoch is None or own is None:
            self.sealing.switch(None)
        else:
            self.sealing.switch(epoch.media(mid), kid(own.index, epoch.roster.n))

    # Life.

    def live(self) -> None:
        """Until `rest`."""
        self._ticking = asyncio.create_task(self._tick())

    async def rest(self) -> None:

        if self._ticking is not None:
            ticking, self._ticking = self._ticking, None
            await stop(ticking)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            keys = self.keys
            if keys is None or self.line.gone:
                continue
            if keys.sight is None:  # the newest view may have come before one knew which seat is one's own
                await self._on_view(self.line.view)
            await keys.step()
            await self._keep_door()
            await self._greet(keys)
            self.line.touch()

    async def _greet(self, keys: Keys) -> None:
        if keys.epoch is None:
            return
        came, self._inside = not keys.epoch.roster.mids <= self._inside, keys.epoch.roster.mids
        if came and self.on_come is not None:
            await self.on_come()

    async def _on_view(self, view: View) -> None:
        keys = self.keys
        if keys is None or not keys.seat:
            return
        if view["at"] == "circle":
            await keys.take_view(view)
            await self._keep_door()
        elif view["at"] == "waiting":
            await self._box_again(keys, view)
        self.line.touch()

    async def _box_again(self, keys: Keys, view: View) -> None:
        """For others who keep the door by now than those for whom there are boxes."""
        shown = {one["key"] for one in view["keepers"]}
        if shown != self._boxed:
            self._boxed = shown
            with suppress(Refused):
                await self._wire.command("introduce", boxes=self._boxes(keys, view))

    async def _on_keys(self, message: dict[str, Any]) -> None:
        if self.keys is not None:
            await self.keys.take_keys(message)
        self.line.touch()

    async def _on_whisper(self, message: dict[str, Any]) -> None:
        if self.keys is not None and message["type"] == "beat":
            await self.keys.take_beat(message["beat"])

    async def _keep_door(self) -> None:
        """Show the door key as soon as one has keys and keeps the door."""
        keys, seat = self.keys, self.line.seat
        if keys is None or keys.epoch is None or self.line.view.get("at") != "circle":
            return
        own = next((one for one in self.line.view["seats"] if one["id"] == seat), None)
        keeps = own is not None and (own["role"] == "facilitator" or "door" in own["duties"])
        entry = keys.epoch.roster.of(keys.pair.mid)
        certificate = entry and entry.certificate
        if not keeps or certificate is None or certificate.raw == self._shown:
            return
        self._shown = certificate.raw
        try:
            await self._wire.command("keep_door", key=b64(door.door_key(keys.pair.public, certificate)))
        except Refused:
            self._shown = None

    def _boxes(self, keys: Keys, view: View) -> dict[str, str]:
        keepers = [(one["seat"], unb64(one["key"])) for one in view["keepers"]]
        return arrival.boxes(keys.ground, self.line.secret.link, keys.pair, keys.secret, keepers, time.time())
