"""A real server for tests: uvicorn in a thread, on free ports, with the parts that a test hands in."""

import asyncio
import itertools
import os
import random
import socket
import threading
import time
from typing import Any

import uvicorn

from rooms.nouns import Timings
from server.__main__ import options
from server.app import build
from server.settings import Settings, read

FAST = Timings(
    holder_grace=3.0, offer_grace=1.5, seat_grace=8.0, stand_in=1.0, adrift=2.0, knock_gone=3.0, heads_up=2.0
)

# Below the ports that the system gives to connections unasked; every test process keeps to its own thousand, so that two do not
# find the same port free at the same moment.
_FIRST = 15_000 + 1000 * (os.getpid() % 17)
_PORTS = itertools.cycle(random.SystemRandom().sample(range(_FIRST, _FIRST + 1000), 1000))


def free_port() -> int:
    """A port that is free on UDP and TCP, and not one of those which the system gives to others by itself a moment later."""
    while True:
        port = next(_PORTS)
        with socket.socket(type=socket.SOCK_STREAM) as stream, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
            try:
                stream.bind(("127.0.0.1", port))
                datagrams.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def settings(**environment: str) -> Settings:
    return read({"PORT": str(free_port()), "CIRCLE_MEDIA_PORT": str(free_port()), **environment})


class Serving:
    """The complete server, with the same uvicorn options as `python -m server`."""

    def __init__(self, timings: Timings | None = FAST, given: Settings | None = None, **parts: Any) -> None:
        self.settings = given or settings()
        self.base = f"http://localhost:{self.settings.port}"
        self.app = build(self.settings, timings=timings, **parts)
        config = uvicorn.Config(self.app, **options(self.settings))
        config.timeout_graceful_shutdown = 1
        # uvloop complains of connections that a browser gives up before they are accepted; here complaints fail a test.
        config.loop = "asyncio"
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        async def serve() -> None:
            await self._server.serve()
            # What the server has closed is let go by the loop's next turns; a process that ends needs none.
            await asyncio.sleep(0.05)

        with asyncio.Runner(loop_factory=self._server.config.get_loop_factory()) as runner:
            runner.run(serve())

    def __enter__(self) -> "Serving":
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started:
            if time.monotonic() > until or not self._thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
