"""The server as a process of its own with everything around it that it could tell somebody: its memory, words, Redis and network."""

import os
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO

from tests.bench.process import until_answers
from tests.blindness import capture, memory, streams
from tests.blindness.kept import Kept
from tests.blindness.markers import Marker
from tests.blindness.scanner import Scanner
from tests.check import ROOT
from tests.redis_server import RedisServer
from tests.serving import free_port


class Place(StrEnum):
    REDIS = "Redis"
    LOG = "log"
    MEMORY = "memory"
    NETWORK = "network"


class Watch:
    """`found`: which markers were seen where by now."""

    def __init__(self, folder: Path, *, redis: bool) -> None:
        self._folder = folder
        self._redis = RedisServer() if redis else None
        self._kept: Kept | None = None
        self._ports = {"PORT": str(free_port()), "CIRCLE_MEDIA_PORT": str(free_port())}
        self.base = f"http://localhost:{self._ports['PORT']}"
        self.found: dict[Place, set[Marker]] = {place: set() for place in Place}
        self.looked: dict[Place, int] = dict.fromkeys(Place, 0)
        """bytes"""
        self._until = ExitStack()

    def __enter__(self) -> "Watch":
        with ExitStack() as begun:
            environment = {"PATH": os.environ["PATH"], **self._ports}
            if self._redis is not None:
                begun.enter_context(self._redis)
                self._kept = begun.enter_context(Kept(self._redis))
                environment["REDIS_URL"] = self._redis.url
            self._capture = begun.enter_context(capturing(self._folder / "network", self._ports.values()))
            self._log = begun.enter_context((self._folder / "log").open("wb"))
            self._server = begun.enter_context(_running("loud", environment, self._log))
            until_answers(f"{self.base.replace('localhost', '127.0.0.1')}/readyz")
            self._until = begun.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._until.close()

    @property
    def places(self) -> list[Place]:
        """Where there is anything to look at."""
        return [place for place in Place if place is not Place.REDIS or self._redis is not None]

    def keys_of(self, circles: int) -> int:
        """How many keys of Redis so many circles have: each its own and its commits'."""
        return 0 if self._redis is None else 2 * circles

    def look_inside(self, markers: Iterable[Marker]) -> int:
        """Into its memory as it is now; how many keys Redis has, each of which is remembered with its value."""
        keys = 0 if self._kept is None else self._kept.dump()
        scanner = Scanner(markers)
        for part in memory.parts(self._server.pid, scanner.longest):
            self._look(Place.MEMORY, scanner, part)
        return keys

    def look_back(self, markers: Iterable[Marker]) -> None:
        """At all that came out of it since it began. Nothing more is captured then."""
        scanner = Scanner(markers)
        if self._kept is not None:
            self._look(Place.REDIS, scanner, self._kept.everything())
        self._look(Place.LOG, scanner, (self._folder / "log").read_bytes())
        assert self._capture.ends() == 0, "packets were dropped before they could be read"
        said = streams.put_together(capture.read((self._folder / "network").read_bytes()))
        self._look(Place.NETWORK, scanner, b"\0".join([*said, *map(streams.unmasked, said)]))

    def _look(self, place: Place, scanner: Scanner, data: bytes) -> None:
        self.looked[place] += len(data)
        self.found[place] |= scanner.find(data)


@contextmanager
def _running(module: str, environment: dict[str, str], log: IO[bytes]) -> Generator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", f"tests.blindness.{module}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process:
        try:
            yield process
        finally:
            process.terminate()


class Capture:
    """Runs within `capturing`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def ends(self) -> int:
        """How many packets the kernel had to drop."""
        _, said = self._process.communicate()
        return int(said)


@contextmanager
def capturing(into: Path, ports: Iterable[str]) -> Generator[Capture]:
    """Raw sockets are root's: who is not asks sudo."""
    command = [sys.executable, "-m", "tests.blindness.capture", *ports]
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    pipe = subprocess.PIPE
    with (
        into.open("wb") as out,
        subprocess.Popen([*as_root, *command], cwd=ROOT, stdin=pipe, stdout=out, stderr=pipe) as process,
    ):
        assert process.stderr is not None
        assert process.stderr.readline() == b"listening\n", "needs root, or sudo without a password"
        yield Capture(process)
