"""After the meeting: a time together that keeps nothing of it. And near its end, who has not been heard in all of it."""

import msgspec
import pytest

from rooms.agenda import FORMATS, Format, ends_at
from rooms.nouns import Card, Step
from rooms.shown import CircleView
from tests.builders import Meeting, a_circle, sealed

CARD = Card(wish="need", words=sealed("grey today"))
AFTER = 10


@pytest.fixture
def meeting() -> Meeting:
    """In the closing words of an hour; Ada has checked in, has been given minutes, and has a question on the screen."""
    meeting = a_circle(members=3).do("fay", "set_agenda", agenda="sixty").do("ada", "check_in", card=CARD)
    meeting.do("fay", "allot", seat="ada", minutes=2).do("ada", "raise_hand", up=True)
    return meeting.do("fay", "go_to", step=9, seen=0).do("fay", "set_prompt", prompt=sealed("what stays"))


def goes_on(meeting: Meeting) -> Meeting:
    return meeting.do("fay", "go_to", step=AFTER, seen=9)


@pytest.mark.parametrize("kind", ["sixty", "ninety", "quick"])
def test_every_format_ends_with_a_time_together_that_nobody_needs_to_have(kind: Format) -> None:
    steps = FORMATS[kind]
    assert (steps[-1].part, steps[-1].floor, steps[-1].reactions, steps[-1].writing) == ("after", "open", True, True)
    meeting = a_circle().do("fay", "set_agenda", agenda=kind).do("fay", "go_to", step=len(steps) - 2, seen=0)
    assert meeting.do("fay", "close").state.phase == "closed"


def test_afterwards_everybody_may_speak_and_nothing_of_the_meeting_is_kept(meeting: Meeting) -> None:
    goes_on(meeting)
    assert meeting.heard == {"fay", "ada", "bo", "cy"}
    assert [(seat.card, seat.adjust, seat.hand) for seat in meeting.state.seats] == [(None, 0, None)] * 4
    kept = msgspec.json.encode(meeting.state).decode()
    assert all(sealed(word) not in kept for word in ("grey today", "what stays"))


def test_afterwards_nobody_checks_in_any_more(meeting: Meeting) -> None:
    assert goes_on(meeting).refuses("bo", "check_in", card=CARD) == "not_now"
    assert meeting.refuses("bo", "check_in", card=None) is None


def test_afterwards_there_is_no_end_to_look_at_and_going_back_has_it_again(meeting: Meeting) -> None:
    end = ends_at(meeting.state)
    assert end is not None
    assert ends_at(goes_on(meeting).state) is None
    assert ends_at(meeting.do("fay", "go_to", step=9, seen=AFTER).state) == end


def test_a_circle_without_an_agenda_may_stay_together_too() -> None:
    meeting = a_circle(members=2).do("ada", "check_in", card=CARD).gives("ada").do("ada", "lay_down")
    meeting.do("fay", "set_agenda", agenda=(Step(part="after", floor="open", minutes=10, writing=True),))
    assert (meeting.state.floor, meeting.state.seats[1].card) == ("open", None)


def unheard(meeting: Meeting, id_: str = "fay") -> tuple[str, ...]:
    view = meeting.view(id_)
    assert isinstance(view, CircleView)
    return view.unheard


def test_who_has_never_held_the_stick_is_not_yet_heard_whatever_the_round() -> None:
    meeting = a_circle(members=3, observers=1).gives("bo").do("bo", "lay_down")
    assert unheard(meeting) == ("fay", "ada", "cy")
    meeting.do("fay", "set_floor", floor="hands").do("fay", "set_floor", floor="round")
    assert unheard(meeting) == ("fay", "ada", "cy")
    assert unheard(meeting.gives("ada").goes_on_to("bo")) == ("fay", "cy")


def test_who_declines_has_not_been_heard_and_who_goes_over_to_listening_is_not_waited_for() -> None:
    meeting = a_circle(members=2).offers("ada").do("ada", "decline")
    assert unheard(meeting) == ("fay", "ada", "bo")
    assert unheard(meeting.do("ada", "step_back")) == ("fay", "bo")


def test_nobody_is_named_who_is_away_or_has_stepped_out() -> None:
    meeting = a_circle(members=3).do("ada", "step_out", wish="fine").drop("bo")
    assert unheard(meeting) == ("fay", "cy")


def test_they_stand_in_the_order_of_seats_and_are_shown_to_who_leads_alone() -> None:
    meeting = a_circle(members=3, observers=1).do("fay", "set_order", seats=("cy", "olive", "bo", "fay", "ada"))
    meeting.do("fay", "set_duty", seat="bo", duty="time", on=True).gives("fay")
    assert unheard(meeting) == ("cy", "bo", "ada")
    assert [unheard(meeting, id_) for id_ in ("ada", "bo", "cy", "olive")] == [()] * 4


def test_afterwards_nobody_is_named_any_more(meeting: Meeting) -> None:
    assert unheard(goes_on(meeting)) == ()
