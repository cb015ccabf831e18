"""`make demo`: the server as anybody would run it, a circle of five made-up members, and two links to sit down with them."""

import argparse
import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from socketio.exceptions import SocketIOError

from server.settings import SettingError, Settings, read
from tests.bots.host import Host
from tests.bots.member import Member, Writer
from tests.bots.participant import Links, open_circle
from tests.bots.signaling import Refused
from tests.bots.tasks import stop
from tests.bots.tracks import Colour
from tests.serving import Serving

HOST, WRITER = "Maren", "Noor"
PEOPLE: dict[str, tuple[float, Colour]] = {  # name: tone in Hz, colour of the wall behind
    "Maren": (196.0, (156, 84, 58)),
    "Ilya": (220.0, (168, 118, 48)),
    "Ruth": (261.6, (140, 62, 72)),
    "Tomás": (293.7, (122, 86, 64)),
    "Noor": (329.6, (176, 98, 88)),
}
SOFT = 0.04
MOMENT, HOLD = 1.2, 6.0
GREETING = """
Five made-up people sit in a circle and pass the stick: {names}.

  Sit down with them:
    {members}

  If you want to try facilitating:
    {facilitators}

Open the first link in a browser, choose a name and knock: {host} lets you in after a moment. Whoever holds the stick hums a soft
tone, and you hear nobody else; {writer} writes instead. In your turn, within a minute, the stick is offered to you. Accept it
when you like (the five wait for you), and pass it on. With the second link you can let people in and offer the stick yourself;
{host} then leaves it to you for a while. Stop with Ctrl-C."""
TAKEN = "Port {port} is taken. Stop what runs there, or choose others: PORT=8010 CIRCLE_MEDIA_PORT=8011 make demo"
SILENT = "The server did not start. Try `make run` to see why."
LOST = "One of the five has lost the server. Start the demo again."
ENDED = "The circle has ended. Nothing of it is kept."


Somebody = TypeVar("Somebody", bound=Member)


class Failure(Exception):
    """The demo cannot go on. The text says what to do."""


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def look_for_room(settings: Settings) -> None:
    """Raises Failure where somebody else has a port that the server needs."""
    places = (
        (socket.SOCK_STREAM, settings.host, settings.port),
        (socket.SOCK_STREAM, settings.media_host, settings.media_port),
        (socket.SOCK_DGRAM, settings.media_host, settings.media_port),
    )
    for kind, host, port in places:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind) as probe:
            if kind == socket.SOCK_STREAM:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                raise Failure(TAKEN.format(port=port)) from None


@asynccontextmanager
async def server(settings: Settings) -> AsyncGenerator[None]:
    """In a thread of this process, so that it never outlives us. Raises Failure."""
    serving = Serving(timings=None, given=settings)
    try:
        await asyncio.to_thread(serving.__enter__)
        yield
    except RuntimeError:
        raise Failure(SILENT) from None
    finally:
        await asyncio.to_thread(serving.__exit__)


@asynccontextmanager
async def company(links: Links, hold: float) -> AsyncGenerator[set[asyncio.Task[None]]]:
    """The five, seated; they come one after the other and go together. The tasks are their lives: none ends before the circle."""
    host = _person(Host, links.facilitators, HOST)
    everybody: list[Member] = [host]
    living: set[asyncio.Task[None]] = set()
    try:
        await host.enter()
        await host.sit()
        for name in [name for name in PEOPLE if name != HOST]:
            one = _person(Writer if name == WRITER else Member, links.members, name)
            everybody.append(one)
            await one.knock()
            await host.admit(one)
            await one.sit()
        lives = [host.keep_the_door(), host.keep_the_stick(), host.until_the_end()]
        lives += [one.follow(MOMENT, hold) for one in everybody]
        living |= {asyncio.create_task(life) for life in lives}
        yield living
    finally:
        await asyncio.gather(*map(stop, living), return_exceptions=True)
        with suppress(Refused, TimeoutError, SocketIOError):  # it may have ended, or the server may be gone
            await host.line.command("close")
        await asyncio.gather(*(one.close() for one in everybody), return_exceptions=True)


def _person(kind: type[Somebody], link: str, name: str) -> Somebody:
    hz, colour = PEOPLE[name]
    return kind(link, name, hz=hz, colour=colour, volume=SOFT, listens=False)


async def circle(settings: Settings, hold: float) -> None:
    """Until the circle ends, or we are cancelled. Raises Failure."""
    look_for_room(settings)
    async with server(settings):
        links = await open_circle(settings.public_url)
        async with company(links, hold) as living:
            names = ", ".join(PEOPLE)
            say(
                GREETING.format(
                    names=names, host=HOST, writer=WRITER, members=links.members, facilitators=links.facilitators
                )
            )
            done, _ = await asyncio.wait(living, return_when=asyncio.FIRST_COMPLETED)
            if any(task.exception() for task in done):
                raise Failure(LOST)


async def demo(settings: Settings, hold: float) -> None:
    """The circle, until somebody asks us to stop. Raises Failure."""
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    meeting, asking = asyncio.create_task(circle(settings, hold)), asyncio.create_task(asked.wait())
    await asyncio.wait({meeting, asking}, return_when=asyncio.FIRST_COMPLETED)
    asking.cancel()
    await stop(meeting)
    say(ENDED)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bots.demo", description=__doc__)
    parser.add_argument("--hold", type=float, default=HOLD, help="seconds for which each of the five holds the stick")
    hold: float = parser.parse_args(arguments).hold
    try:
        asyncio.run(demo(read(os.environ), hold))
    except (SettingError, Failure) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
