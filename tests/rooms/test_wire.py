"""The parser of commands is total: whatever arrives is a command or Refused(malformed), never another exception."""

import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rooms.refusals import Refusal, Refused
from rooms.rulebook import Command
from rooms.rules import RULES
from rooms.rules.agenda import MOST_STEPS
from rooms.rules.door import Enter, Knock
from rooms.rules.stick import Pass
from rooms.terms import SEALED
from rooms.wire import MOST_BYTES, OUTSIDE, needs_seat, parse, with_given
from tests.builders import COMMANDS, boxes, in_room, introduction, own, sealed, wrap

SEAT = "Ab3-_xyzXYZ"
NAME, NOTE = sealed("name"), sealed("note", 1052)
TERMS = {
    **{
        "agreements": sealed("agreements", 3228),
        "limits": "A",
        "limits_words": sealed("limits", 1052),
        "camera": "check_in",
        "observers": "newcomers",
    },
    **{"late": "boundary", "late_after": 120, "reactions": False, "breath": 60, "capacity": 16, "rotates": False},
    **{"next_date": sealed("monday", 148), "help": "DE"},
}
WHOLE: dict[str, dict[str, Any]] = {
    "knock": {"name": NAME, "boxes": boxes(SEAT), "note": NOTE, "role": "observer", "first_time": True},
    "withdraw": {},
    "enter": {"keys": introduction("seed", 1)},
    "admit": {"seat": SEAT, "name": in_room("name")},
    "keep_door": {"key": sealed("key", 137)},
    "introduce": {"keys": introduction("keys", 0), "name": NAME, "boxes": boxes(SEAT)},
    "turn_away": {"seat": SEAT},
    "lock": {"on": True},
    "ask_knock": {"seat": SEAT, "words": NOTE},
    "answer_knock": {"words": NOTE},
    "leave": {},
    "remove": {"seat": SEAT},
    "offer": {"to": SEAT, "turn": 3},
    "accept": {"turn": 3},
    "decline": {"turn": 3},
    "later": {"turn": 3},
    "pass": {"turn": 3, "to": SEAT},
    "lay_down": {"turn": 3},
    "recall": {"turn": 3},
    "skip": {"turn": 3},
    "raise_hand": {"up": False},
    "set_floor": {"floor": "silence"},
    "set_devices": {"microphone": True, "camera": False},
    "name_successor": {"seat": SEAT},
    "set_order": {"seats": [SEAT, "Bb3-_xyzXYZ"]},
    "set_way": {"backwards": True, "unheard_first": False},
    "set_agenda": {"agenda": "ninety"},
    "go_to": {"step": 3, "seen": 2},
    "set_minutes": {"step": 3, "minutes": 7.5},
    "set_script": {"step": 3, "script": in_room("script", 1024)},
    "set_prompt": {"prompt": in_room("prompt", 1024)},
    "ask_time": {"turn": 3},
    "give_time": {"turn": 3, "seconds": 60},
    "allot": {"seat": SEAT, "minutes": -2},
    "check_in": {"card": {"wish": "need", "words": own("words"), "open": True}},
    "set_duty": {"seat": SEAT, "duty": "time", "on": True},
    "pause": {"on": True},
    "silence": {"seconds": 60},
    "heads_up": {"turn": 3},
    "step_out": {"wish": "someone"},
    "step_in": {},
    "invite_aside": {"seats": [SEAT, "Bb3-_xyzXYZ"]},
    "accept_aside": {},
    "decline_aside": {},
    "leave_aside": {},
    "pair_up": {"groups": [[SEAT, "Bb3-_xyzXYZ"]], "minutes": 5},
    "come_back": {"seat": SEAT},
    "close": {},
    "offer_lead": {"seat": SEAT, "box": wrap("seed")},
    "accept_lead": {},
    "decline_lead": {},
    "step_back_lead": {},
    "name_next": {"seat": SEAT, "handed": wrap("seed")},
    "decline_next": {},
    "volunteer": {},
    "confirm": {"seat": SEAT, "yes": True},
    "consent": {"seat": SEAT, "yes": False},
    "ask_seat": {"on": True},
    "step_back": {},
    "set_terms": {"terms": TERMS},
    "shield": {"on": True},
    "set_link": {"link": 2, "join": sealed("join", 32), **{name: TERMS[name] for name in SEALED}},
}
# Wrong elsewhere, right here.
FITS: dict[tuple[str, str], list[Any]] = {
    ("knock", "boxes"): [{}],
    ("introduce", "boxes"): [{}],
    ("set_order", "seats"): [[]],
    ("set_agenda", "agenda"): [[]],
    ("set_minutes", "minutes"): [1.5],
    ("allot", "minutes"): [-1],
    ("check_in", "card"): [{}],
}
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([SEAT, NAME, *COMMANDS])
KEYS = st.text(max_size=8) | st.sampled_from(
    ["type", "seat", "to", "turn", "name", "note", "role", "up", "on", "floor"]
)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)
TYPED = st.dictionaries(KEYS, SCALARS).flatmap(
    lambda fields: st.sampled_from(sorted(COMMANDS)).map(lambda kind: {**fields, "type": kind})
)


def refusal(value: object) -> Refused | None:
    """How it is refused, if it is. Any other exception comes through."""
    try:
        parse(value)
    except Refused as refused:
        return refused
    return None


def malformed(value: object) -> bool:
    refused = refusal(value)
    return refused is not None and refused.code is Refusal.MALFORMED and str(refused) == "malformed"


def deep(levels: int, kind: type[list[Any]] | type[dict[str, Any]]) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value] if kind is list else {"type": value}
    return value


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_every_command_that_may_come_from_outside_is_read_with_all_its_fields(kind: str) -> None:
    command = parse({"type": kind, **WHOLE[kind]})
    assert type(command) is COMMANDS[kind]
    read = json.loads(msgspec.json.encode(command))
    assert {field: read[field] for field in WHOLE[kind]} == WHOLE[kind]


def test_these_are_all_commands_from_outside() -> None:
    assert set(WHOLE) == {str(command.__struct_config__.tag) for command in OUTSIDE}


@pytest.mark.parametrize("kind", ["arrive", "drop", "wake"])
def test_what_only_the_server_sends_is_never_read_from_the_wire(kind: str) -> None:
    assert not COMMANDS[kind].from_outside
    assert malformed({"type": kind})
    assert malformed({"type": kind, "seat": SEAT})


@pytest.mark.parametrize("kind", sorted(WHOLE))
@pytest.mark.parametrize("field", ["seat_given", "from_outside", "turns", "by", "now", "version", "__class__", ""])
def test_an_unknown_field_is_refused(kind: str, field: str) -> None:
    assert malformed({"type": kind, **WHOLE[kind], field: True})


@pytest.mark.parametrize(("kind", "given"), [("knock", "seat"), ("knock", "link"), ("knock", "was"), ("enter", "seat")])
@pytest.mark.parametrize("value", [SEAT, "x", "", None, 0, 1])
def test_nobody_chooses_what_the_server_gives(kind: str, given: str, value: object) -> None:
    assert malformed({"type": kind, **WHOLE[kind], given: value})


@pytest.mark.parametrize("field", sorted(TERMS))
def test_the_terms_are_whole_or_malformed(field: str) -> None:
    assert malformed({"type": "set_terms", "terms": {name: value for name, value in TERMS.items() if name != field}})
    for wrong in ([], "no such word", -1, 1000, 1.5, "x" * 5000):
        assert malformed({"type": "set_terms", "terms": {**TERMS, field: wrong}})


def test_the_longest_terms_fit_the_size() -> None:
    assert len(json.dumps({"type": "set_terms", "terms": TERMS})) < MOST_BYTES


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_each_field_refuses_every_wrong_type(kind: str) -> None:
    for field in WHOLE[kind]:
        for wrong in ([], {}, 1.5, "", b"bytes", ["x"], {"type": "leave"}, math.nan, -1, "no such word", "\ud800" * 11):
            if wrong not in FITS.get((kind, field), []):
                assert malformed({"type": kind, **WHOLE[kind], field: wrong})


@pytest.mark.parametrize("kind", [kind for kind, fields in sorted(WHOLE.items()) if fields])
def test_a_missing_field_is_refused(kind: str) -> None:
    kept = {"to", "note", "role", "first_time", "seat"} if kind in {"pass", "knock", "come_back"} else set[str]()
    for field in set(WHOLE[kind]) - kept:
        assert malformed({"type": kind, **{name: value for name, value in WHOLE[kind].items() if name != field}})


@pytest.mark.parametrize("seat", ["Ab3-_xyzXY", "Ab3-_xyzXYZ1", "Ab3-_xyzXYZ\n", "Ab3 _xyzXYZ", "Äb3-_xyzXYZ"])
def test_a_seat_id_has_eleven_plain_characters(seat: str) -> None:
    assert malformed({"type": "admit", **WHOLE["admit"], "seat": seat})


@pytest.mark.parametrize(("size", "fits"), [(284, True), (283, False), (285, False), (1052, False), (12, False)])
def test_a_sealed_name_is_as_long_as_its_padding_makes_it(size: int, fits: bool) -> None:
    assert malformed({"type": "knock", **WHOLE["knock"], "name": sealed("name", size)}) is not fits


@pytest.mark.parametrize(("size", "fits"), [(1052, True), (1051, False), (1053, False), (284, False)])
def test_a_sealed_note_is_as_long_as_its_padding_makes_it(size: int, fits: bool) -> None:
    assert malformed({"type": "knock", **WHOLE["knock"], "note": sealed("note", size)}) is not fits


@pytest.mark.parametrize("bad", [" ", "=", "+", "/", "\n", "é", "\x00"])
def test_a_sealed_text_is_base64url_and_nothing_else(bad: str) -> None:
    for text in (NAME[:-1] + bad, bad + NAME[1:], NAME + bad):
        assert malformed({"type": "knock", **WHOLE["knock"], "name": text})


@pytest.mark.parametrize("turn", [-1, 2**31 + 1, 10**400, True, 1.5, math.inf, "3", None])
def test_a_turn_is_a_small_whole_number(turn: object) -> None:
    assert malformed({"type": "accept", "turn": turn})


def test_nobody_knocks_as_a_facilitator() -> None:
    assert malformed({"type": "knock", **WHOLE["knock"], "role": "facilitator"})


def test_what_may_be_left_out_has_the_least_meaning() -> None:
    least: dict[str, Any] = {"name": NAME, "boxes": {}}
    assert parse({"type": "knock", **least}) == Knock(**least, note=None, role="member", seat="")
    assert parse({"type": "pass", "turn": 0}) == Pass(turn=0, to=None)


@pytest.mark.parametrize("levels", [10, 10_000])
def test_depth_is_refused_and_does_not_exhaust_the_stack(levels: int) -> None:
    for value in (deep(levels, list), deep(levels, dict)):
        assert malformed(value)
        assert malformed({"type": "admit", "seat": value})
        assert malformed({"type": "admit", "seat": SEAT, "more": value})


def test_huge_values_are_refused() -> None:
    assert malformed(["x"] * 1_000_000)
    assert malformed({str(number): number for number in range(100_000)})
    assert malformed({"type": "x" * 1_000_000})
    assert malformed({"type": "set_floor", "floor": "x" * 1_000_000})


@given(JSON)
@example(None)
@example({"type": None})
@example({"type": ["knock"]})
@example({"type": {"type": "knock"}})
@example({1: 2, b"type": "leave"})
def test_any_json_is_a_command_or_malformed(value: object) -> None:
    assert refusal(value) is None or malformed(value)


@given(TYPED)
def test_any_fields_of_any_command_are_a_command_or_malformed(value: dict[str, Any]) -> None:
    if refusal(value) is None:
        assert parse(value).from_outside
    else:
        assert malformed(value)


def test_every_command_that_fits_the_types_fits_the_size() -> None:
    eight = {f"Ab3-_xyzXY{number}": sealed("box", 144) for number in range(8)}
    longest = {"type": "knock", **WHOLE["knock"], "boxes": eight}
    assert not malformed(longest)
    assert malformed({**longest, "boxes": {**eight, SEAT: sealed("box", 144)}})
    assert len(json.dumps(longest)) < MOST_BYTES


def test_the_longest_agenda_fits_the_size() -> None:
    step = {
        "part": "own",
        "floor": "facilitator",
        "minutes": 359.25,
        "turn": 3600,
        "breath": 60,
        "title": in_room("title", 120),
    }
    steps = [{**step, "reactions": False, "writing": False}] * MOST_STEPS
    assert not malformed({"type": "set_agenda", "agenda": steps})
    assert malformed({"type": "set_agenda", "agenda": [*steps, step]})
    assert len(json.dumps({"type": "set_agenda", "agenda": steps})) < MOST_BYTES


def test_the_most_groups_fit_the_size() -> None:
    groups = [[SEAT] * 4] * 8
    assert not malformed({"type": "pair_up", "groups": groups, "minutes": 60})
    assert len(json.dumps({"type": "pair_up", "groups": groups, "minutes": 60})) < MOST_BYTES


@pytest.mark.parametrize("groups", [[], [[SEAT]], [[SEAT] * 5], [[SEAT] * 2] * 9])
def test_a_group_has_two_to_four_and_there_are_not_too_many(groups: list[list[str]]) -> None:
    assert malformed({"type": "pair_up", "groups": groups, "minutes": 5})


@pytest.mark.parametrize(("seconds", "fits"), [(4, False), (5, True), (1800, True), (1801, False)])
def test_a_silence_has_its_limits(seconds: int, fits: bool) -> None:
    assert malformed({"type": "silence", "seconds": seconds}) is not fits


def test_only_knock_and_enter_are_given_a_seat_by_the_server() -> None:
    needing = {rule.command for rule in RULES if rule.command.from_outside and needs_seat(read(rule.command))}
    assert needing == {Knock, Enter}
    keys = introduction("seed", 1)
    knows: dict[str, Any] = {"seat": SEAT, "link": 3, "was": "Bb3-_xyzXYZ"}
    assert with_given(parse({"type": "knock", "name": NAME, "boxes": {}}), **knows) == Knock(
        name=NAME, boxes={}, **knows
    )
    assert with_given(parse({"type": "enter", "keys": keys}), **knows) == Enter(keys=keys, seat=SEAT)


def read(kind: type[Command]) -> Command:
    """A command of this kind, as the wire would give it."""
    tag = str(kind.__struct_config__.tag)
    return parse({"type": tag, **WHOLE[tag]})
