"""Puts generated text where it belongs: the browser's typedefs, the tables of rules, whispers and settings. `--check` only looks."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rooms import scribe  # noqa: E402
from server import settings  # noqa: E402


def between(path: str, **marked: str) -> tuple[Path, str]:
    """The file with what stands between the two marks of each name replaced."""
    file = ROOT / path
    whole = file.read_text("utf-8")
    for mark, text in marked.items():
        pattern = re.compile(rf"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
        whole = pattern.sub(lambda found, text=text: found[1] + text + found[2], whole)
    return file, whole


def generated() -> list[tuple[Path, str]]:
    """Every generated file with the text that it should have."""
    return [
        (ROOT / "static/js/protocol.js", scribe.protocol()),
        (ROOT / "static/js/protocol.d.ts", scribe.types_()),
        between("rooms/README.md", rules=scribe.rules(), whispers=scribe.whisper_rows()),
        between("README.md", settings=settings.table()),
    ]


def stale() -> list[Path]:
    return [path for path, text in generated() if not path.exists() or path.read_text("utf-8") != text]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(path.name for path in stale())}" if stale() else 0)
    for path, text in generated():
        path.write_text(text, "utf-8")
