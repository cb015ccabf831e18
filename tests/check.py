"""Every check, in one go: `make test`. A row a check; all run even after one failed; the last line counts them.

`--write` lets the formatters write instead of looking. A word as argument runs only the checks whose name holds it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
NODE = ROOT / "node_modules" / ".bin"
BROWSER = ("static", "tests/static")


class Check(NamedTuple):
    """A command that exits 0 when what its name says holds."""

    name: str
    command: tuple[str, ...]
    writes: tuple[str, ...] = ()


CHECKS = (
    Check("format, Python", (f"{BIN}/ruff", "format", "--check", "-q", "."), (f"{BIN}/ruff", "format", ".")),
    Check("lint, Python", (f"{BIN}/ruff", "check", "-q", "."), (f"{BIN}/ruff", "check", "--fix", ".")),
    Check("types, Python", (f"{NODE}/pyright", "--warnings")),
    Check("imports", (f"{BIN}/lint-imports", "--no-cache")),
    Check(
        "format and lint, browser",
        (f"{NODE}/biome", "ci", "--error-on-warnings", *BROWSER),
        (f"{NODE}/biome", "check", "--write", *BROWSER),
    ),
    Check("types, browser", (f"{NODE}/tsc", "--project", ".")),
    Check("tests, browser modules", (f"{BIN}/node", "--test", "tests/static/*.test.mjs")),
    Check("tests, Python", (f"{BIN}/python", "-m", "pytest", "-q", "-m", "not journey", "-n", "4")),
    Check("journeys", (f"{BIN}/python", "-m", "pytest", "-q", "-m", "journey", "-n", "2", "--dist", "loadfile")),
)


def run(check: Check, write: bool) -> bool:
    """Run one check with its output on the screen. True if it held."""
    command = check.writes if write else check.command
    print(f"== {check.name}", flush=True)
    began = time.monotonic()
    path = os.pathsep.join((str(BIN), str(NODE), os.environ.get("PATH", "")))
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=False).returncode
    word = "holds" if code == 0 else f"FAILED, exit {code}"
    print(f"-- {check.name}: {word}, {time.monotonic() - began:.0f} s\n", flush=True)
    return code == 0


def main(arguments: list[str]) -> int:
    write = "--write" in arguments
    words = [word for word in arguments if not word.startswith("--")]
    chosen = [check for check in CHECKS if all(word in check.name for word in words)]
    if write:
        chosen = [check for check in chosen if check.writes]
    failed = [check.name for check in chosen if not run(check, write)]
    for name in failed:
        print(f"failed: {name}")
    print(f"checks: {len(chosen) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
