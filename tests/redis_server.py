"""A real Redis for tests: a process of its own on a free port, that keeps nothing on disk."""

import subprocess
import time
from typing import Any

import redis

from tests.serving import free_port


class RedisServer:
    """Running between `start` and `stop`; with `with`, for that long. Started again it is empty, on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = {"port": str(self.port), "bind": "127.0.0.1", "save": "", "appendonly": "no", "logfile": "/dev/null"}
        arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen(["redis-server", *arguments])
        until = time.monotonic() + 10
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> "RedisServer":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, *command: str) -> Any:
        """One command, as in redis-cli; bytes as they are."""
        client = redis.Redis(port=self.port)
        try:
            return client.execute_command(*command)
        finally:
            client.close()

    def keys(self) -> list[bytes]:
        return list(self.ask("KEYS", "*"))

    def _answers(self) -> bool:
        try:
            return bool(self.ask("PING"))
        except redis.ConnectionError:
            return False
