"""Other processes, as somebody would start them: the complete server and what it is compared with; their CPU; an end for each."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
START_WITHIN = 20.0


def cpu_seconds(pid: int) -> float:
    """CPU time that a process with all its threads has used so far, in user mode and in the kernel."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def running(command: list[str], environment: dict[str, str] | None = None) -> Generator[int]:
    """A process with nothing of our surroundings but the path; its id. Ended at the end, by force if it must be."""
    surroundings = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**surroundings, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until_answers(url: str) -> None:
    """Wait until something answers there with 200. Raises TimeoutError."""
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310  our own process on this machine
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise TimeoutError(f"nothing answers at {url}")


@contextmanager
def serving() -> Generator[tuple[str, int]]:
    """`python -m server` on free ports: (base address, process id)."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    settings = {"PORT": str(port), "CIRCLE_MEDIA_PORT": str(free_port())}
    with running([sys.executable, "-m", "server"], settings) as pid:
        until_answers(f"{base}/readyz")
        yield base, pid
