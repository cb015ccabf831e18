"""The order of a round: by buttons, either way round, with hands first to those not yet heard."""

import pytest

from tests.builders import Meeting, a_circle


@pytest.fixture
def meeting() -> Meeting:
    return a_circle(members=3)


def test_everybody_sits_in_the_order_that_was_set(meeting: Meeting) -> None:
    meeting.do("fay", "set_order", seats=("cy", "fay", "bo", "ada"))
    assert meeting.ids == ["cy", "fay", "bo", "ada"]
    assert meeting.gives("fay").next == "bo"


@pytest.mark.parametrize(
    "seats", [("fay", "ada", "bo"), ("fay", "ada", "bo", "cy", "cy"), ("fay", "ada", "bo", "ned"), ()]
)
def test_an_order_that_does_not_name_everybody_once_changes_nothing(meeting: Meeting, seats: tuple[str, ...]) -> None:
    assert meeting.refuses("fay", "set_order", seats=seats) == "stale"


def test_an_order_changes_nothing_about_the_stick_or_who_was_heard(meeting: Meeting) -> None:
    meeting.gives("ada").goes_on_to("bo").do("fay", "set_order", seats=("cy", "fay", "bo", "ada"))
    assert meeting.stick == ("held", "bo")
    assert meeting.state.round.heard == ("ada",)


def test_backwards_the_stick_goes_the_other_way_round(meeting: Meeting) -> None:
    meeting.do("fay", "set_way", backwards=True, unheard_first=False).gives("bo")
    for id_ in ("ada", "fay", "cy"):
        assert meeting.next == id_
        meeting.goes_on_to(id_)
    assert meeting.next is None


def test_with_hands_those_not_yet_heard_go_first_if_facilitators_wish_so(meeting: Meeting) -> None:
    meeting.do("fay", "set_floor", floor="hands").gives("ada").do("ada", "lay_down").gives("bo")
    meeting.do("ada", "raise_hand", up=True).wait(1).do("cy", "raise_hand", up=True)
    assert meeting.next == "ada"
    assert meeting.do("fay", "set_way", backwards=False, unheard_first=True).next == "cy"
