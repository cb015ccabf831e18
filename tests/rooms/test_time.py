"""Time is soft: more of it is asked for and given, the plan follows, and nothing is ever cut."""

import pytest

from rooms.shown import CircleView
from tests.builders import Meeting, a_circle


@pytest.fixture
def meeting() -> Meeting:
    """Ada holds the stick in the check-in round, a minute each."""
    circle = a_circle(members=3).do("fay", "set_agenda", agenda="sixty").do("fay", "go_to", step=4, seen=0)
    return circle.gives("ada")


def stick(meeting: Meeting, id_: str) -> tuple[float | None, bool, int]:
    view = meeting.view(id_)
    assert isinstance(view, CircleView)
    return view.stick.allotted, view.stick.asks, view.stick.over


def test_a_turn_has_the_seconds_of_its_step(meeting: Meeting) -> None:
    assert meeting.state.stick.allotted == 60


def test_a_turn_in_the_sharing_round_has_the_seconds_of_the_plan(meeting: Meeting) -> None:
    meeting.do("ada", "lay_down").do("fay", "go_to", step=6, seen=4).offers("bo").wait(30)
    proposed = {share.seat: share.seconds for share in view(meeting, "fay").plan}["bo"]
    assert meeting.do("bo", "accept").state.stick.allotted == proposed


def view(meeting: Meeting, id_: str) -> CircleView:
    shown = meeting.view(id_)
    assert isinstance(shown, CircleView)
    return shown


def test_a_turn_outside_an_agenda_has_no_limit() -> None:
    assert a_circle(members=2).gives("ada").state.stick.allotted is None


def test_only_the_holder_and_who_keeps_the_time_see_the_clock(meeting: Meeting) -> None:
    meeting.do("fay", "set_duty", seat="cy", duty="time", on=True).do("ada", "ask_time")
    assert [stick(meeting, id_) for id_ in ("ada", "fay", "cy")] == [(60, True, 0)] * 3
    assert stick(meeting, "bo") == (None, False, 0)


def test_the_holder_asks_and_a_facilitator_or_the_time_keeper_gives(meeting: Meeting) -> None:
    meeting.do("fay", "set_duty", seat="cy", duty="time", on=True).do("ada", "ask_time")
    meeting.do("cy", "give_time", seconds=60)
    assert (meeting.state.stick.allotted, meeting.state.stick.asks) == (120, False)
    assert meeting.do("fay", "give_time", seconds=60).state.stick.allotted == 180


def test_a_turn_may_be_given_no_limit_at_all(meeting: Meeting) -> None:
    assert meeting.do("fay", "give_time", seconds=None).state.stick.allotted is None
    assert meeting.wait(3000).heard == {"ada"}


def test_nobody_is_cut_off_when_the_time_is_over(meeting: Meeting) -> None:
    meeting.wait(59)
    assert meeting.state.stick.over == 0
    meeting.wait(1)
    assert (meeting.state.stick.over, meeting.heard) == (1, {"ada"})
    meeting.wait(60)
    assert (meeting.state.stick.over, meeting.heard) == (2, {"ada"})
    assert meeting.do("fay", "give_time", seconds=300).state.stick.over == 0


def test_each_sees_their_own_share_and_who_keeps_the_time_sees_all(meeting: Meeting) -> None:
    assert {share.seat for share in view(meeting, "fay").plan} == {"fay", "ada", "bo", "cy"}
    assert [share.seat for share in view(meeting, "bo").plan] == ["bo"]
