"""What links and sealed words must come to, reckoned in Python for the browser's tests: `python -m tests.static.vectors` writes it."""

import json
from pathlib import Path

from tests.bots import links

PATH = Path(__file__).with_name("vectors.json")
BASE = "https://circle.example"
NONCE = bytes(range(12))
SEED = bytes(range(32))
# Made-up ones: plain letters, several bytes a letter, another direction, empty, and longer than a name may be shown.
TEXTS = {
    "name": ("Wren", "Zoë", "小雨", "נועה", ""),
    "note": ("It is my first time.\nI may keep the camera off.", "é" * 500),
    "title": ("Letters to ourselves", "小" * 39),
    "prompt": ("What carried you through this week?",),
    "script": ("Let us arrive, bell to bell.",),
    "intention": ("To say one true thing.",),
    "settings": ("We call nobody without you; we stay and talk.",),
    "agreements": ("What is said stays here.\nYou may pass, always.",),
}
# Whose words they are stands in the seal, and for a share the turn.
SEAT, TURN = "Ab3-_xyzXYZ", 7
BY_SEAT = {
    "check_in": ('["Tired, and glad to be here.","rain","6"]',),
    "share": ("I would rather write today.\n\nIt was a long week.", "x" * 1022, "é" * 600, "長" * 1300),
    "writing": ("Thank you for that.",),
    "line": ("Shall we skip the break?",),
    "note": ("I'd like someone.",),
}


def _circle(counter: int) -> dict[str, object]:
    """One circle's secrets and everything that follows from them."""
    secret = links.from_seed(SEED, counter)
    return {
        "rid": secret.rid,
        "seed": links.b64(SEED),
        "counter": counter,
        "link": links.b64(secret.link),
        "fp": secret.fp,
        "join": secret.join,
        "opening": secret.opening(),
        "challenge": "a nonce of the server",
        "signature": secret.sign("a nonce of the server"),
        "members": secret.members(BASE),
        "facilitators": secret.facilitators(BASE),
    }


def _sealed() -> list[dict[str, str]]:
    secret = links.from_seed(SEED)
    texts = [(kind, text, "") for kind, all_ in TEXTS.items() for text in all_]
    for kind, all_ in BY_SEAT.items():
        texts += [(kind, text, f"{SEAT} {TURN}" if kind == "share" else SEAT) for text in all_]
    return [
        {"kind": kind, "text": text, "about": about, "sealed": secret.seal(text, kind, *about.split(), nonce=NONCE)}
        for kind, text, about in texts
    ]


def current() -> str:
    """The file as it should be."""
    content = {"base": BASE, "nonce": links.b64(NONCE), "circles": [_circle(1), _circle(2)], "sealed": _sealed()}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(current(), "utf-8")
