"""The terms of a circle: shown before anybody joins, and what was promised is kept once it has begun."""

from typing import Any

import pytest

from rooms.effects import Gate
from rooms.terms import STRICTER, TERMS
from tests.builders import Meeting, a_circle, sealed

PROMISES: tuple[dict[str, Any], ...] = (
    {"agreements": sealed("agreements")},
    {"limits": "A"},
    {"limits_words": sealed("limits")},
    {"camera": "holder"},
)
OTHERS: tuple[dict[str, Any], ...] = (
    {"late": "closed"},
    {"late_after": 5},
    {"reactions": False},
    {"breath": 20},
    {"capacity": 8},
    {"rotates": True},
    {"next_date": sealed("monday")},
    {"help": "DE"},
)


@pytest.mark.parametrize("changes", [*PROMISES, *OTHERS, {"observers": "ask"}], ids=str)
def test_before_the_circle_begins_every_term_may_be_settled(changes: dict[str, Any]) -> None:
    meeting = a_circle().terms(**changes)
    assert meeting.state.terms == TERMS.evolve(**changes)


@pytest.mark.parametrize("changes", PROMISES, ids=str)
def test_what_was_promised_at_the_door_stays_once_it_has_begun(changes: dict[str, Any]) -> None:
    meeting = a_circle().gives("ada")
    assert meeting.refuses("fay", "set_terms", terms=TERMS.evolve(**changes)) == "not_now"


@pytest.mark.parametrize("changes", OTHERS, ids=str)
def test_the_rest_may_be_settled_at_any_time(changes: dict[str, Any]) -> None:
    assert a_circle().gives("ada").terms(**changes).state.terms == TERMS.evolve(**changes)


@pytest.mark.parametrize("before", STRICTER)
@pytest.mark.parametrize("after", STRICTER)
def test_once_it_has_begun_it_may_become_stricter_with_those_who_listen_and_never_looser(
    before: Any, after: Any
) -> None:
    meeting = a_circle().terms(observers=before).gives("ada")
    refused = meeting.refuses("fay", "set_terms", terms=meeting.state.terms.evolve(observers=after))
    assert (refused is None) is (STRICTER.index(after) >= STRICTER.index(before))


def test_the_breath_of_the_terms_counts_where_no_agenda_says_it() -> None:
    meeting = a_circle(breath=20).offers("ada")
    assert meeting.refuses("ada", "accept") == "not_now"
    assert meeting.wait(20).do("ada", "accept").heard == {"ada"}
    meeting.do("ada", "lay_down").do("fay", "set_agenda", agenda="sixty").do("fay", "go_to", step=4, seen=0)
    assert meeting.gives("bo").heard == {"bo"}


def test_the_capacity_may_be_raised_and_lowered_and_nobody_loses_a_seat() -> None:
    meeting = a_circle(members=3, capacity=4)
    assert meeting.state.full("member")
    assert not meeting.terms(capacity=5).state.full("member")
    assert meeting.terms(capacity=3).ids == ["fay", "ada", "bo", "cy"]


def shown(meeting: Meeting) -> set[str]:
    """Whose picture was let through, or shut, by the latest change."""
    return {gate.seat for gate in meeting.told(Gate) if gate.kind == "video" and gate.audience == "all"}


def test_where_cameras_are_the_holders_the_picture_goes_with_the_stick() -> None:
    meeting = a_circle(camera="holder")
    assert shown(meeting.gives("ada")) == {"ada"}
    meeting.do("ada", "pass")
    assert Gate(seat="ada", kind="video", audience="nobody") in meeting.effects
    assert shown(meeting.do("bo", "accept")) == {"bo"}
    assert shown(meeting.do("fay", "pause", on=True)) == set()
    assert Gate(seat="bo", kind="video", audience="nobody") not in meeting.effects, "who pauses is not hidden"


def test_where_cameras_are_for_the_check_in_pictures_come_and_go_with_it() -> None:
    meeting = a_circle(members=1, camera="check_in").do("fay", "set_agenda", agenda="sixty")
    assert shown(meeting.do("fay", "go_to", step=4, seen=0)) == {"fay", "ada"}
    meeting.do("fay", "go_to", step=5, seen=4)
    assert {gate.seat for gate in meeting.told(Gate) if gate.kind == "video" and gate.audience == "nobody"} == {
        "fay",
        "ada",
    }
