"""Asking for the stick: hands stand in order of arrival."""

import pytest

from tests.builders import Meeting, a_circle


@pytest.fixture
def meeting() -> Meeting:
    return a_circle(members=3, observers=1).do("fay", "set_floor", floor="hands")


def raise_hands(meeting: Meeting, *ids: str) -> Meeting:
    for id_ in ids:
        meeting.wait(1).do(id_, "raise_hand", up=True)
    return meeting


def test_hands_stand_in_order_of_arrival(meeting: Meeting) -> None:
    assert raise_hands(meeting, "cy", "ada", "bo").state.hands() == ("cy", "ada", "bo")


def test_hands_of_the_same_moment_stand_in_seat_order(meeting: Meeting) -> None:
    meeting.do("cy", "raise_hand", up=True).do("ada", "raise_hand", up=True)
    assert meeting.state.hands() == ("ada", "cy")


def test_asking_again_keeps_the_place(meeting: Meeting) -> None:
    raise_hands(meeting, "cy", "ada")
    version = meeting.state.version
    assert raise_hands(meeting, "cy").state.hands() == ("cy", "ada")
    assert meeting.state.version == version


def test_a_hand_taken_back_and_raised_again_stands_last(meeting: Meeting) -> None:
    raise_hands(meeting, "cy", "ada").do("cy", "raise_hand", up=False)
    assert raise_hands(meeting, "cy").state.hands() == ("ada", "cy")


def test_with_hands_a_pass_goes_to_the_first_hand(meeting: Meeting) -> None:
    raise_hands(meeting.gives("ada"), "cy", "bo")
    assert meeting.do("ada", "pass").stick == ("offered", "cy")


def test_with_hands_a_pass_with_no_hand_up_lets_the_stick_rest(meeting: Meeting) -> None:
    assert meeting.gives("ada").do("ada", "pass").stick == ("resting", None)


def test_the_hand_of_somebody_away_is_passed_over_and_kept(meeting: Meeting) -> None:
    raise_hands(meeting.gives("ada"), "cy", "bo").drop("cy")
    assert meeting.do("ada", "pass").stick == ("offered", "bo")
    assert meeting.state.hands() == ("cy", "bo")


def test_the_hand_falls_when_its_seat_holds_the_stick(meeting: Meeting) -> None:
    raise_hands(meeting, "cy").offers("cy")
    assert meeting.state.hands() == ("cy",)
    assert meeting.do("cy", "accept").state.hands() == ()


def test_the_hand_falls_when_its_seat_declines(meeting: Meeting) -> None:
    raise_hands(meeting, "cy", "bo").offers("cy").do("cy", "decline")
    assert meeting.stick == ("offered", "bo")
    assert meeting.state.hands() == ("bo",)


def test_the_hand_falls_when_its_seat_is_skipped(meeting: Meeting) -> None:
    raise_hands(meeting, "cy", "bo").offers("cy").do("fay", "skip")
    assert meeting.stick == ("offered", "bo")
    assert meeting.state.hands() == ("bo",)


def test_with_hands_later_keeps_the_hand_and_lets_the_next_one_go_first(meeting: Meeting) -> None:
    raise_hands(meeting, "cy", "bo").offers("cy").do("cy", "later")
    assert meeting.stick == ("offered", "bo")
    assert meeting.do("bo", "accept").next == "cy"


def test_the_holder_does_not_ask_for_the_stick(meeting: Meeting) -> None:
    assert meeting.gives("ada").refuses("ada", "raise_hand", up=True) == "not_now"


def test_observers_raise_no_hand(meeting: Meeting) -> None:
    assert meeting.refuses("olive", "raise_hand", up=True) == "not_yours"


def test_in_a_round_hands_change_nothing_about_who_is_next(meeting: Meeting) -> None:
    meeting.do("fay", "set_floor", floor="round").gives("ada")
    assert raise_hands(meeting, "cy").next == "bo"
