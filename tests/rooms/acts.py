"""What may be tried in a circle: everything that its people are allowed now, and anything at all."""

import itertools
from typing import Any

from hypothesis import strategies as st

from rooms.circle import Circle
from rooms.nouns import Actor, Card, Step
from rooms.rulebook import Command
from rooms.rules import BY_COMMAND
from tests.builders import COMMANDS, a_commit, boxes, in_room, introduction, sealed, wrap

OWN_STEPS = (
    Step(part="own", floor="hands", minutes=3, turn=20),
    Step(part="sharing", floor="round", minutes=9, turn=60),
    Step(part="after", floor="open", minutes=10),
)
SWITCHES = ("on", "up", "microphone", "camera", "backwards", "unheard_first", "yes", "first_time")
NOBODY_TOO = {"pass", "name_successor", "come_back", "offer_lead", "name_next"}
OTHER_TERMS: tuple[dict[str, Any], ...] = (
    {"observers": "ask"},
    {"observers": "newcomers", "late": "closed", "late_after": 1},
    {"observers": "none"},
    {"observers": "welcome", "late": "boundary"},
    {"camera": "holder", "breath": 5},
    {"camera": "check_in"},
    {"camera": "optional", "rotates": True},
    {"rotates": False, "late": "open", "breath": 0},
    {"next_date": sealed("monday", 148)},
)
NONSENSE = "nobody-here"
Act = tuple[str, str, dict[str, Any]]
"""who, which command, with which fields"""


def people(circle: Circle) -> list[str]:
    """Who sits and who waits."""
    return [one.id for one in (*circle.seats, *circle.knocks)]


def _values(circle: Circle, kind: str) -> dict[str, list[Any]]:
    """For each field of a command, the values that make sense in this circle."""
    ids: list[str | None] = [*people(circle)]
    if kind in NOBODY_TOO:
        ids.append(None)
    every: dict[str, list[Any]] = {
        "seat": ids,
        "to": ids,
        "turn": [circle.turn],
        "floor": ["round", "hands", "open", "silence", "facilitator"],
        "role": ["member", "observer"],
        "agenda": ["sixty", "quick", "free", OWN_STEPS],
        "step": [0, 1, 2, 6],
        "seen": [circle.step],
        "minutes": [0, 5],
        "prompt": [None, in_room("prompt", 1024)],
        "script": [None, in_room("script", 1024)],
        "handed": [None, wrap("seed")],
        "box": [None, wrap("seed")],
        "seconds": [20, 60, None],
        "duty": ["door", "time", "guardian", "script"],
        "card": [None, Card(wish="listen"), Card(wish="need", minutes="longer"), Card(minutes="short", open=True)],
        "seats": [tuple(seat.id for seat in order) for order in (circle.seats, circle.seats[::-1])],
        "wish": ["fine", "someone"],
        "groups": _groups(circle),
        "terms": [circle.terms.evolve(**changes) for changes in OTHER_TERMS],
        "words": [sealed("words", 1052)],
        "link": [circle.door.link, circle.door.link + 1],
        "join": [sealed("another", 32)],
        "next_date": [None, sealed("tuesday", 148)],
        "keys": [introduction("keys", 1)] if kind == "enter" else [introduction("keys", number) for number in (0, 2)],
        "key": [sealed("key", 137)],
        "boxes": [boxes("keeper")],
        "name": [in_room("name") if kind == "admit" else sealed("name")],
        "was": [None, *circle.were_in],
        **{name: [True, False] for name in SWITCHES},
    }
    if kind == "introduce":
        every |= {name: [*every[name], None] for name in ("keys", "name", "boxes")}
    if kind == "commit":
        every |= _commits(circle)
    if kind == "set_link":
        every |= {"agreements": [None], "limits_words": [None]}
    if kind == "invite_aside":
        every["seats"] = [(NONSENSE,), *((id_,) for id_ in people(circle)), *itertools.pairwise(people(circle))]
    return {name: values for name, values in every.items() if name in COMMANDS[kind].__struct_fields__}


def _commits(circle: Circle) -> dict[str, list[Any]]:
    """For all who sit here; for all but the last; for who is here; for the first alone."""
    ids = [seat.id for seat in circle.seats]
    here = [seat.id for seat in circle.seats if seat.away_since is None]
    fields = [a_commit(circle.epoch + 1, *some) for some in (ids, ids[:-1], here, ids[:1])]
    return {
        **{name: [value] for name, value in fields[0].items()},
        "wraps": [one["wraps"] for one in fields if one["wraps"]],
    }


def made(kind: str, fields: dict[str, Any]) -> Command | None:
    """The command, where its fields belong together; else the wire would refuse it."""
    try:
        return COMMANDS[kind](**fields)
    except ValueError:
        return None


def _groups(circle: Circle) -> list[Any]:
    """Everybody who might be in one; and all but the first."""
    ids = [seat.id for seat in circle.seats if seat.role != "observer" and not seat.apart and not seat.out]
    here = [id_ for id_ in ids if id_ in {seat.id for seat in circle.seats if seat.away_since is None}]
    drawn = [tuple(some[at : at + 2] for at in range(0, len(some), 2)) for some in (here, here[1:])]
    return [tuple(tuple(group) for group in groups) for groups in drawn] + [(tuple(here[:3]), tuple(here[3:]))]


def _allowed(circle: Circle, kind: str, now: float) -> list[Act]:
    """Every way in which somebody may send this command now."""
    row, values = BY_COMMAND[COMMANDS[kind]], _values(circle, kind)
    acts: list[Act] = []
    for chosen in itertools.product(*values.values()):
        fields = dict(zip(values, chosen, strict=True))
        command = made(kind, fields)
        for by in people(circle) if command else ():
            if all(guard.holds(circle, command, by, now) for guard in (row.who, *row.when)):
                acts.append((by, kind, fields))
    return acts


def an_allowed_act(circle: Circle, now: float, kinds: tuple[str, ...], data: st.DataObject) -> Act | None:
    """One of the things that somebody may do now: of the drawn kind, or of the first one behind it that is allowed; else None."""
    at = data.draw(st.integers(0, max(0, len(kinds) - 1)), label="command")
    for kind in dict.fromkeys(kinds[at:] + kinds[:at]):
        if acts := _allowed(circle, kind, now):
            return data.draw(st.sampled_from(acts), label="act")
    return None


def any_fields(circle: Circle, kind: str, data: st.DataObject) -> dict[str, Any]:
    """Fields for a command that are at times stale, of somebody gone, or nonsense."""
    values = _values(circle, kind)
    for name in {"seat", "to"} & set(values):
        values[name].append(NONSENSE)
    if "turn" in values:
        values["turn"] += [circle.turn - 1, circle.turn + 1, 0]
    if "n" in values:
        values["n"] += [circle.epoch, circle.epoch + 2]
        values["wraps"] += [{NONSENSE: wrap("x")}]
    if "seen" in values:
        values["seen"] += [None, 0, 7]
    return {name: data.draw(st.sampled_from(some), label=name) for name, some in values.items()}


def any_actor(circle: Circle, who: Actor, data: st.DataObject) -> Actor:
    """`who`, or one of the people if that is asked for."""
    ids = people(circle)
    return data.draw(st.sampled_from(ids), label="by") if who == "somebody" and ids else who
