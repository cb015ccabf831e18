"""Quiet for everybody: nobody is heard, nobody's stick is lost, and the clocks stand still meanwhile."""

import pytest

from rooms.shown import CircleView
from tests.builders import START, Meeting, a_circle


@pytest.fixture
def meeting() -> Meeting:
    """Ada holds the stick in the check-in round, a minute each, since ten seconds."""
    circle = a_circle(members=3).do("fay", "set_agenda", agenda="sixty").do("fay", "go_to", step=4, seen=0)
    return circle.gives("ada").wait(10)


def view(meeting: Meeting) -> CircleView:
    shown = meeting.view("ada")
    assert isinstance(shown, CircleView)
    return shown


def quiet(meeting: Meeting) -> tuple[str, float | None] | None:
    """The kind of quiet that everybody sees, and for how long from now."""
    pause = view(meeting).pause
    return pause and (pause.kind, None if pause.until is None else pause.until - meeting.now)


def test_in_a_pause_nobody_is_heard_and_the_holder_keeps_the_stick(meeting: Meeting) -> None:
    turn = meeting.state.turn
    meeting.do("fay", "pause", on=True)
    assert (meeting.heard, meeting.stick, meeting.state.turn) == (set(), ("held", "ada"), turn)
    assert quiet(meeting) == ("pause", None)
    meeting.wait(600).do("fay", "pause", on=False)
    assert (meeting.heard, meeting.stick, meeting.state.turn, quiet(meeting)) == ({"ada"}, ("held", "ada"), turn, None)


@pytest.mark.parametrize("floor", ["open", "facilitator"])
def test_a_pause_holds_on_every_floor(meeting: Meeting, floor: str) -> None:
    meeting.do("fay", "recall").do("fay", "pause", on=True).do("fay", "set_floor", floor=floor)
    assert meeting.heard == set()
    assert meeting.do("fay", "pause", on=False).heard != set()


def test_the_clocks_of_turn_step_and_meeting_stand_still(meeting: Meeting) -> None:
    before = view(meeting)
    assert before.ends is not None
    meeting.do("fay", "pause", on=True).wait(100)
    assert view(meeting).stick.over == 0
    meeting.do("fay", "pause", on=False)
    after = view(meeting)
    assert (after.stick.since, after.step_since, after.ends) == (
        before.stick.since + 100, before.step_since + 100, before.ends + 100,
    )  # fmt: skip
    assert meeting.wait(49).state.stick.over == 0
    assert meeting.wait(1).state.stick.over == 1


def test_the_time_plan_loses_nothing_in_a_pause(meeting: Meeting) -> None:
    meeting.do("ada", "lay_down").do("fay", "go_to", step=6, seen=4).wait(60)
    before = meeting.do("fay", "pause", on=True).view("fay")
    during = meeting.wait(300).view("fay")
    after = meeting.do("fay", "pause", on=False).view("fay")
    plans = [one.plan for one in (before, during, after) if isinstance(one, CircleView)]
    assert plans == [plans[0]] * 3
    assert plans[0]


def test_a_pause_without_an_agenda_leaves_it_without_one() -> None:
    meeting = a_circle().gives("ada").do("fay", "pause", on=True).wait(5).do("fay", "pause", on=False)
    assert (meeting.state.step_since, meeting.state.began, meeting.state.stick.since) == (0, None, START + 5)


def test_the_breath_stands_still_too() -> None:
    meeting = a_circle(breath=10).offers("ada").wait(4).do("fay", "pause", on=True).wait(60)
    assert meeting.refuses("ada", "accept") == "not_now"
    meeting.do("fay", "pause", on=False).wait(5)
    assert meeting.refuses("ada", "accept") == "not_now"
    assert meeting.wait(1).do("ada", "accept").heard == {"ada"}


def test_a_turn_that_begins_in_a_pause_has_its_whole_time_after_it(meeting: Meeting) -> None:
    meeting.do("fay", "pause", on=True).wait(20).goes_on_to("bo").wait(40)
    assert meeting.heard == set()
    meeting.do("fay", "pause", on=False)
    assert (meeting.heard, meeting.state.stick.since) == ({"bo"}, meeting.now)


def test_a_step_that_begins_in_a_pause_has_its_whole_time_after_it(meeting: Meeting) -> None:
    meeting.do("ada", "lay_down").do("fay", "pause", on=True).wait(20).do("fay", "go_to", step=6, seen=4).wait(40)
    assert meeting.do("fay", "pause", on=False).state.step_since == meeting.now


def test_whoever_guards_may_pause_and_go_on(meeting: Meeting) -> None:
    assert meeting.refuses("bo", "pause", on=True) == "not_yours"
    meeting.do("fay", "set_duty", seat="bo", duty="guardian", on=True).do("bo", "pause", on=True)
    assert meeting.heard == set()
    assert meeting.do("bo", "pause", on=False).heard == {"ada"}


def test_where_nobody_is_left_to_lead_any_member_ends_a_pause_but_begins_none(meeting: Meeting) -> None:
    meeting.do("fay", "pause", on=True).drop("fay").wait(29)
    assert meeting.refuses("bo", "pause", on=False) == "not_yours"
    meeting.wait(1).do("bo", "pause", on=False)
    assert meeting.heard == {"ada"}
    assert meeting.refuses("bo", "pause", on=True) == "not_yours"


def test_a_holder_who_drops_in_a_pause_keeps_the_stick_till_its_end(meeting: Meeting) -> None:
    meeting.do("fay", "pause", on=True).drop("ada").wait(100)
    assert meeting.stick == ("held", "ada")
    assert meeting.arrive("ada").do("fay", "pause", on=False).heard == {"ada"}
    meeting.do("fay", "pause", on=True).drop("ada").wait(100).do("fay", "pause", on=False)
    assert meeting.stick == ("offered", "bo")
    assert meeting.state.round.later == ("ada",)


def test_a_silence_ends_by_itself_and_nobody_has_lost_anything(meeting: Meeting) -> None:
    meeting.do("fay", "silence", seconds=30)
    assert (quiet(meeting), meeting.heard) == (("silence", 30), set())
    assert meeting.wake_at == meeting.now + 30
    assert meeting.wait(29.5).heard == set()
    assert (meeting.wait(0.5).heard, quiet(meeting)) == ({"ada"}, None)
    assert meeting.state.stick.since == meeting.now - 10


def test_a_clock_that_wakes_late_counts_a_silence_only_till_its_time(meeting: Meeting) -> None:
    meeting.do("fay", "silence", seconds=30)
    meeting.now += 35
    meeting.do("bo", "raise_hand", up=True)
    assert (meeting.heard, meeting.state.stick.since) == ({"ada"}, meeting.now - 15)


def test_a_silence_may_be_lengthened_and_ended(meeting: Meeting) -> None:
    meeting.do("fay", "silence", seconds=30).wait(20).do("fay", "silence", seconds=60)
    assert quiet(meeting) == ("silence", 60)
    assert meeting.wait(40).heard == set()
    assert meeting.do("fay", "silence", seconds=None).heard == {"ada"}
    assert meeting.state.stick.since == meeting.now - 10


def test_whoever_guards_or_keeps_the_script_may_ring_for_silence(meeting: Meeting) -> None:
    for duty in ("guardian", "script"):
        assert meeting.refuses("bo", "silence", seconds=30) == "not_yours"
        meeting.do("fay", "set_duty", seat="bo", duty=duty, on=True).do("bo", "silence", seconds=30)
        meeting.do("bo", "silence", seconds=None).do("fay", "set_duty", seat="bo", duty=duty, on=False)


def test_a_pause_takes_the_place_of_a_silence_and_a_silence_ends_no_pause(meeting: Meeting) -> None:
    meeting.do("fay", "silence", seconds=30).wait(10).do("fay", "pause", on=True).wait(60)
    assert quiet(meeting) == ("pause", None)
    assert meeting.refuses("fay", "silence", seconds=None) == "not_now"
    meeting.do("fay", "pause", on=False)
    assert meeting.state.stick.since == meeting.now - 10


def test_a_heads_up_is_a_short_quiet_that_is_not_counted_against_the_turn(meeting: Meeting) -> None:
    meeting.do("ada", "heads_up")
    assert (quiet(meeting), meeting.heard, meeting.stick) == (("heads_up", 10), set(), ("held", "ada"))
    meeting.wait(10)
    assert (meeting.heard, meeting.state.stick.since) == ({"ada"}, meeting.now - 10)


def test_a_heads_up_ends_with_its_turn(meeting: Meeting) -> None:
    meeting.do("ada", "heads_up").wait(3).do("ada", "pass").do("bo", "accept")
    assert (quiet(meeting), meeting.heard) == (None, {"bo"})
    assert meeting.state.stick.since == meeting.now


def test_a_pause_takes_the_place_of_a_heads_up_and_does_not_end_with_the_turn(meeting: Meeting) -> None:
    meeting.do("ada", "heads_up").do("fay", "pause", on=True).do("ada", "pass").do("bo", "accept")
    assert meeting.wait(60).heard == set()


def test_asides_go_on_in_a_pause(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).do("cy", "accept_aside").do("fay", "pause", on=True)
    assert [aside.seats for aside in view(meeting).asides] == [("bo", "cy")]
    assert meeting.wait(300).state.apart == {"bo", "cy"}
