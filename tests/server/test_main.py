"""`python -m server` as people start and stop it."""

import asyncio
import signal
import socket

import pytest

from server.__main__ import listen
from tests.bots import links
from tests.bots.signaling import Line, Refused
from tests.builders import introduction, sealed
from tests.server.people import knocks, lets_in
from tests.server.running import Running, refused_start
from tests.serving import settings


async def a_busy_hour(base: str) -> list[Line]:
    """Pages, a circle, people in it, and all sorts of mistakes. The lines are left open."""
    secret = links.make()
    fay, ada = Line(base, secret), Line(base, links.parse(secret.members(base)))
    await fay.open_circle()
    await fay.connect()
    await fay.take_seat("enter", keys=introduction("Fay", 1))
    await fay.command("keep_door", key=sealed("Fay", 137))
    await ada.connect()
    await knocks(ada, "Ada")
    await lets_in(fay, ada)
    for data in ({"type": "offer"}, [], "x", {"type": []}):
        with pytest.raises(Refused):
            await ada.call("command", data)
    for path in ("/api/circles", "/api/challenge"):
        assert "refused" in await fay.post(path, {"rid": 1})
    with pytest.raises(Refused, match="unknown"):
        await Line(base, links.make()).connect()
    return [fay, ada]


async def test_the_start_says_where_to_open_and_what_is_protected() -> None:
    with Running() as server:
        assert f"Open {server.base}\n" in server.greeting
        assert "Only the holder of the stick is heard" in server.greeting
        assert "encrypted between those who sit in a circle" in server.greeting
        assert "could hear" not in server.greeting
        assert "Circles live in memory only." in server.greeting
        assert server.stop() in {0, -signal.SIGTERM}


@pytest.mark.parametrize(("number", "codes"), [(signal.SIGTERM, {0, -15}), (signal.SIGINT, {0, -2})])
async def test_it_ends_by_a_signal_with_sockets_open_and_has_said_nothing(number: int, codes: set[int]) -> None:
    with Running() as server:
        lines = await a_busy_hour(server.base)
        assert server.stop(number) in codes
        assert server.said == ("", "")
        for line in lines:
            await line.close()


async def test_with_a_redis_that_is_not_there_it_starts_and_says_nothing() -> None:
    with Running(REDIS_URL="redis://127.0.0.1:1") as server:
        assert "Circles outlive a restart." in server.greeting
        line = Line(server.base, links.make())
        with pytest.raises(Refused):
            await line.open_circle()
        with pytest.raises(Refused):
            await line.connect({"v": 1, "rid": line.secret.rid, "join": line.secret.join})
        server.stop()
        assert server.said == ("", "")


@pytest.mark.parametrize("environment", [{"CIRCLE_SECRET": "hush"}, {"CIRCLE_PROT": "hush"}, {"REDIS_URL": "hush"}])
def test_a_bad_setting_is_said_in_one_sentence_and_nothing_starts(environment: dict[str, str]) -> None:
    code, out, err = refused_start(**environment)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith(next(iter(environment)))
    assert "hush" not in err


@pytest.mark.parametrize("name", ["PORT", "CIRCLE_MEDIA_PORT"])
def test_a_port_that_is_taken_is_said_in_one_sentence(name: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, out, err = refused_start(**{name: str(other.getsockname()[1])})
    assert (code, out) == (2, "")
    assert err.startswith(f"{name} cannot be opened")
    assert err.count("\n") == 1


def test_redis_options_that_nobody_knows_are_said_in_one_sentence() -> None:
    code, out, err = refused_start(REDIS_URL="redis://127.0.0.1?hush=1")
    assert (code, out) == (2, "")
    assert err.startswith("REDIS_URL cannot be used.")
    assert "hush" not in err


async def test_who_takes_nothing_of_what_is_sent_to_them_loses_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.__main__.TAKES_NOTHING", 0.2)
    lost = asyncio.Event()

    class Sender(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.WriteTransport)
            transport.write(bytes(20_000_000))
            transport.close()  # which by itself waits until all is sent

        def connection_lost(self, exc: Exception | None) -> None:
            lost.set()

    given = settings()
    server = await asyncio.get_running_loop().create_server(Sender, sock=listen(given))
    async with server, asyncio.timeout(10):
        with socket.create_connection((given.host, given.port)):
            await lost.wait()
