"""Whom a plain pass reaches in a round, also at the ends of the order. Seats stand as fay, ada, bo, cy, di."""

import pytest

from rooms.moves import round_over
from tests.builders import Meeting, a_circle


@pytest.fixture
def meeting() -> Meeting:
    return a_circle(members=4)


def test_the_order_begins_behind_the_holder_and_goes_round_the_end(meeting: Meeting) -> None:
    meeting.gives("cy")
    reached: list[str | None] = []
    while meeting.next is not None:
        reached.append(meeting.next)
        meeting.goes_on_to(meeting.next)
    assert reached == ["di", "fay", "ada", "bo"]


def test_behind_the_last_seat_comes_the_first(meeting: Meeting) -> None:
    assert meeting.gives("di").next == "fay"


def test_after_a_named_pass_the_order_goes_on_from_there_and_comes_back_to_the_passed_over(meeting: Meeting) -> None:
    assert meeting.gives("ada").goes_on_to("di").next == "fay"
    assert meeting.goes_on_to("fay").next == "bo"


def test_while_the_stick_rests_the_order_goes_on_behind_who_was_heard_last(meeting: Meeting) -> None:
    assert meeting.gives("bo").do("bo", "lay_down").next == "cy"


@pytest.mark.parametrize("way", ["leave", "remove", "expire"])
def test_when_the_holder_goes_the_next_one_behind_is_offered_the_stick(meeting: Meeting, way: str) -> None:
    meeting.gives("bo")
    if way == "leave":
        meeting.do("bo", "leave")
    elif way == "remove":
        meeting.do("fay", "remove", seat="bo")
    else:
        meeting.drop("bo")
        meeting.now += 3600  # the clock is late, so that both graces end at once
        meeting.do("fay", "set_devices", microphone=True, camera=False)
    assert "bo" not in meeting.ids
    assert meeting.stick == ("offered", "cy")


def test_when_the_last_in_order_goes_the_first_is_offered_the_stick(meeting: Meeting) -> None:
    assert meeting.gives("di").do("di", "leave").stick == ("offered", "fay")


def test_when_whom_it_is_offered_to_goes_the_offer_moves_on(meeting: Meeting) -> None:
    assert meeting.offers("bo").do("bo", "leave").stick == ("offered", "cy")


def test_when_the_last_not_yet_heard_goes_the_stick_rests(meeting: Meeting) -> None:
    meeting.gives("fay").goes_on_to("ada", "bo", "cy", "di").do("di", "leave")
    assert meeting.stick == ("resting", None)


def test_somebody_else_going_moves_nothing(meeting: Meeting) -> None:
    turn = meeting.gives("bo").state.turn
    assert meeting.do("cy", "leave").stick == ("held", "bo")
    assert meeting.state.turn == turn


def test_the_round_forgets_who_has_gone(meeting: Meeting) -> None:
    meeting.gives("ada").do("ada", "pass").do("bo", "later").do("ada", "leave").do("bo", "leave")
    assert (meeting.state.round.heard, meeting.state.round.later) == ((), ())


def test_a_seat_that_comes_in_mid_round_is_reached_in_this_round(meeting: Meeting) -> None:
    meeting.gives("cy").knock("ed").do("fay", "admit", seat="ed").goes_on_to("di")
    assert meeting.next == "ed"


def test_a_seat_that_is_away_is_passed_over_and_reached_after_its_return(meeting: Meeting) -> None:
    meeting.gives("ada").drop("bo").goes_on_to("cy").arrive("bo").goes_on_to("di", "fay")
    assert meeting.next == "bo"


def test_a_round_is_over_when_all_present_have_been_heard(meeting: Meeting) -> None:
    meeting.gives("fay").goes_on_to("ada", "bo", "cy").do("cy", "lay_down")
    assert not round_over(meeting.state)
    assert round_over(meeting.drop("di").state)


def test_observers_are_not_waited_for() -> None:
    meeting = a_circle(members=1, observers=1).gives("fay").goes_on_to("ada").do("ada", "lay_down")
    assert round_over(meeting.state)
