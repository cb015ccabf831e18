"""Holding the circle, and what happens when nobody does: power never falls to a stranger."""

import pytest

from rooms.effects import Evict, Forget, Gate, WakeAt
from rooms.nouns import Timings
from tests.builders import Meeting, a_circle

GRACES = Timings()
OF_LEADERS: tuple[tuple[str, dict[str, object]], ...] = (
    ("lock", {"on": True}),
    ("set_floor", {"floor": "open"}),
    ("remove", {"seat": "cy"}),
    ("name_successor", {"seat": "cy"}),
    ("skip", {}),
    ("close", {}),
)


@pytest.fixture
def meeting() -> Meeting:
    """Fay, Ada, Bo and Cy; Ada holds the stick, and Bo would stand in for Fay."""
    return a_circle(members=3, observers=1).gives("ada").do("fay", "name_successor", seat="bo")


def refused(meeting: Meeting, by: str) -> set[str | None]:
    return {meeting.refuses(by, command, **fields) for command, fields in OF_LEADERS}


def test_facilitators_have_equal_power() -> None:
    meeting = a_circle(facilitators=2).gives("ada")
    assert refused(meeting, "fay") == refused(meeting, "finn") == {None}


def test_members_observers_and_strangers_do_not_lead(meeting: Meeting) -> None:
    for by in ("ada", "bo", "olive", "nobody"):
        assert refused(meeting, by) == {"not_yours"}


def test_a_facilitator_who_is_away_does_not_lead(meeting: Meeting) -> None:
    assert refused(meeting.drop("fay"), "fay") == {"not_yours"}


def test_when_one_facilitator_drops_the_others_carry_on_and_nobody_stands_in() -> None:
    meeting = a_circle(facilitators=2).do("fay", "name_successor", seat="bo").gives("ada")
    meeting.drop("fay").wait(100)
    assert refused(meeting, "finn") == {None}
    assert refused(meeting, "bo") == {"not_yours"}


def test_the_named_successor_stands_in_after_a_while(meeting: Meeting) -> None:
    meeting.drop("fay").wait(GRACES.stand_in - 0.1)
    assert refused(meeting, "bo") == {"not_yours"}
    meeting.wait(0.1)
    assert refused(meeting, "bo") == {None}
    assert refused(meeting, "cy") == {"not_yours"}


def test_a_facilitator_who_comes_back_has_the_circle_back(meeting: Meeting) -> None:
    meeting.drop("fay").wait(GRACES.stand_in).arrive("fay")
    assert refused(meeting, "fay") == {None}
    assert refused(meeting, "bo") == {"not_yours"}


def test_a_facilitator_with_the_key_takes_the_circle_back_from_a_new_seat(meeting: Meeting) -> None:
    meeting.drop("fay").wait(GRACES.seat_grace).enter("finn")
    assert refused(meeting, "finn") == {None}
    assert refused(meeting, "bo") == {"not_yours"}


def test_a_successor_who_drops_hands_it_over_and_gets_it_back(meeting: Meeting) -> None:
    meeting.drop("fay").wait(GRACES.adrift).drop("bo")
    assert (meeting.state.acting, meeting.state.adrift) == (None, True)
    meeting.arrive("bo")
    assert (meeting.state.acting, meeting.state.adrift) == ("bo", False)


def test_who_stands_in_may_name_somebody_else_who_then_leads(meeting: Meeting) -> None:
    meeting.drop("fay").wait(GRACES.stand_in).do("bo", "name_successor", seat="cy")
    assert refused(meeting, "bo") == {"not_yours"}
    assert meeting.state.leads("cy")


def test_a_successor_who_leaves_is_named_no_longer(meeting: Meeting) -> None:
    assert meeting.do("bo", "leave").state.successor is None


@pytest.mark.parametrize("seat", ["fay", "olive", "nobody"])
def test_only_a_member_is_named(meeting: Meeting, seat: str) -> None:
    assert meeting.refuses("fay", "name_successor", seat=seat) == "no_such_seat"


def test_the_naming_can_be_taken_back(meeting: Meeting) -> None:
    meeting.do("fay", "name_successor", seat=None).drop("fay").wait(GRACES.stand_in)
    assert meeting.state.acting is None


def test_with_nobody_to_lead_members_go_on_passing_at_once(meeting: Meeting) -> None:
    meeting.drop("fay", "bo").do("ada", "pass")
    assert meeting.do("cy", "accept").heard == {"cy"}


def test_with_nobody_to_lead_any_member_offers_the_resting_stick_after_a_while(meeting: Meeting) -> None:
    meeting.do("ada", "lay_down").drop("fay", "bo").wait(GRACES.adrift - 0.1)
    assert meeting.refuses("cy", "offer", to="ada") == "not_yours"
    meeting.wait(0.1)
    assert meeting.refuses("olive", "offer", to="ada") == "not_yours"
    assert meeting.refuses("bo", "offer", to="ada") == "not_yours"
    assert meeting.gives("ada", by="cy").heard == {"ada"}


def test_adrift_members_open_a_circle_that_was_still_in_its_lobby() -> None:
    meeting = a_circle().drop("fay").wait(GRACES.adrift).gives("ada", by="bo")
    assert (meeting.state.phase, meeting.heard) == ("open", {"ada"})


def test_adrift_members_take_back_an_offer_and_never_the_stick_itself(meeting: Meeting) -> None:
    meeting.drop("fay", "bo").wait(GRACES.adrift)
    assert meeting.refuses("cy", "recall") == "not_yours"
    meeting.do("ada", "pass")
    assert meeting.refuses("olive", "recall") == "not_yours"
    assert meeting.do("ada", "recall").stick == ("resting", None)


def test_adrift_members_have_no_other_power(meeting: Meeting) -> None:
    assert refused(meeting.drop("fay", "bo").wait(GRACES.adrift), "cy") == {"not_yours"}


def test_closing_frees_every_seat_and_has_the_circle_forgotten(meeting: Meeting) -> None:
    meeting.knock("di").do("fay", "close")
    assert (meeting.state.phase, meeting.state.seats, meeting.state.knocks) == ("closed", (), ())
    assert {one.seat for one in meeting.told(Evict)} == {"fay", "ada", "bo", "cy", "olive", "di"}
    assert {one.reason for one in meeting.told(Evict)} == {"closed"}
    assert meeting.effects[-1] == Forget()
    assert meeting.told(WakeAt) == []
    assert Gate(seat="ada", kind="audio", audience="nobody") in meeting.effects


def test_who_stands_in_may_close(meeting: Meeting) -> None:
    assert meeting.drop("fay").wait(GRACES.stand_in).do("bo", "close").state.phase == "closed"
