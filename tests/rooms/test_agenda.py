"""The agenda: a format is data, a step changes what the circle is in, and whoever speaks is not cut off by it."""

import pytest

from rooms.agenda import FORMATS, ends_at
from rooms.nouns import Step
from rooms.shown import CircleView, DoorView
from tests.builders import Meeting, a_circle, sealed


@pytest.fixture
def meeting() -> Meeting:
    return a_circle(members=3).do("fay", "set_agenda", agenda="sixty")


def part(meeting: Meeting) -> str | None:
    return meeting.state.part.part if meeting.state.part else None


def test_the_formats_last_as_long_as_they_are_called() -> None:
    lengths = {
        name: sum(step.minutes for step in steps if step.part not in {"doors", "after"})
        for name, steps in FORMATS.items()
    }
    assert lengths == {"sixty": 60, "ninety": 90, "quick": 30, "free": 0}


def test_a_format_begins_at_its_doors_in_the_lobby(meeting: Meeting) -> None:
    assert (part(meeting), meeting.state.phase, meeting.state.floor) == ("doors", "lobby", "facilitator")
    assert ends_at(meeting.state) is None


def test_the_first_step_behind_the_doors_opens_the_circle_and_starts_its_time(meeting: Meeting) -> None:
    meeting.do("fay", "go_to", step=1, seen=0)
    assert (part(meeting), meeting.state.phase) == ("welcome", "open")
    assert ends_at(meeting.state) == meeting.now + 3600


def test_a_step_brings_its_floor_a_fresh_round_and_no_old_prompt(meeting: Meeting) -> None:
    meeting.do("fay", "go_to", step=4, seen=0).do("fay", "set_prompt", prompt=sealed("prompt")).gives("ada")
    meeting.do("ada", "lay_down").do("fay", "go_to", step=6, seen=4)
    assert (part(meeting), meeting.state.floor, meeting.state.prompt) == ("sharing", "round", None)
    assert meeting.state.round.heard == ()


def test_an_offer_that_nobody_has_taken_is_laid_down_by_the_next_step(meeting: Meeting) -> None:
    meeting.do("fay", "go_to", step=4, seen=0).offers("ada").do("fay", "go_to", step=5, seen=4)
    assert meeting.stick == ("resting", None)


def test_whoever_speaks_is_not_cut_off_by_a_step_but_may_go_on_to_it(meeting: Meeting) -> None:
    meeting.do("fay", "go_to", step=4, seen=0).gives("ada")
    assert meeting.refuses("fay", "go_to", step=5, seen=4) == "not_now"
    meeting.do("fay", "set_duty", seat="ada", duty="script", on=True).do("ada", "go_to", step=5, seen=4)
    assert part(meeting) == "plan"


def test_two_facilitators_who_press_at_once_go_on_by_one_step(meeting: Meeting) -> None:
    meeting.do("fay", "go_to", step=1, seen=0)
    assert meeting.refuses("fay", "go_to", step=1, seen=0) == "stale"


def test_steps_may_be_gone_back_to_skipped_and_shortened(meeting: Meeting) -> None:
    meeting.do("fay", "go_to", step=6, seen=0).do("fay", "go_to", step=4, seen=6)
    assert part(meeting) == "check_in"
    began = meeting.now
    meeting.wait(60).do("fay", "set_minutes", step=6, minutes=20)
    assert ends_at(meeting.state) == began + 3600 - 12 * 60


def test_who_keeps_the_script_goes_on_and_who_does_not_keep_it_does_not(meeting: Meeting) -> None:
    meeting.do("fay", "set_duty", seat="bo", duty="script", on=True)
    assert meeting.refuses("ada", "go_to", step=1, seen=0) == "not_yours"
    assert part(meeting.do("bo", "go_to", step=1, seen=0)) == "welcome"
    meeting.do("fay", "set_duty", seat="bo", duty="script", on=False)
    assert meeting.refuses("bo", "go_to", step=2, seen=1) == "not_yours"


def test_a_list_of_ones_own_is_an_agenda_like_any_other(meeting: Meeting) -> None:
    steps = (
        Step(part="own", floor="hands", minutes=20, turn=90, title=sealed("walk")),
        Step(part="closing", floor="round", minutes=5),
    )
    meeting.do("fay", "set_agenda", agenda=steps)
    assert (meeting.state.floor, meeting.state.part) == ("hands", steps[0])
    assert meeting.do("fay", "go_to", step=1, seen=0).state.floor == "round"


def test_a_free_circle_has_no_agenda_and_goes_on_as_it_is(meeting: Meeting) -> None:
    meeting.do("fay", "set_agenda", agenda="free").do("fay", "set_floor", floor="round")
    assert (meeting.state.part, ends_at(meeting.state)) == (None, None)
    assert meeting.gives("ada").heard == {"ada"}


def test_a_steps_breath_makes_the_receiver_wait(meeting: Meeting) -> None:
    meeting.do("fay", "go_to", step=6, seen=0).offers("ada").wait(29)
    assert meeting.refuses("ada", "accept", turn=meeting.state.turn) == "not_now"
    assert meeting.wait(1).do("ada", "accept").heard == {"ada"}


def test_what_to_say_in_words_of_ones_own_is_shown_to_who_keeps_the_script_and_in_its_step(meeting: Meeting) -> None:
    meeting.do("fay", "set_duty", seat="bo", duty="script", on=True)
    meeting.do("bo", "set_script", step=1, script=sealed("welcome"))
    assert {id_: view(meeting, id_).script for id_ in meeting.ids} == dict.fromkeys(meeting.ids)
    meeting.do("fay", "go_to", step=1, seen=0)
    assert [view(meeting, id_).script for id_ in ("fay", "bo", "ada", "cy")] == [sealed("welcome")] * 2 + [None] * 2
    assert view(meeting.do("fay", "set_script", step=1, script=None), "bo").script is None


def test_the_door_tells_how_long_it_takes_without_doors_and_afterwards(meeting: Meeting) -> None:
    assert minutes(meeting) == 60
    assert minutes(meeting.do("fay", "set_minutes", step=6, minutes=30)) == 58
    assert minutes(a_circle()) is None


def minutes(meeting: Meeting) -> float | None:
    shown = meeting.view(None)
    assert isinstance(shown, DoorView)
    return shown.minutes


def view(meeting: Meeting, id_: str) -> CircleView:
    shown = meeting.view(id_)
    assert isinstance(shown, CircleView)
    return shown
