"""What a client of our own never emits, over a real socket: forged, out of order, unknown, too often."""

import json
from typing import Any

import pytest

from tests.bots.signaling import Line
from tests.server.people import Circle, key, undisturbed
from tests.server.raw import Raw
from tests.serving import Serving


async def test_an_emitted_connect_connects_nobody(circle: Circle, fay: Line) -> None:
    async with Raw(circle.base) as raw:
        assert (await raw.join(key(circle))).startswith("40")
        environ = {"HTTP_ORIGIN": circle.base, "asgi.scope": {"client": ["10.0.0.1", 1]}}
        await raw.say("42" + json.dumps(["connect", environ, {"v": 1, "rid": circle.secret.rid, "token": fay.token}]))
        await raw.say("42" + json.dumps(["connect", {"v": 1, "rid": circle.secret.rid, "token": fay.token}]))
        (answer,) = await raw.ask("command", {"type": "lock", "on": True})
        assert answer == {"refused": "not_yours"}
        await undisturbed(fay)
        assert fay.ended is None


async def test_an_emitted_connect_of_a_wrong_arity_ends_its_own_socket_only(circle: Circle, fay: Line) -> None:
    async with Raw(circle.base) as raw:
        await raw.join(key(circle))
        await raw.say("42" + json.dumps(["connect"]))
        await raw.until_closed()
    await undisturbed(fay)


async def test_an_emitted_disconnect_leaves_everybody_connected(circle: Circle, fay: Line) -> None:
    ada = await circle.member(fay, "Ada")
    for arguments in ((), ("transport close",), ("a", "b", "c")):
        await ada.emit("disconnect", arguments)
        await undisturbed(fay)
        assert [seat["present"] for seat in fay.view["seats"]] == [True, True]
    assert await ada.command("set_devices", microphone=True, camera=False) == {"ok": True}


async def test_events_of_one_socket_are_taken_in_their_order(circle: Circle, fay: Line) -> None:
    async with Raw(circle.base) as raw:
        await raw.join({"v": 1, "rid": circle.secret.rid, "token": fay.token})
        for number in range(30):
            await raw.say(f"42{number}" + json.dumps(["command", {"type": "lock", "on": number % 2 == 0}]))
        await raw.until("4329[")
        acks = [text for text in raw.texts if text.startswith("43")]
        assert acks == [f'43{number}[{{"ok":true}}]' for number in range(29)]
        versions = [json.loads(text[2:])[1]["version"] for text in raw.texts if text.startswith('42["view"')]
        assert versions == sorted(versions)


@pytest.mark.parametrize(
    "event", ["", "nothing", "tell", "trigger_event", "__init__", "connect_error", 7, None, {}, [1]]
)
async def test_an_unknown_event_ends_its_own_socket_and_does_nothing(circle: Circle, fay: Line, event: Any) -> None:
    async with Raw(circle.base) as raw:
        await raw.join({"v": 1, "rid": circle.secret.rid, "token": fay.token})
        await raw.say("427" + json.dumps([event, {"type": "close"}]))
        await raw.until_closed()
    async with Raw(circle.base) as raw:
        await raw.join({"v": 1, "rid": circle.secret.rid, "token": fay.token})
        assert await raw.ask("command", {"type": "lock", "on": True}) == [{"ok": True}]


@pytest.mark.parametrize("event", ["command", "media", "whisper"])
async def test_a_wrong_number_of_arguments_is_refused(circle: Circle, fay: Line, event: str) -> None:
    async with Raw(circle.base) as raw:
        await raw.join({"v": 1, "rid": circle.secret.rid, "token": fay.token})
        for number, arguments in enumerate(((), ({}, {}), (1, 2, 3))):
            assert await raw.ask(event, *arguments, number=number) == [{"refused": "internal"}]


@pytest.mark.parametrize("text", ['431["x"]', '43["x"]', "430[]", '43999999999["x"]'])
async def test_an_ack_that_nobody_asked_for_ends_its_own_socket(circle: Circle, fay: Line, text: str) -> None:
    async with Raw(circle.base) as raw:
        await raw.join(key(circle))
        await raw.say(text)
        await raw.until_closed()
    await undisturbed(fay)


async def test_a_flood_is_refused_as_busy_and_then_disconnected(circle: Circle, fay: Line) -> None:
    ada = await circle.member(fay, "Ada")
    async with Raw(circle.base) as raw:
        await raw.join({"v": 1, "rid": circle.secret.rid, "token": ada.token})
        for number in range(1000):
            await raw.say(f"42{number}" + json.dumps(["whisper", {}]))
        await raw.until_closed()
        assert any("busy" in text for text in raw.texts)
        assert any("malformed" in text for text in raw.texts)
    await undisturbed(fay)


@pytest.mark.parametrize("text", ["41", '42["nothing"]', '42["connect",{}]', '42["command",{}]', "4x", '43["x"]'])
async def test_every_packet_counts_whatever_it_says_before_it_is_read(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.packets.PACKETS", (0.0, 2.0))
    read: list[str] = []
    monkeypatch.setattr("server.packets.nesting", lambda text: len(read.append(text) or ""))
    with Serving() as serving:
        async with Circle(serving.base) as circle, Raw(serving.base) as raw:
            await raw.join(key(circle))
            await raw.say('42["whisper",{}]')
            for _ in range(3):
                await raw.say(text)
            await raw.until_closed()
    assert [said for said in read if said.startswith("2")] == ['2["whisper",{}]']
    assert len(read) == 2
