"""Being here and being away: law 7, the circle outlives anyone's connection."""

import pytest

from rooms.effects import Evict, Forget
from rooms.nouns import Timings
from tests.builders import Meeting, a_circle

GRACES = Timings()


@pytest.fixture
def meeting() -> Meeting:
    """Fay, Ada, Bo, Cy; Ada holds the stick."""
    return a_circle(members=3).gives("ada")


def test_a_holder_who_drops_and_returns_in_time_keeps_stick_turn_and_clock(meeting: Meeting) -> None:
    stick, turn = meeting.state.stick, meeting.state.turn
    meeting.wait(40).drop("ada").wait(GRACES.holder_grace - 0.1).arrive("ada").wait(60)
    assert (meeting.state.stick, meeting.state.turn) == (stick, turn)
    assert meeting.heard == {"ada"}


def test_nobody_is_heard_while_the_holder_is_away(meeting: Meeting) -> None:
    assert meeting.drop("ada").heard == set()


def test_after_its_grace_the_stick_of_an_absent_holder_moves_on_and_they_speak_later(meeting: Meeting) -> None:
    meeting.drop("ada").wait(GRACES.holder_grace)
    assert meeting.stick == ("offered", "bo")
    assert meeting.state.round.later == ("ada",)
    meeting.arrive("ada").do("bo", "accept").goes_on_to("cy", "fay")
    assert meeting.next == "ada"


def test_an_offer_to_somebody_who_drops_waits_for_its_grace_and_moves_on(meeting: Meeting) -> None:
    meeting.do("ada", "pass").drop("bo").wait(GRACES.offer_grace - 0.1)
    assert meeting.stick == ("offered", "bo")
    assert meeting.wait(0.1).stick == ("offered", "cy")
    assert meeting.state.round.later == ("bo",)


def test_with_nobody_left_to_receive_it_the_stick_of_an_absent_holder_rests(meeting: Meeting) -> None:
    meeting.drop("fay", "bo", "cy", "ada").wait(GRACES.holder_grace)
    assert meeting.stick == ("resting", None)


def test_a_seat_that_is_away_keeps_its_place_role_and_name_through_its_grace(meeting: Meeting) -> None:
    before = meeting.ids
    meeting.drop("bo").wait(GRACES.seat_grace - 0.1).arrive("bo").wait(600)
    assert meeting.ids == before


def test_a_seat_is_free_after_its_grace(meeting: Meeting) -> None:
    meeting.drop("bo").wait(GRACES.seat_grace)
    assert "bo" not in meeting.ids
    assert meeting.told(Evict) == [Evict(seat="bo", reason="expired")]


def test_dropping_twice_does_not_lengthen_the_grace(meeting: Meeting) -> None:
    meeting.drop("bo").wait(60).drop("bo").wait(60)
    assert "bo" not in meeting.ids


def test_returning_begins_a_full_grace_anew(meeting: Meeting) -> None:
    meeting.drop("bo").wait(100).arrive("bo").drop("bo").wait(100)
    assert "bo" in meeting.ids


def test_a_raised_hand_and_the_devices_outlive_a_drop(meeting: Meeting) -> None:
    meeting.do("bo", "raise_hand", up=True).do("bo", "set_devices", microphone=True, camera=True)
    before = meeting.state.seat("bo")
    assert meeting.drop("bo").wait(5).arrive("bo").state.seat("bo") == before


def test_arriving_while_here_changes_nothing(meeting: Meeting) -> None:
    before = meeting.state
    assert meeting.arrive("bo").state is before


def test_whoever_leaves_frees_the_seat_and_is_told_so(meeting: Meeting) -> None:
    meeting.do("bo", "leave")
    assert "bo" not in meeting.ids
    assert meeting.told(Evict) == [Evict(seat="bo", reason="left")]


def test_whoever_is_removed_is_out_at_once_and_told_so(meeting: Meeting) -> None:
    meeting.do("fay", "remove", seat="ada")
    assert "ada" not in meeting.ids
    assert meeting.told(Evict) == [Evict(seat="ada", reason="removed")]
    assert meeting.heard == set()


def test_facilitators_are_not_removed_and_nobody_removes_themselves() -> None:
    meeting = a_circle(facilitators=2)
    assert meeting.refuses("fay", "remove", seat="finn") == "not_yours"
    assert meeting.refuses("fay", "remove", seat="fay") == "not_yours"


def test_an_observer_is_removed_like_a_member() -> None:
    assert a_circle(observers=1).do("fay", "remove", seat="olive").ids == ["fay", "ada", "bo", "cy"]


@pytest.mark.parametrize("command", ["arrive", "drop", "wake"])
def test_nobody_but_the_server_says_who_is_here_or_what_time_it_is(meeting: Meeting, command: str) -> None:
    fields = {} if command == "wake" else {"seat": "bo"}
    for by in ("fay", "bo", "server", "nobody"):
        assert meeting.refuses(by, command, **fields) == "not_yours"


def test_a_circle_with_nobody_connected_ends_after_its_grace(meeting: Meeting) -> None:
    meeting.drop("fay", "ada", "bo", "cy").wait(GRACES.empty - 0.1)
    assert meeting.state.phase == "open"
    assert meeting.wait(0.1).state.phase == "closed"
    assert meeting.told(Forget) == [Forget()]


def test_a_circle_nobody_ever_entered_ends_too() -> None:
    meeting = a_circle(facilitators=0, members=0)
    meeting.knock("ada").wait(GRACES.empty)
    assert meeting.state.phase == "closed"


def test_somebody_who_returns_keeps_an_empty_circle(meeting: Meeting) -> None:
    meeting.enter("finn").drop("fay", "ada", "bo", "cy").wait(GRACES.empty * 2)
    assert meeting.state.phase == "open"
    assert meeting.ids == ["finn"]


def test_no_circle_lasts_longer_than_the_longest(meeting: Meeting) -> None:
    meeting.now = meeting.state.opened
    meeting.wait(GRACES.longest - 0.1)
    assert meeting.state.phase == "open"
    assert meeting.wait(0.1).state.phase == "closed"
