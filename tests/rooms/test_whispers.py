"""Who may whisper what, when, and to whom it goes: every row, every condition, and nothing that is kept."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
import pytest

from rooms.agenda import FORMATS
from rooms.refusals import Refusal, Refused
from rooms.whispers import BY_WHISPER, ROWS, Note, Reaction, Share, Whisper, audience, passed_on
from rooms.wire import MOST_BYTES, parse_whisper
from tests.builders import Meeting, a_circle, own, sealed

TEXT = own("words")
WHOLE: dict[str, dict[str, Any]] = {
    "share": {"turn": 3, "text": TEXT},
    "reaction": {"reaction": "with_you"},
    "writing": {"text": TEXT},
    "line": {"text": TEXT},
    "note": {"text": TEXT},
    "beat": {"beat": sealed("beat", 124)},
}
EVERYBODY = {"fay", "finn", "ada", "bo", "olive"}


def two_lead() -> Meeting:
    """Fay and Finn facilitate; Ada, Bo and Olive, who listens. Ada holds the stick."""
    return a_circle(members=2, observers=1, facilitators=2).gives("ada")


def answering() -> Meeting:
    """In the step of a meeting that allows reactions and writing, by hands."""
    meeting = a_circle(members=2, observers=1, facilitators=2).do("fay", "set_agenda", agenda="sixty")
    return meeting.do("fay", "go_to", step=7, seen=0)


def alone() -> Meeting:
    return a_circle(members=2, observers=1).gives("ada")


def quiet() -> Meeting:
    return answering().do("fay", "pause", on=True)


# Of each kind a circle where it is allowed, and somebody to whom it is.
ALLOWED: dict[str, tuple[Callable[[], Meeting], str]] = {
    "share": (two_lead, "ada"),
    "reaction": (answering, "ada"),
    "writing": (answering, "ada"),
    "line": (two_lead, "fay"),
    "note": (two_lead, "ada"),
    "beat": (two_lead, "fay"),
}


def whisper(meeting: Meeting, kind: str, **fields: Any) -> Whisper:
    """As it arrives. One with a turn sees the present one unless told otherwise."""
    known = {**WHOLE[kind], **({"turn": meeting.state.turn} if kind == "share" else {}), **fields}
    return parse_whisper({"type": kind, **known})


def goes_to(meeting: Meeting, by: str, kind: str, **fields: Any) -> set[str] | str:
    """Its audience, or the code of its refusal. The circle stays as it is either way."""
    before = msgspec.json.encode(meeting.state)
    try:
        return set(audience(meeting.state, whisper(meeting, kind, **fields), by, meeting.now))
    except Refused as refused:
        return refused.code.value
    finally:
        assert msgspec.json.encode(meeting.state) == before


class Case(NamedTuple):
    """Somebody whispers in a circle, and the condition with this number (0: who) does not hold."""

    kind: str
    guard: int
    circle: Callable[[], Meeting]
    by: str
    fields: Mapping[str, Any] = MappingProxyType({})


CASES = (
    Case("share", 0, two_lead, "bo"),
    Case("share", 1, two_lead, "ada", {"turn": 1}),
    Case("share", 2, lambda: two_lead().drop("ada"), "ada"),
    Case("reaction", 0, answering, "olive"),
    Case("reaction", 1, quiet, "bo"),
    Case("reaction", 2, two_lead, "bo"),
    Case("writing", 0, answering, "olive"),
    Case("writing", 1, quiet, "bo"),
    Case("writing", 2, two_lead, "bo"),
    Case("line", 0, two_lead, "ada"),
    Case("line", 1, alone, "fay"),
    Case("note", 0, two_lead, "nobody"),
    Case("note", 1, lambda: alone().drop("fay"), "ada"),
    Case("beat", 0, two_lead, "ada"),
)


def test_every_condition_of_every_row_has_its_case() -> None:
    conditions = {(str(kind), number) for kind in WHOLE for number in range(1 + len(row_of(kind).when))}
    assert {(case.kind, case.guard) for case in CASES} == conditions


def row_of(kind: str) -> Any:
    return next(row for row in ROWS if row.whisper.__struct_config__.tag == kind)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}-{case.guard}")
def test_a_whisper_is_refused_by_the_first_condition_that_does_not_hold(case: Case) -> None:
    meeting, row = case.circle(), row_of(case.kind)
    said = whisper(meeting, case.kind, **case.fields)
    guards = (row.who, *row.when)
    assert [guard.holds(meeting.state, said, case.by, meeting.now) for guard in guards].index(False) == case.guard
    assert goes_to(meeting, case.by, case.kind, **case.fields) == guards[case.guard].otherwise.value


def test_what_the_holder_writes_goes_to_everybody_who_is_here_observers_too() -> None:
    assert goes_to(two_lead(), "ada", "share") == EVERYBODY
    assert goes_to(two_lead().drop("bo"), "ada", "share") == EVERYBODY - {"bo"}


def test_writing_instead_of_speaking_needs_no_step_that_allows_writing() -> None:
    meeting = a_circle(members=2).do("fay", "set_agenda", agenda="sixty").do("fay", "go_to", step=6, seen=0)
    assert meeting.state.part is not None
    assert not meeting.state.part.writing
    meeting.offers("ada").wait(30).do("ada", "accept")
    assert goes_to(meeting, "ada", "share") == {"fay", "ada", "bo"}


def test_a_share_of_a_turn_that_is_over_goes_to_nobody() -> None:
    meeting = two_lead()
    turn = meeting.state.turn
    meeting.do("ada", "pass", to="bo").do("bo", "accept").do("bo", "pass", to="ada").do("ada", "accept")
    assert goes_to(meeting, "ada", "share", turn=turn) == "stale"
    assert goes_to(meeting, "ada", "share") == EVERYBODY


def test_the_stick_that_is_only_offered_lets_nobody_write_yet() -> None:
    meeting = two_lead().do("ada", "pass", to="bo")
    assert [goes_to(meeting, by, "share") for by in sorted(EVERYBODY)] == ["not_yours"] * 5


@pytest.mark.parametrize(
    ("floor", "reactions", "writing"),
    [
        ("round", False, False),
        ("hands", False, False),
        ("silence", False, False),
        ("facilitator", True, False),
        ("open", True, True),
    ],
)
def test_without_an_agenda_the_floor_says_whether_to_react_and_to_write(
    floor: str, reactions: bool, writing: bool
) -> None:
    meeting = two_lead().do("fay", "set_floor", floor=floor)
    assert goes_to(meeting, "bo", "reaction") == (EVERYBODY if reactions else "not_now")
    assert goes_to(meeting, "bo", "writing") == (EVERYBODY if writing else "not_now")


@pytest.mark.parametrize("step", range(len(FORMATS["sixty"])))
def test_in_an_agenda_the_step_says_it_whatever_the_floor(step: int) -> None:
    meeting = a_circle(members=2, facilitators=2, observers=1).do("fay", "set_agenda", agenda="sixty")
    meeting.do("fay", "go_to", step=step, seen=0)
    row = FORMATS["sixty"][step]
    for floor in (row.floor, "open", "silence"):
        meeting.do("fay", "set_floor", floor=floor)
        assert goes_to(meeting, "bo", "reaction") == (EVERYBODY if row.reactions else "not_now")
        assert goes_to(meeting, "bo", "writing") == (EVERYBODY if row.writing else "not_now")


@pytest.mark.parametrize("kind", ["reaction", "writing"])
def test_who_only_listens_sees_reactions_and_lines_and_sends_none(kind: str) -> None:
    assert goes_to(answering(), "ada", kind) == EVERYBODY
    assert goes_to(answering(), "olive", kind) == "not_yours"


def test_a_quiet_stops_what_would_break_it_and_nothing_that_asks_for_help() -> None:
    meeting = two_lead().do("fay", "pause", on=True)
    assert goes_to(meeting, "ada", "share") == "not_now"
    assert goes_to(meeting, "ada", "note") == goes_to(meeting, "fay", "line") == {"fay", "finn"}
    assert goes_to(meeting.do("fay", "pause", on=False), "ada", "share") == EVERYBODY


def test_behind_the_shield_nothing_is_written_to_all_and_help_can_still_be_asked_for() -> None:
    meeting = answering().do("fay", "shield", on=True)
    assert [goes_to(meeting, "ada", kind) for kind in ("writing", "reaction")] == ["not_now", "not_now"]
    assert goes_to(meeting, "ada", "note") == goes_to(meeting, "fay", "line") == {"fay", "finn"}
    held = two_lead().do("fay", "shield", on=True)
    assert goes_to(held, "ada", "share") == "not_now"


def test_terms_without_reactions_have_none_in_any_step_and_still_let_people_write() -> None:
    meeting = a_circle(members=2, facilitators=2, observers=1).terms(reactions=False)
    meeting.do("fay", "set_agenda", agenda="sixty").do("fay", "go_to", step=7, seen=0)
    assert goes_to(meeting, "ada", "reaction") == "not_now"
    assert goes_to(meeting, "ada", "writing") == EVERYBODY


def test_a_note_reaches_a_facilitator_who_is_apart_with_somebody() -> None:
    meeting = two_lead().do("finn", "invite_aside", seats=("bo",)).do("bo", "accept_aside")
    assert goes_to(meeting, "ada", "share") == {"fay", "ada", "olive"}
    assert goes_to(meeting, "ada", "note") == goes_to(meeting, "bo", "note") == {"fay", "finn"}
    assert goes_to(meeting, "fay", "line") == {"fay", "finn"}


def test_a_line_among_facilitators_reaches_nobody_else() -> None:
    assert goes_to(two_lead(), "fay", "line") == {"fay", "finn"}
    for by in ("ada", "bo", "olive", "nobody", ""):
        assert goes_to(two_lead(), by, "line") == "not_yours"


@pytest.mark.parametrize("by", ["ada", "bo", "olive"])
def test_a_note_from_anybody_reaches_who_facilitates_and_not_even_its_writer(by: str) -> None:
    assert goes_to(two_lead(), by, "note") == {"fay", "finn"}


def test_a_duty_opens_no_facilitators_line_and_no_note() -> None:
    meeting = two_lead()
    for duty in ("door", "time", "guardian", "script"):
        meeting.do("fay", "set_duty", seat="bo", duty=duty, on=True)
    assert goes_to(meeting, "bo", "line") == "not_yours"
    assert goes_to(meeting, "ada", "note") == {"fay", "finn"}


def test_a_beat_reaches_those_apart_too_and_comes_from_whose_page_has_power_over_keys() -> None:
    apart = two_lead().do("fay", "invite_aside", seats=("bo",)).do("bo", "accept_aside")
    assert goes_to(apart, "fay", "beat") == goes_to(apart, "finn", "beat") == EVERYBODY
    meeting = alone().do("fay", "name_successor", seat="bo").drop("fay")
    assert [goes_to(meeting, id_, "beat") for id_ in ("bo", "ada")] == [{"ada", "bo", "olive"}, "not_yours"]
    meeting.arrive("fay").do("fay", "step_out", wish="fine")
    assert goes_to(meeting, "fay", "beat") == {"fay", "ada", "bo", "olive"}


def test_who_stands_in_gets_the_notes_and_a_facilitator_who_is_away_does_not() -> None:
    meeting = alone().do("fay", "name_successor", seat="bo").drop("fay")
    assert goes_to(meeting, "ada", "note") == "not_now", "nobody would read it"
    meeting.wait(10)
    assert goes_to(meeting, "ada", "note") == {"bo"}
    assert goes_to(meeting.arrive("fay"), "ada", "note") == {"fay"}


def test_a_facilitator_who_is_away_gets_no_line() -> None:
    assert goes_to(two_lead().enter("fred").drop("finn"), "fay", "line") == {"fay", "fred"}


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_somebody_at_the_door_neither_sends_nor_gets_anything(kind: str) -> None:
    circle, by = ALLOWED[kind]
    before = goes_to(circle(), by, kind)
    meeting = circle().knock("ned")
    assert goes_to(meeting, by, kind) == before
    assert goes_to(meeting, "ned", kind) == "not_yours"


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_whoever_is_away_or_was_removed_gets_nothing_and_all_others_still_do(kind: str) -> None:
    circle, by = ALLOWED[kind]
    before = set(goes_to(circle(), by, kind))
    for id_ in ("bo", "olive"):
        assert goes_to(circle().drop(id_), by, kind) == before - {id_}
        assert goes_to(circle().do("fay", "remove", seat=id_), by, kind) == before - {id_}
        assert goes_to(circle().do("fay", "remove", seat=id_), id_, kind) == "not_yours"


@pytest.mark.parametrize("kind", sorted(ALLOWED))
def test_in_a_closed_circle_nobody_whispers(kind: str) -> None:
    circle, by = ALLOWED[kind]
    assert goes_to(circle().do("fay", "close"), by, kind) == "unknown"


def test_what_arrives_is_the_whisper_with_who_sent_it_and_when() -> None:
    told = passed_on(Share(turn=4, text=TEXT), "ada", 12.5)
    assert told == {"type": "share", "turn": 4, "text": TEXT, "by": "ada", "at": 12.5}
    assert passed_on(Reaction(reaction="heart"), "bo", 1.0) == {
        "type": "reaction", "reaction": "heart", "by": "bo", "at": 1.0,
    }  # fmt: skip


def test_nobody_whispers_in_the_name_of_somebody_else() -> None:
    for field in ("by", "at", "seat", "to"):
        assert refused({"type": "note", "text": TEXT, field: "ada"})
    assert passed_on(Note(text=TEXT), "ada", 1.0)["by"] == "ada"


def refused(value: object) -> bool:
    try:
        parse_whisper(value)
    except Refused as no:
        return no.code is Refusal.MALFORMED
    return False


def test_every_kind_is_read_and_every_row_is_a_kind() -> None:
    assert {row.whisper.__struct_config__.tag for row in ROWS} == set(WHOLE)
    for kind, fields in WHOLE.items():
        assert type(parse_whisper({"type": kind, **fields})) is row_of(kind).whisper
        assert BY_WHISPER[row_of(kind).whisper] is row_of(kind)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_each_field_refuses_every_wrong_type_and_none_may_be_left_out(kind: str) -> None:
    for field in WHOLE[kind]:
        for wrong in ([], {}, 1.5, "", None, True, b"bytes", ["x"], -1, "no such sign", "\ud800" * 50, "é" * 50):
            assert refused({"type": kind, **WHOLE[kind], field: wrong})
        assert refused({"type": kind, **{name: value for name, value in WHOLE[kind].items() if name != field}})


@pytest.mark.parametrize(
    "value", [None, 1, "share", [], {}, {"type": None}, {"type": ["note"]}, {"type": "lock", "on": True}, {1: 2}]
)
def test_what_is_no_whisper_is_refused(value: object) -> None:
    assert refused(value)


@pytest.mark.parametrize("kind", ["share", "writing", "line", "note"])
def test_a_text_has_one_of_its_lengths_and_the_longest_fits_the_size(kind: str) -> None:
    for length, fits in ((1136, True), (4208, kind == "share"), (1135, False), (1137, False), (1052, False)):
        value = {"type": kind, **WHOLE[kind], "text": sealed("words", length)}
        assert refused(value) is not fits
        assert not fits or len(msgspec.json.encode(value)) < MOST_BYTES
