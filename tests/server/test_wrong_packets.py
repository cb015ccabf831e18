"""Packets that are none: each ends its sender's socket at most, and nothing is printed."""

import asyncio
import json
import logging

import pytest

from server import packets
from tests.bots.signaling import Line
from tests.server.people import Circle, key, undisturbed
from tests.server.raw import NoSocket, Raw
from tests.serving import Serving

WRONG: dict[str, str | bytes] = {
    "a binary frame": b"\x04hello",
    "attachments announced": '451-["command",{"_placeholder":true,"num":0}]',
    "very many attachments announced": '459999999999-["command",{"_placeholder":true,"num":0}]',
    "a binary ack": '461-1["x"]',
    "too large a command": "42" + json.dumps(["command", "x" * packets.MOST_BYTES]),
    "too large a media message": "42" + json.dumps(["media", "x" * packets.MOST_BYTES_OF_MEDIA]),
    "too large a word of the keys": "42" + json.dumps(["keys", "x" * packets.MOST_BYTES_OF_KEYS]),
    "too deep": "42" + json.dumps(["command"])[:-1] + "," + "[" * 50 + "]" * 50 + "]",
    "far too deep": "42[" * 1 + "[" * 10_000,
    "no JSON": '42["command",',
    "no event": "42",
    "an empty event": "42[]",
    "an object for an event": '42{"a":1}',
    "no list": '42"command"',
    "NaN": '42["command",NaN]',
    "half a surrogate": '42["command","\\ud800"]',
    "no packet type": "4x",
    "an unknown packet type": "49",
    "an error of a connection": '44{"message":"x"}',
    "a number of an ack without an end": "42" + "9" * 200 + '["command",{}]',
    "a second connection": "40",
    "the end of the namespace": "41",
    "a close of the engine": "1",
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_packet_ends_its_own_socket_and_disturbs_nobody(circle: Circle, fay: Line, name: str) -> None:
    async with Raw(circle.base) as raw:
        await raw.join(key(circle))
        await raw.say(WRONG[name])
        if name in {"a second connection", "half a surrogate", "a number of an ack without an end"}:
            await raw.say("41")  # these may be answered or end the socket; either way nothing else may happen
        await raw.until_closed()
    await undisturbed(fay)


async def test_a_frame_that_is_too_long_for_the_server_ends_its_own_socket(circle: Circle, fay: Line) -> None:
    async with Raw(circle.base) as raw:
        await raw.join(key(circle))
        await raw.say("4" + "x" * 200_000)
        await raw.until_closed()
    await undisturbed(fay)


async def test_the_loggers_of_the_libraries_are_silent(
    circle: Circle, fay: Line, records: list[logging.LogRecord], capfd: pytest.CaptureFixture[str]
) -> None:
    for data in WRONG.values():
        async with Raw(circle.base) as raw:
            await raw.join(key(circle))
            await raw.say(data)
            await raw.say("41")
            await raw.until_closed()
    with pytest.raises(NoSocket):
        async with Raw(circle.base, origin="http://evil.example"):
            pass
    await undisturbed(fay)
    assert [record.getMessage() for record in records] == []
    assert capfd.readouterr() == ("", "")


async def test_announced_attachments_end_the_socket_however_the_digit_is_written() -> None:
    with Serving() as serving:
        async with Circle(serving.base) as circle, Raw(circle.base) as raw:
            await raw.join(key(circle))
            await raw.say('4٥9999-["media",{"_placeholder":true,"num":0}]')
            for _ in range(3):
                await raw.say(bytes(30_000))
            async with asyncio.timeout(2):
                await raw.until_closed()
