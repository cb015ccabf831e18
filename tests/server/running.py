"""`python -m server` as a process of its own, with all that it prints."""

import os
import signal
import subprocess
import sys
from typing import Any

from tests.serving import free_port
from tests.test_tree import ROOT

WITHIN = 20


class Running:
    """Runs within `with`. What it printed after its greeting stands in `said` once it has ended."""

    def __init__(self, **environment: str) -> None:
        own = {"PORT": str(free_port()), "CIRCLE_MEDIA_PORT": str(free_port())}
        kept = {name: text for name, text in os.environ.items() if name not in {"PORT", "REDIS_URL"}}
        self.environment = {**kept, **own, **environment}
        self.base = f"http://localhost:{self.environment['PORT']}"
        self.greeting = ""
        self.said: tuple[str, str] = ("", "")
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Running":
        self.start()
        return self

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-m", "server"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        lines: list[str] = []
        while not lines or "Ctrl-C" not in lines[-1]:
            lines.append(self._process.stdout.readline())
            assert lines[-1], self._process.communicate()
        self.greeting = "".join(lines)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """The exit code; negative: the number of the signal that ended it."""
        assert self._process is not None
        self._process.send_signal(number)
        self.said = self._process.communicate(timeout=WITHIN)
        return self._process.returncode

    def __exit__(self, *_: Any) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


def refused_start(**environment: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a start that is to fail."""
    own = {"PORT": str(free_port()), "CIRCLE_MEDIA_PORT": str(free_port())}
    ended = subprocess.run(
        [sys.executable, "-m", "server"],
        cwd=ROOT,
        env={**os.environ, **own, **environment},
        capture_output=True,
        text=True,
        timeout=WITHIN,
        check=False,
    )
    return ended.returncode, ended.stdout, ended.stderr
