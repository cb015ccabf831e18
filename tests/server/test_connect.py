"""Who gets a socket at all, and for how long."""

import asyncio
import contextlib
import json

import aiohttp
import pytest

from server import packets
from tests.bots.signaling import WITHIN, Line, Refused
from tests.server.people import Circle, key, lets_in, undisturbed
from tests.server.raw import NoSocket, Raw
from tests.serving import Serving


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://localhost.evil.example", "https://localhost", "http://x.localhost"],
)
async def test_no_other_origin_gets_a_socket(serving: Serving, origin: str) -> None:
    with pytest.raises(NoSocket) as refused:
        async with Raw(serving.base, origin=origin):
            pass
    assert refused.value.args[0] in {400, 403}


async def test_a_prefix_or_suffix_of_our_origin_is_another_origin(serving: Serving) -> None:
    for origin in (serving.base + "0", serving.base[:-1], serving.base + "/", serving.base + ".example"):
        with pytest.raises(NoSocket):
            async with Raw(serving.base, origin=origin):
                pass


async def test_without_an_origin_nobody_is_let_in(circle: Circle) -> None:
    async with Raw(circle.base, origin=None) as raw:
        assert "malformed" in await raw.join(key(circle))
        await raw.until_closed()


async def test_polling_is_refused(serving: Serving) -> None:
    url = f"{serving.base}/socket.io/?EIO=4&transport=polling"
    async with aiohttp.ClientSession() as session:
        for method in ("GET", "POST"):
            async with session.request(method, url, headers={"Origin": serving.base}) as answer:
                assert answer.status == 400


@pytest.mark.parametrize("namespace", ["/admin", "/other,", "/" + "x" * 1000, "*"])
async def test_no_other_namespace_is_there(circle: Circle, fay: Line, namespace: str) -> None:
    async with Raw(circle.base) as raw:
        await raw.say(f"40{namespace},{json.dumps(key(circle))}")
        await raw.until_closed()
        assert not any(text.startswith("40") for text in raw.texts)
    await undisturbed(fay)


async def test_events_before_connect_reach_nobody(circle: Circle, fay: Line) -> None:
    async with Raw(circle.base) as raw:
        await raw.say("42" + json.dumps(["command", {"type": "close"}]))
        await raw.until_closed()
        assert not any(text.startswith("42") for text in raw.texts)
    await undisturbed(fay)


@pytest.mark.parametrize("auth", ["", "[]", '"x"', "7", "true", "{}", '{"v":1}', "[" * 100 + "]" * 100])
async def test_connect_without_a_proof_is_refused(circle: Circle, fay: Line, auth: str) -> None:
    async with Raw(circle.base) as raw:
        await raw.say("40" + auth)
        await raw.until_closed()
        assert not any(text.startswith("40") for text in raw.texts)
    await undisturbed(fay)


async def test_a_socket_that_never_says_who_it_is_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packets, "CONNECT_WITHIN", 0.2)
    with Serving() as serving:
        async with Circle(serving.base) as circle:
            fay = await circle.facilitator()
            async with Raw(serving.base) as raw:
                await raw.until_closed()
            await undisturbed(fay)


async def test_a_whole_circle_may_knock_through_one_address_and_no_more(circle: Circle, fay: Line) -> None:
    for _ in range(12):
        await circle.waiting("Ada")
    with pytest.raises(Refused, match="busy"):
        await circle.waiting("Ada")


async def test_knocks_at_one_circle_take_none_from_another_one(circle: Circle, fay: Line) -> None:
    with contextlib.suppress(Refused):
        while True:
            await circle.waiting("Ada")
    async with Circle(circle.base) as other:
        await other.facilitator()
        await other.waiting("Bo")


async def test_so_many_sockets_of_one_network_are_let_in_at_once(
    circle: Circle, fay: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.entrance.MOST_SOCKETS", 3)
    first, second = await circle.at_door(), await circle.at_door()
    with pytest.raises(Refused, match="busy"):
        await circle.at_door()
    await second.close()
    third = circle.line()
    async with asyncio.timeout(WITHIN):
        while third.gone:
            with contextlib.suppress(Refused):  # the second one's end is not noticed yet
                await third.connect()
    assert not first.gone


async def test_whoever_stands_at_the_door_for_long_without_knocking_is_shown_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.sockets.AT_DOOR", 0.25)
    with Serving() as serving:
        async with Circle(serving.base) as circle:
            fay = await circle.facilitator()
            ada = await circle.waiting("Ada")
            idle = await circle.at_door()
            assert await idle.until_ended() == "expired"
            await idle.until_gone()
            assert await lets_in(fay, ada) == {"ok": True}
            assert not ada.gone


async def test_connections_are_counted_by_network(circle: Circle, fay: Line) -> None:
    async def come_and_go() -> str:
        async with Raw(circle.base) as raw:
            return await raw.join(key(circle))

    async with asyncio.timeout(60):
        while "busy" not in await come_and_go():
            pass
    await undisturbed(fay)
