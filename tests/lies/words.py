"""Words of every sort, and how they are read: what stands in the room, at the door, with a seat, and what is said without a voice."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from tests.bots.keys.living import Keys
from tests.bots.keys.octets import Bad, b64, unb64
from tests.bots.keys.words import Keyed, door, open_room
from tests.bots.participant import Participant
from tests.lies.circle import Circle

TERMS = {
    "limits": "B", "camera": "optional", "observers": "ask", "late": "open", "late_after": 15, "reactions": True, "breath": 0,
    "capacity": 12, "rotates": True, "help": None,
}  # fmt: skip
STEP = {
    "part": "own", "floor": "open", "minutes": 10, "turn": None, "breath": 0, "reactions": True, "writing": True,
}  # fmt: skip


async def all_written(here: Circle) -> None:
    """There is a word of every sort in the circle."""
    fay, ada, bo = here.fay, here.ada, here.bo
    texts = {"agreements": "We listen.", "limits_words": "We call nobody.", "next_date": "Thursday"}
    sealed = {name: b64(_door(fay).seal(text, KIND[name])) for name, text in texts.items()}
    await fay.line.command("set_terms", terms={**TERMS, **sealed})
    await fay.line.command(
        "set_agenda", agenda=[{**STEP, "title": fay.seal("Arriving", "title")}, {**STEP, "title": None}]
    )
    await fay.asks_all("What carried you?")
    await fay.line.command("set_script", step=0, script=fay.seal("Say welcome", "script"))
    for one in (ada, bo):
        await one.checks_in("share", "tired", open_=True)
    for one in (bo, ada):
        await fay.line.command("offer_lead", seat=one.seat, box=fay.keyed.seed_for(one.seat))
        await fay.line.command("name_next", seat=one.seat, handed=fay.keyed.seed_for(one.seat))
        await one.line.until(lambda view: bool(view["lead_box"] and view["handed"]))
    await here.knocks("Cy", role="observer")
    await fay.admit(here.people["Cy"])
    await ada.line.until(lambda view: bool(view["coming"]))
    await ada.line.until(lambda view: all(seat["card"] for seat in view["seats"] if seat["id"] in (ada.seat, bo.seat)))
    await fay.line.until(lambda view: view["script"] is not None)


def _door(one: Participant) -> Keyed:
    """What is read at the door, under the present link."""
    epoch = one.keyed.epoch
    assert epoch is not None
    return door(epoch.roster.rid, epoch.block.link)


KIND = {"agreements": "agreements", "limits_words": "settings", "next_date": "title"}


def _seed(one: Participant, field: str) -> str:
    one.keyed.take_seed(one.view[field])
    return "taken"


def _coming(keys: Keys, name: str) -> str:
    return open_room(keys.ground.rid, keys.rooms, unb64(name), "name")


def _card(here: Circle, one: Participant) -> str:
    card = next(seat["card"] for seat in one.view["seats"] if seat["id"] == here.seat("Bo"))
    return str(json.loads(one.unseal(card["words"], "check_in", here.seat("Bo"))))


READ: dict[str, Callable[[Circle, Participant], str]] = {
    **{name: lambda _, one, name=name: _door(one).open(unb64(one.view["terms"][name]), KIND[name]) for name in KIND},
    "prompt": lambda _, one: one.unseal(one.view["prompt"], "prompt"),
    "script": lambda _, one: one.unseal(one.view["script"], "script"),
    "title": lambda _, one: one.unseal(one.view["agenda"][0]["title"], "title"),
    "coming": lambda here, one: _coming(here.keys(one.name), one.view["coming"][0]["name"]),
    "card": _card,
    "lead_box": lambda _, one: _seed(one, "lead_box"),
    "handed": lambda _, one: _seed(one, "handed"),
}
"""each raises Bad for what cannot be read"""


async def _share(here: Circle) -> None:
    """In a turn of Bo's own; the one before has another number."""
    for text in ("It was long.", "It was good."):
        await here.fay.offer(here.bo)
        await here.bo.accept()
        await here.bo.share(text)
        await here.bo.lay_down()


async def _writing(here: Circle) -> None:
    await here.fay.line.command("set_floor", floor="open")
    await here.bo.writes("writing", "I am with you.")


async def _note(here: Circle) -> None:
    await here.bo.writes("note", "I would like to go.")


WHISPERS: dict[str, Callable[[Circle], Awaitable[None]]] = {"share": _share, "writing": _writing, "note": _note}


def reads(one: Participant, told: dict[str, Any]) -> bool:
    try:
        one.read(told)
    except Bad:
        return False
    return True
