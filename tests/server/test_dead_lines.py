"""A line that is dead, or that nobody reads: it is let go, and its circle goes on."""

import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import socketio

from tests.server.people import Circle, gives, stick
from tests.server.raw import Raw
from tests.serving import Serving


@pytest.fixture
async def dying(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator["Dying"]:
    made: list[Any] = []
    real = socketio.AsyncServer

    def make(**options: Any) -> Any:
        made.append(real(**options))
        return made[-1]

    monkeypatch.setattr("server.app.socketio.AsyncServer", make)
    with Serving() as serving:
        async with Circle(serving.base) as circle:
            yield Dying(circle, made[0].eio)


class Dying:
    """A circle, and the library's inside, where a line may be made to look dead."""

    def __init__(self, circle: Circle, eio: Any) -> None:
        self.circle, self._eio = circle, eio

    def overdue(self) -> None:
        """The newest line has not answered its ping for a minute."""
        newest = list(self._eio.sockets.values())[-1]
        newest.last_ping = time.time() - 60


async def test_a_dead_line_of_the_holder_is_noticed_at_the_next_view_and_the_circle_goes_on(dying: Dying) -> None:
    fay, ada, bo = await dying.circle.people("Ada", "Bo")
    await gives(fay, ada)
    async with Raw(dying.circle.base) as dead:
        await dead.join({"v": 1, "rid": dying.circle.secret.rid, "token": ada.token})
        assert await ada.until_ended() == "elsewhere"
        dying.overdue()
        assert await bo.command("raise_hand", up=True) == {"ok": True}
        await fay.until(lambda view: [seat["present"] for seat in view["seats"]] == [True, False, True])
        assert await fay.command("recall", turn=fay.view["turn"]) == {"ok": True}
        await bo.until(lambda view: stick(view)[0] == "resting")


async def test_who_is_removed_while_their_line_is_dead_takes_nobody_along(dying: Dying) -> None:
    fay, ada, bo = await dying.circle.people("Ada", "Bo")
    async with Raw(dying.circle.base) as dead:
        await dead.join({"v": 1, "rid": dying.circle.secret.rid, "token": ada.token})
        assert await ada.until_ended() == "elsewhere"
        dying.overdue()
        assert await fay.command("remove", seat=ada.seat) == {"ok": True}
        assert await bo.command("raise_hand", up=True) == {"ok": True}
        await fay.until(lambda view: [seat["hand"] for seat in view["seats"]] == [None, 1])


async def test_a_circle_ends_though_a_line_of_it_is_dead(dying: Dying) -> None:
    fay, ada, bo = await dying.circle.people("Ada", "Bo")
    async with Raw(dying.circle.base) as dead:
        await dead.join({"v": 1, "rid": dying.circle.secret.rid, "token": ada.token})
        assert await ada.until_ended() == "elsewhere"
        dying.overdue()
        assert await fay.command("close") == {"ok": True}
        assert await bo.until_ended() == "closed"


async def test_a_second_tab_takes_a_seat_over_though_the_first_ones_line_is_dead(dying: Dying) -> None:
    fay, ada, bo = await dying.circle.people("Ada", "Bo")
    async with Raw(dying.circle.base) as dead:
        await dead.join({"v": 1, "rid": dying.circle.secret.rid, "token": ada.token})
        assert await ada.until_ended() == "elsewhere"
        dying.overdue()
        again = await dying.circle.back(ada)
        assert await again.command("raise_hand", up=True) == {"ok": True}
        await bo.until(lambda view: [seat["hand"] for seat in view["seats"]] == [None, 1, None])
        assert all(seat["present"] for seat in fay.view["seats"])
