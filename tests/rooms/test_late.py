"""Who comes after the beginning: at once, at a turn's boundary, or not after some minutes; who was in may return. And words at the door."""

from typing import Any

import pytest

from rooms.nouns import Outside, Timings
from rooms.shown import DoorView
from tests.builders import Meeting, a_circle, sealed

NED: dict[str, Any] = {"seat": "ned", "link": 1}
GRACES = Timings()


def knocks(meeting: Meeting, was: str | None = None) -> str | None:
    return meeting.refuses(Outside.STRANGER, "knock", **NED, was=was)


def comes(meeting: Meeting) -> Meeting:
    return meeting.knock("ned").do("fay", "admit", seat="ned")


def test_where_late_is_open_members_sit_down_at_once() -> None:
    assert comes(a_circle(late="open").gives("ada")).ids[-1] == "ned"


def test_where_late_is_the_boundary_they_sit_down_when_a_turn_ends() -> None:
    meeting = comes(a_circle(late="boundary").gives("ada"))
    assert "ned" not in meeting.ids
    assert meeting.do("ada", "pass").ids[-1] == "ned"


@pytest.mark.parametrize("late", ["open", "boundary", "closed"])
def test_before_the_beginning_nobody_is_late(late: str) -> None:
    meeting = a_circle().terms(late=late, late_after=0).wait(600)
    assert comes(meeting).ids[-1] == "ned"


def test_where_late_is_closed_nobody_new_knocks_after_those_minutes() -> None:
    meeting = a_circle(late="closed", late_after=5).gives("ada").wait(299.9)
    assert knocks(meeting) is None
    assert knocks(meeting.wait(0.1)) == "late"


def test_who_knocked_in_time_is_let_in_later() -> None:
    meeting = a_circle(late="closed", late_after=5).gives("ada").knock("ned").wait(400)
    assert meeting.do("fay", "admit", seat="ned").ids[-1] == "ned"


def test_the_beginning_is_when_the_doors_of_an_agenda_are_left() -> None:
    meeting = a_circle(late="closed", late_after=5).do("fay", "set_agenda", agenda="sixty").wait(900)
    assert knocks(meeting) is None
    meeting.do("fay", "go_to", step=1, seen=0).wait(300)
    assert knocks(meeting) == "late"


def test_those_who_were_in_may_always_return() -> None:
    meeting = a_circle(late="closed", late_after=5).gives("ada").do("bo", "leave").drop("cy").wait(600)
    assert {knocks(meeting, was) for was in ("bo", "cy")} == {None}
    assert knocks(meeting, "nobody") == "late"
    assert meeting.knock("ned", was="bo").state.knocks[0].returns


def test_whoever_was_removed_or_turned_away_was_not_in() -> None:
    meeting = a_circle(late="closed", late_after=5).gives("ada").knock("di").do("fay", "turn_away", seat="di")
    meeting.do("fay", "remove", seat="bo").wait(600)
    assert {knocks(meeting, was) for was in ("bo", "di")} == {"late"}


def test_a_seat_that_is_kept_comes_back_however_late_it_is() -> None:
    meeting = a_circle(late="closed", late_after=1).gives("ada").wait(100).drop("bo").wait(100).arrive("bo")
    seat = meeting.state.seat("bo")
    assert seat is not None
    assert seat.present


def test_no_more_than_the_latest_sixty_four_are_remembered() -> None:
    meeting = a_circle()
    for number in range(70):
        meeting.knock(f"guest-{number}").do("fay", "admit", seat=f"guest-{number}").do(f"guest-{number}", "leave")
    assert meeting.state.were_in == tuple(f"guest-{number}" for number in range(6, 70))


def test_who_was_let_in_does_not_expire_while_somebody_speaks() -> None:
    meeting = comes(a_circle(late="boundary").gives("ada")).wait(GRACES.knock * 2)
    assert meeting.do("ada", "pass").ids[-1] == "ned"


def test_who_was_let_in_and_is_gone_does() -> None:
    meeting = comes(a_circle(late="boundary").gives("ada")).drop("ned").wait(GRACES.knock_gone)
    assert meeting.state.knocks == ()


def test_no_more_than_sixteen_come_in_by_way_of_the_boundary() -> None:
    meeting = a_circle(members=14, late="boundary", capacity=16).gives("ada")
    comes(meeting)
    assert meeting.refuses(Outside.KEYHOLDER, "enter", seat="finn") == "full"


def test_a_question_at_the_door_is_answered_there() -> None:
    meeting = a_circle().knock("ned").do("fay", "ask_knock", seat="ned", words=sealed("who"))
    assert isinstance(view := meeting.view("ned"), DoorView)
    assert (view.state, view.question, view.answer) == ("waiting", sealed("who"), None)
    meeting.do("ned", "answer_knock", words=sealed("me"))
    assert meeting.state.knocks[0].answer == sealed("me")
    assert meeting.do("fay", "ask_knock", seat="ned", words=sealed("and")).state.knocks[0].answer is None
