"""Law 4, nothing is kept: a meeting full of markers, with every logger asked for all it has, and Redis read to the last byte."""

import logging
from collections.abc import Iterator

import aiohttp
import pytest

from rooms.opaque import OWN_WORDS, letters
from tests.bots.links import b64
from tests.bots.signaling import Line, Refused
from tests.builders import a_commit
from tests.redis_server import RedisServer
from tests.server.people import Circle, gives, key, lets_in
from tests.server.raw import Raw
from tests.serving import Serving, settings

NAME, NOTE, WORD = "Marigold-7731", "a-note-of-Larkspur-4402", "Foxglove-9017"
# Of the form of sealed words, in which the server does not look.
WHISPER = "Bluebell-6620".ljust(letters(1024 + OWN_WORDS), "A")


@pytest.fixture
def everything() -> Iterator[list[str]]:
    """Whatever any logger says, each set to DEBUG before the server starts, as somebody in search of a fault would."""
    said: list[str] = []

    class Writing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.name} {self.format(record)} {record.args}")

    root, handler = logging.getLogger(), Writing(0)
    names = ["socketio.server", "engineio.server", "uvicorn", "uvicorn.error", "uvicorn.access", "websockets", "redis"]
    loggers = [root, *(logging.getLogger(name) for name in names)]
    before = [logger.level for logger in loggers]
    root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)


def secrets_of(circle: Circle) -> list[str]:
    """What opens a circle or names somebody, in the forms in which it travels."""
    secret = circle.secret
    seats = [text for line in circle.lines for text in (line.seat, line.token) if text]
    return [NAME, NOTE, WORD, WHISPER, secret.rid, b64(secret.link), secret.join, b64(secret.seed or b""), *seats]


async def whole_meeting(circle: Circle) -> Line:
    """Comings, goings, words, wrong ways: everything but the end. Returns who can end it."""
    fay = await circle.facilitator()
    ada = await circle.member(fay, NAME)
    bo = await circle.waiting(NAME, note=NOTE)
    await lets_in(fay, bo)
    await fay.call("keys", {"type": "commit", **a_commit(1, fay.seat or "", ada.seat or "", bo.seat or "")})
    await gives(fay, ada)
    await whispers(fay, ada, bo)
    await gives(fay, ada)
    await ada.command("pass", turn=ada.view["turn"], to=bo.seat)
    await wrong_ways(circle, ada)
    away = await circle.waiting(NAME, role="observer", note=NOTE)
    await fay.command("turn_away", seat=away.seat)
    await bo.command("leave")
    return fay


async def whispers(fay: Line, ada: Line, bo: Line) -> None:
    """Each kind, told to whom it was for."""
    await ada.whisper("share", turn=ada.view["turn"], text=WHISPER)
    await bo.whisper("note", text=WHISPER)
    await fay.until_whisper(lambda told: told["type"] == "note" and told["text"] == WHISPER)
    await fay.command("set_floor", floor="open")
    await bo.whisper("writing", text=WHISPER)
    await bo.whisper("reaction", reaction="heart")
    await ada.until_whisper(lambda told: told["type"] == "reaction")
    await fay.command("set_floor", floor="round")
    await fay.until(lambda view: view["floor"] == "round")


async def wrong_ways(circle: Circle, seated: Line) -> None:
    with pytest.raises(Refused):
        await seated.call("command", {"type": WORD, "name": NAME})
    with pytest.raises(Refused):
        await seated.call(
            "media", {"type": "publish", "sdp": f"v=0\r\ns={WORD}\r\na=candidate:1 1 udp 1 192.0.2.77 9 typ host\r\n"}
        )
    with pytest.raises(Refused):
        await seated.call("whisper", {"text": WORD})
    async with Raw(circle.base) as raw:
        assert "unknown" in await raw.join({**key(circle), "join": WORD})
    async with Raw(circle.base) as raw:
        await raw.join(key(circle))
        await raw.say('451-["command",{"_placeholder":true,"num":0}]')
        await raw.until_closed()
    async with aiohttp.ClientSession() as session:
        for path in (f"/c/{circle.secret.rid}", f"/{WORD}", f"/static/{WORD}"):
            async with session.get(circle.base + path) as answer:
                await answer.text()
        async with session.post(f"{circle.base}/api/circles", data=WORD, headers={"Origin": circle.base}) as answer:
            assert answer.status == 400


async def test_nothing_of_a_meeting_is_said_in_any_log(
    everything: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    with Serving() as serving:
        # So that a silent test is seen to listen.
        logging.getLogger("somebody").debug("a word")
        async with Circle(serving.base) as circle:
            fay = await whole_meeting(circle)
            await fay.command("close")
            known = secrets_of(circle)
    assert any("a word" in line for line in everything)
    spoken = [line for line in everything if not line.startswith("somebody")] + list(capfd.readouterr())
    assert [
        (word, line) for line in spoken for word in [*known, "127.0.0.1", "::1", "192.0.2.77"] if word in line
    ] == []


async def test_redis_holds_no_word_while_it_lasts_and_nothing_afterwards(redis_server: RedisServer) -> None:
    redis_server.ask("FLUSHALL")
    with Serving(given=settings(REDIS_URL=redis_server.url)) as serving:
        async with Circle(serving.base) as circle:
            fay = await whole_meeting(circle)
            kept = everything_in(redis_server)
            assert kept
            # A seat's id is its place in the circle and means nothing outside; what opens or names is not there.
            words = [word for word in secrets_of(circle) if word not in {line.seat for line in circle.lines}]
            assert [word for word in [*words, "127.0.0.1", "192.0.2.77"] if word.encode() in kept] == []
            await fay.command("close")
            await fay.until_ended()
        assert everything_in(redis_server) == b""


def everything_in(redis: RedisServer) -> bytes:
    """Every key and its value, one after another."""
    return b"".join(name + b" " + redis.ask("GET", name) for name in redis.ask("KEYS", "*"))
