"""`make demo`, as somebody meets it who sits down with the five."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from tests.bots.member import Member
from tests.bots.participant import Participant
from tests.serving import free_port

pytestmark = pytest.mark.journey
PATIENCE = 60.0


class Demo:
    """The running program, and the links that it prints."""

    def __init__(self, process: asyncio.subprocess.Process, said: str) -> None:
        self.process, self.said = process, said
        self.members = re.findall(r"^\s+(http\S+/c/\S+)$", said, re.MULTILINE)[0]
        self.facilitators = re.findall(r"^\s+(http\S+/f/\S+)$", said, re.MULTILINE)[0]

    async def end(self, number: signal.Signals) -> tuple[int | None, str, str]:
        """(exit code, last words, complaints)"""
        self.process.send_signal(number)
        out, err = await asyncio.wait_for(self.process.communicate(), PATIENCE)
        return self.process.returncode, out.decode(), err.decode()


async def start(port: int, media: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bots.demo", "--hold", "0.3"),
        env={**os.environ, "PORT": str(port), "CIRCLE_MEDIA_PORT": str(media)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def demo() -> AsyncGenerator[Demo]:
    process = await start(free_port(), free_port())
    try:
        assert process.stdout is not None
        said = await asyncio.wait_for(process.stdout.readuntil(b"Stop with Ctrl-C.\n"), PATIENCE)
        yield Demo(process, said.decode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_visitor_is_let_in_gets_the_stick_in_turn_and_passes_it_on(number: signal.Signals) -> None:
    async with demo() as running:
        visitor = Member(running.members, "Vi", hz=700)
        await visitor.knock()
        await visitor.line.until(lambda view: view["at"] == "circle")
        await visitor.sit()
        seats = visitor.view["seats"]
        names = list(visitor.names().values())
        assert names == ["Maren", "Ilya", "Ruth", "Tomás", "Noor", "Vi"]
        assert [seat["role"] for seat in seats] == ["facilitator", *["member"] * 5]
        await visitor.line.until(visitor.offered, PATIENCE)
        await visitor.accept()
        await visitor.pass_on()
        others = {seat["id"] for seat in seats} - {visitor.seat}
        (writer,) = (seat["id"] for seat, name in zip(seats, names, strict=True) if name == "Noor")
        speaking = others - {writer}
        await visitor.subscriber.until(lambda: set(visitor.subscriber.voices) >= speaking, PATIENCE)
        told = await visitor.line.until_whisper(lambda told: told["by"] == writer, PATIENCE)
        assert visitor.read(told).startswith("I would rather write today.")
        assert writer not in visitor.subscriber.voices
        measures = visitor.subscriber.measures
        await visitor.subscriber.until(lambda: all(measures.pictures[seat] > 0 for seat in others), PATIENCE)
        code, last, complaints = await running.end(number)
        assert (code, last, complaints) == (0, "The circle has ended. Nothing of it is kept.\n", "")
        assert await visitor.line.until_ended() == "closed"
        await visitor.close()


async def test_a_visitor_may_facilitate() -> None:
    async with demo() as running:
        visitor = Participant(running.facilitators, "Vi")
        await visitor.enter()
        await visitor.line.until(visitor.offered, PATIENCE)
        await visitor.accept()
        await visitor.line.command("close")
        out, err = await asyncio.wait_for(running.process.communicate(), PATIENCE)
        assert (running.process.returncode, out, err) == (0, b"The circle has ended. Nothing of it is kept.\n", b"")
        await visitor.close()


async def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        process = await start(taken, free_port())
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, out) == (2, b"")
    assert err.decode().startswith(f"Port {taken} is taken.")
    assert err.count(b"\n") == 1


async def test_it_can_be_ended_before_everybody_sits() -> None:
    port = free_port()
    process = await start(port, free_port())
    async with asyncio.timeout(PATIENCE):
        while not await answers(port):  # noqa: ASYNC110  another process: nothing here can tell
            await asyncio.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, err) == (0, b"")


async def answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
