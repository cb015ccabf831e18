"""What somebody in a circle sees, in words: names instead of seats, in the order of the circle. From the view alone."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.bots.keys.octets import Bad
from tests.bots.signaling import View

Unseal = Callable[..., str]


class Seen(NamedTuple):
    """A view in words. Lists hold names."""

    part: str | None
    """of the agenda"""
    prompt: str | None
    stick: str
    """in the centre, offered to somebody, with somebody"""
    next: str | None
    heard: list[str]
    """who may be heard now"""
    so_far: list[str]
    """who has been heard in this round, or has passed"""
    later: list[str]
    hands: list[str]
    """in their order"""
    listening: list[str]
    away: list[str]
    out: dict[str, str | None]
    """who has stepped out, and with which wish, where that is shown"""
    plan: dict[str, int]
    """seconds in the time plan, as far as they are shown"""
    cards: dict[str, str]
    """who has checked in, as far as it is shown: wish, and the words"""

    def differs(self, what: dict[str, object]) -> dict[str, object]:
        """What is otherwise than given."""
        return {name: is_ for name, is_ in self._asdict().items() if name in what and is_ != what[name]}


def see(view: View, unseal: Unseal, name: dict[str, str]) -> Seen:
    """`name`: by seat."""
    seats: list[dict[str, Any]] = view["seats"]
    hands = sorted((seat["hand"], name[seat["id"]]) for seat in seats if seat["hand"] is not None)
    return Seen(
        part=None if view["step"] is None else view["agenda"][view["step"]]["part"],
        prompt=view["prompt"] and _read(unseal, view["prompt"], "prompt"),
        stick=_stick(view, name),
        next=name.get(view["next"]),
        heard=[name[seat["id"]] for seat in seats if seat["id"] in view["heard"]],
        so_far=[name[seat["id"]] for seat in seats if seat["heard"]],
        later=[name[seat["id"]] for seat in seats if seat["later"]],
        hands=[one for _, one in hands],
        listening=[name[seat["id"]] for seat in seats if seat["role"] == "observer"],
        away=[name[seat["id"]] for seat in seats if not seat["present"]],
        out={name[seat["id"]]: seat["wish"] for seat in seats if seat["out"]},
        plan={name[share["seat"]]: share["seconds"] for share in view["plan"]},
        cards={name[seat["id"]]: _card(seat, unseal) for seat in seats if seat["card"]},
    )


def _stick(view: View, name: dict[str, str]) -> str:
    words = {"resting": "in the centre", "offered": "offered to {}", "held": "with {}"}
    return words[view["stick"]["state"]].format(name.get(view["stick"]["seat"]))


def _card(seat: dict[str, Any], unseal: Unseal) -> str:
    card = {"wish": "unsure", "words": None, **seat["card"]}  # what is usual is left out
    words = card["words"] and _read(unseal, card["words"], "check_in", seat["id"])
    return f"{card['wish']}: {json.loads(words)[0]}" if words else str(card["wish"])


def _read(unseal: Unseal, sealed: str, kind: str, *about: object) -> str | None:
    """None for what was sealed before one came, or for others."""
    try:
        return unseal(sealed, kind, *about)
    except Bad:
        return None
