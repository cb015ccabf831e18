"""What ends while something of it is still on its way, and what a store forgets that failed for a moment."""

import asyncio
import itertools
import time
from collections.abc import Callable
from typing import Any

import pytest

from rooms.circle import Circle as State
from rooms.commits import Commits
from server.store.memory import MemoryStore
from tests.bots.signaling import WITHIN, Refused
from tests.server.people import Circle, gives, stick
from tests.serving import FAST, Serving


async def passes(holds: Callable[[], bool]) -> None:
    """Wait for what happens in the server's thread."""
    async with asyncio.timeout(WITHIN):
        for _ in itertools.repeat(None):
            if holds():
                return
            await asyncio.sleep(0.01)


class LateEngine:
    """Does nothing but take down what it was asked; a subscription comes about only once its seat has ended."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self._dropped: dict[str, asyncio.Event] = {}

    def _ended(self, seat: str) -> asyncio.Event:
        return self._dropped.setdefault(seat, asyncio.Event())

    async def subscribe(self, _circle: str, seat: str) -> None:
        self.asked.append(("asked", seat))
        await self._ended(seat).wait()
        self.asked.append(("subscribed", seat))

    async def drop(self, _circle: str, seat: str) -> None:
        self.asked.append(("dropped", seat))
        self._ended(seat).set()

    def __getattr__(self, _name: str) -> Any:
        async def nothing(*_arguments: Any) -> str:
            return ""

        return nothing


async def test_a_subscription_that_comes_about_after_its_seat_has_ended_is_ended_too() -> None:
    engine = LateEngine()
    with Serving(engine=engine) as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            asking = asyncio.create_task(ada.call("media", {"type": "subscribe"}))
            await passes(lambda: ("asked", ada.seat) in engine.asked)
            await fay.command("remove", seat=ada.seat)
            with pytest.raises(Refused, match="not_yours"):
                await asking
    assert [what for what, seat in engine.asked if seat == ada.seat][:4] == [
        "asked",
        "dropped",
        "subscribed",
        "dropped",
    ]


@pytest.mark.parametrize("signal", ["publish", "unpublish", "subscribe"])
async def test_a_seat_may_begin_media_afresh_so_often_and_no_more(signal: str) -> None:
    stopped = 1_790_000_000.0
    with Serving(now=lambda: stopped) as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            message = {"type": signal, **({"sdp": "v=0"} if signal == "publish" else {})}

            async def answer() -> str:
                try:
                    await ada.call("media", message)
                except Refused as refused:
                    return str(refused)
                return "ok"

            answers = [await answer() for _ in range(7)]
            assert [code == "busy" for code in answers] == [False] * 5 + [True] * 2
            assert await fay.call("media", {"type": "subscribe"}) == {"ok": True}


class Failing(MemoryStore):
    """Fails as often as it is told to."""

    failures = 0

    async def replace(self, id_: str, circle: State, expected: int, ttl: float, commits: Commits | None = None) -> bool:
        if self.failures:
            self.failures -= 1
            raise OSError
        return await super().replace(id_, circle, expected, ttl, commits)


async def test_a_store_that_fails_when_somebody_drops_does_not_leave_them_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.circles.PAUSES", (0.1,))
    store = Failing(time.time)
    with Serving(FAST.evolve(holder_grace=0.3), store=store) as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            await gives(fay, ada)
            store.failures = 3
            await ada.close()
            await fay.until(lambda view: not view["seats"][1]["present"])
            await fay.until(lambda view: stick(view)[1] != ada.seat)


async def test_a_store_that_fails_when_a_circle_is_to_wake_does_not_stop_its_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.circles.PAUSES", (0.1,))
    store = Failing(time.time)
    with Serving(FAST.evolve(holder_grace=0.5), store=store) as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            await gives(fay, ada)
            await ada.close()
            await fay.until(lambda view: not view["seats"][1]["present"])
            store.failures = 3
            await fay.until(lambda view: stick(view)[1] != ada.seat)
            assert store.failures == 0


async def test_who_comes_back_while_the_store_still_refuses_their_end_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.circles.PAUSES", (0.2,))
    store = Failing(time.time)
    with Serving(store=store) as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            store.failures = 1
            await ada.close()
            await passes(lambda: store.failures == 0)
            again = await circle.back(ada)
            await asyncio.sleep(0.3)
            assert await again.command("raise_hand", up=True) == {"ok": True}
            await fay.until(lambda view: view["seats"][1]["hand"] == 1)
            assert fay.view["seats"][1]["present"]
