"""What follows by itself: settling reaches rest, waking is asked for, and many late things at once end well."""

import pytest

from rooms.nouns import Timings
from rooms.settle import next_wake, settle
from tests.builders import START, Meeting, a_circle

GRACES = Timings()


def late(meeting: Meeting, seconds: float) -> Meeting:
    """Time passes, and the clock sleeps through it."""
    meeting.now += seconds
    return meeting


def settled(meeting: Meeting) -> Meeting:
    return Meeting(settle(meeting.state, meeting.now), meeting.now)


def test_settling_again_changes_nothing() -> None:
    meeting = a_circle(members=4).gives("ada").do("fay", "name_successor", seat="cy").knock("ned")
    once = settled(late(meeting.drop("ada", "fay", "bo", "ned"), 5000))
    assert once.state != meeting.state
    assert settle(once.state, once.now) == once.state


def test_a_clock_that_wakes_late_finds_everything_that_was_due() -> None:
    meeting = a_circle(members=3).gives("ada").do("fay", "name_successor", seat="cy").drop("fay", "ada")
    state = settled(late(meeting, 500)).state
    assert [seat.id for seat in state.seats] == ["bo", "cy"]
    assert (state.stick.state, state.stick.seat) == ("offered", "bo")
    assert state.acting == "cy"


def test_a_seat_that_ends_together_with_its_stick_does_not_throw_the_round_back() -> None:
    meeting = a_circle(members=4).gives("ada").goes_on_to("bo").drop("ada", "bo")
    assert settled(late(meeting, 500)).stick == ("offered", "cy")


def test_an_offer_that_is_late_does_not_go_to_somebody_who_has_gone_meanwhile() -> None:
    meeting = a_circle(members=3).offers("ada").drop("ada", "bo")
    assert settled(late(meeting, 500)).stick == ("offered", "cy")


def test_an_end_lays_the_stick_down_and_seats_nobody() -> None:
    state = settled(late(a_circle().gives("ada"), GRACES.longest)).state
    assert (state.phase, state.seats, state.stick.state, state.stick.seat) == ("closed", (), "resting", None)
    assert next_wake(state, START) is None


@pytest.mark.parametrize(
    ("gone", "grace"),
    [
        (("bo",), GRACES.seat_grace),
        (("ada",), GRACES.holder_grace),
        (("fay",), GRACES.stand_in),
        (("ned",), GRACES.knock_gone),
        ((), GRACES.knock),
    ],
)
def test_a_wake_is_asked_for_at_the_next_grace_that_ends(gone: tuple[str, ...], grace: float) -> None:
    meeting = a_circle().gives("ada").knock("ned").drop(*gone)
    assert next_wake(meeting.state, meeting.now) == START + grace
    assert settle(meeting.state, START + grace - 0.001) == meeting.state


def test_wakes_go_on_one_after_the_other_until_the_circle_ends() -> None:
    meeting = a_circle(members=1, observers=1).gives("ada").drop("fay", "ada", "olive")
    wakes: list[float] = []
    while meeting.wake_at is not None:
        wakes.append(meeting.wake_at - START)
        meeting.wait(meeting.wake_at - meeting.now)
    assert wakes == sorted(wakes)
    assert {10, 25, 30, 120, 1800} <= set(wakes)
    assert meeting.state.phase == "closed"


def test_zero_graces_reach_rest_too() -> None:
    at_once = Timings(holder_grace=0, offer_grace=0, seat_grace=0, stand_in=0, adrift=0, knock_gone=0)
    meeting = a_circle(members=2, timings=at_once).gives("ada").drop("ada")
    assert (meeting.ids, meeting.stick) == (["fay", "bo"], ("offered", "bo"))
    assert meeting.drop("fay").state.adrift
