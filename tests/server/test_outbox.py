"""What waits for a line that is slow, or that nobody reads."""

import asyncio
import json
from typing import Any

import pytest
from engineio import packet
from engineio.async_drivers.asgi import WebSocket

from server import outbox
from server.outbox import Waiting
from tests.server.people import Circle, undisturbed
from tests.server.raw import Raw
from tests.serving import Serving

SOME = packet.Packet(packet.MESSAGE, "x" * 100)


class Line:
    """One queue, and how often it was full."""

    def __init__(self) -> None:
        self.full = 0
        self.queue = Waiting(self._overflow)

    def _overflow(self, queue: Waiting) -> None:
        assert queue is self.queue
        self.full += 1

    def sent(self) -> list[str]:
        """All that goes out now."""
        return [self.queue.get_nowait().encode() for _ in range(self.queue.qsize())]


async def test_of_views_only_the_newest_is_sent_and_in_the_place_of_the_first() -> None:
    line = Line()
    await line.queue.put(packet.Packet(packet.MESSAGE, "before"))
    line.queue.show("42one")
    await line.queue.put(packet.Packet(packet.MESSAGE, "after"))
    line.queue.show("42two")
    line.queue.show("42three")
    assert line.sent() == ["4before", "42three", "4after"]
    line.queue.show("42four")
    line.queue.show("42five")
    assert line.sent() == ["42five"]


async def test_a_view_that_is_shown_after_word_of_the_keys_does_not_overtake_it() -> None:
    line = Line()
    line.queue.show("42one")
    line.queue.say("42keys")
    line.queue.show("42two")
    line.queue.show("42three")
    assert line.sent() == ["42one", "42keys", "42three"]


async def test_word_of_the_keys_that_finds_no_room_is_too_much_as_anything_else() -> None:
    line = Line()
    for _ in range(outbox.MOST_PACKETS + 1):
        line.queue.say("42keys")
    assert (line.queue.qsize(), line.full) == (outbox.MOST_PACKETS, 1)


async def test_views_without_end_take_the_room_of_one() -> None:
    line = Line()
    for number in range(10_000):
        line.queue.show(str(number) * 1000)
    assert (line.queue.qsize(), line.full) == (1, 0)
    assert line.sent() == ["9999" * 1000]


async def test_so_many_packets_may_wait_and_of_more_it_is_told_once() -> None:
    line = Line()
    for _ in range(outbox.MOST_PACKETS):
        await line.queue.put(SOME)
    assert line.full == 0
    for _ in range(10):
        await line.queue.put(SOME)
        line.queue.show("42one")
    assert (line.queue.qsize(), line.full) == (outbox.MOST_PACKETS, 1)


async def test_so_many_letters_may_wait_and_no_more() -> None:
    line, large = Line(), packet.Packet(packet.MESSAGE, "x" * (outbox.MOST_BYTES // 4))
    for _ in range(4):
        await line.queue.put(large)
    assert line.full == 0
    await line.queue.put(packet.Packet(packet.PING))
    await line.queue.put(SOME)
    assert (line.queue.qsize(), line.full) == (5, 1)


async def test_what_is_sent_makes_room_again() -> None:
    line, large = Line(), packet.Packet(packet.MESSAGE, "x" * (outbox.MOST_BYTES // 3))
    for _ in range(20):
        line.queue.show("42" + "x" * (outbox.MOST_BYTES // 2))
        line.queue.show("42" + "x" * (outbox.MOST_BYTES // 4))
        await line.queue.put(large)
        await line.queue.put(large)
        assert len(line.sent()) == 3
    assert line.full == 0


async def test_the_end_of_the_writing_always_finds_room() -> None:
    line = Line()
    for _ in range(outbox.MOST_PACKETS):
        await line.queue.put(SOME)
    await line.queue.put(None)
    assert line.queue.qsize() == outbox.MOST_PACKETS + 1
    assert line.full == 0


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is sent to the newest line takes long."""
    made: list[WebSocket] = []
    create, send = WebSocket.__init__, WebSocket.send

    def noted(self: WebSocket, *arguments: Any) -> None:
        made.append(self)
        create(self, *arguments)

    async def slowly(self: WebSocket, message: str) -> None:
        if self is made[-1]:
            await asyncio.sleep(0.3)
        await send(self, message)

    monkeypatch.setattr(WebSocket, "__init__", noted)
    monkeypatch.setattr(WebSocket, "send", slowly)


async def test_whose_line_owes_too_much_is_let_go_and_their_seat_is_seen_to_be_empty(
    monkeypatch: pytest.MonkeyPatch, slow: None
) -> None:
    monkeypatch.setattr("server.outbox.MOST_PACKETS", 20)
    with Serving() as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            async with Raw(serving.base) as raw:
                await raw.say("40" + json.dumps({"v": 1, "rid": circle.secret.rid, "token": ada.token}))
                await ada.until_ended()
                for _ in range(60):
                    await raw.say("5")  # an upgrade of the engine's, which it answers
                await raw.until_closed()
                await fay.until(lambda view: [seat["present"] for seat in view["seats"]] == [True, False])
            await undisturbed(fay)


async def test_whose_line_is_slow_is_shown_the_newest_view_and_few_before_it(slow: None) -> None:
    with Serving() as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            async with Raw(serving.base) as raw:
                await raw.join({"v": 1, "rid": circle.secret.rid, "token": ada.token})
                for number in range(31):
                    await fay.command("lock", on=number % 2 == 0)
                newest = f'"version":{fay.view["version"]},'
                views: list[str] = []
                while not views or newest not in views[-1]:
                    views.append(await raw.until('42["view"'))
                assert len(views) < 10
