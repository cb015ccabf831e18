"""A member in Python who keeps the rules: real sound and a picture go out, and what comes in is measured."""

import asyncio
from contextlib import suppress
from typing import Any

from tests.bots.media import Publisher, Subscriber, reduce
from tests.bots.participant import FOREVER, Participant
from tests.bots.signaling import Refused, View
from tests.bots.tasks import stop
from tests.bots.tracks import Colour


class Member(Participant):
    """After `knock` or `enter`, `sit`. The microphone is on while the stick is held, and only then."""

    def __init__(
        self,
        link: str,
        name: str,
        *,
        hz: float = 440.0,
        colour: Colour = (150, 90, 60),
        volume: float = 0.3,
        listens: bool = True,
    ) -> None:
        super().__init__(link, name)
        self.hz, self.colour, self._volume, self._listens = hz, colour, volume, listens
        self.publisher: Publisher | None = None
        self.subscriber = Subscriber(self._signal, self.describe, self.keyed.opening)
        self._media: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.line.on_media = self._media.put
        self._serving: asyncio.Task[None] | None = None
        self._tending: list[asyncio.Task[None]] = []

    async def sit(self) -> None:
        """Once let in: send and receive. What is sent stands when it returns."""
        await self.until_keyed()
        self._serving = asyncio.create_task(self._serve_media())
        if self._listens:
            await self.subscriber.start()
        if self.role != "observer":
            self.publisher = Publisher(
                self._signal, self.hz, self.colour, self._volume, self.describe, self.keyed.sealing
            )
            await self.publisher.start()
            self._tending.append(asyncio.create_task(self._tend_microphone()))

    async def sits_again(self, *, reload: bool = False) -> None:
        """After `close`, with sound and picture. `reload`: as a page that was loaded again, with keys made anew."""
        if reload:
            self.keyed.reload()
        self.subscriber = Subscriber(self._signal, self.describe, self.keyed.opening)
        # What was told of the former connections, to their end, is not for these.
        self._media = asyncio.Queue()
        self.line.on_media = self._media.put
        await self.comes_back()
        await self.sit()

    async def close(self) -> None:
        """Gone, as by closing the browser. Raises what went wrong unseen."""
        try:
            tending, self._tending = self._tending, []
            await stop(*tending)
            if self._serving is not None:
                # Never cancelled: what aiortc has half begun, nobody can close.
                serving, self._serving = self._serving, None
                await self._media.put(None)
                await serving
        finally:
            if self.publisher is not None:
                await self.publisher.close()
            await self.subscriber.close()
            await super().close()

    def describe(self, sdp: str) -> str:
        """What the server is told of a connection of ours."""
        return reduce(sdp)

    def speaks(self, view: View) -> bool:
        """Whether the microphone is to be on."""
        return self.holds(view)

    async def _signal(self, message: dict[str, Any]) -> dict[str, Any]:
        return await self.line.call("media", message)

    async def _serve_media(self) -> None:
        """What the server says about media, one after the other, until we close."""
        while (message := await self._media.get()) is not None:
            if message["type"] == "offer":
                await self.subscriber.take(message)
            elif message["side"] == "publish" and self.publisher is not None:
                await self.publisher.start()
            elif message["side"] == "subscribe":
                await self.subscriber.start()

    async def _tend_microphone(self) -> None:
        assert self.publisher is not None
        while True:
            on = self.speaks(self.view)
            self.publisher.speak(on)
            await self.line.command("set_devices", microphone=on, camera=True)
            await self.line.until(lambda view, on=on: self.speaks(view) != on, FOREVER)


class Writer(Member):
    """Writes instead of speaking: the microphone stays off, and the words come sentence by sentence."""

    words = ("I would rather write today.", "It was a long week, and a good one.", "Thank you for waiting with me.")

    def speaks(self, view: View) -> bool:
        return False

    async def share_something(self, hold: float) -> None:
        for count in range(1, len(self.words) + 1):
            if not self.holds(self.view):
                return  # somebody has moved the stick meanwhile
            with suppress(Refused):
                await self.share(" ".join(self.words[:count]))
            await asyncio.sleep(hold / len(self.words))
