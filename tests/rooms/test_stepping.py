"""Stepping out: the seat is kept, the circle goes on, and nobody but who cares for it learns what was wished."""

import pytest

from rooms.floor import gates
from rooms.nouns import Seat
from rooms.shown import CircleView, SeatView
from tests.builders import Meeting, a_circle


@pytest.fixture
def meeting() -> Meeting:
    """Ada holds the stick; Bo, Cy and Di follow, and Olive listens."""
    return a_circle(members=4, observers=1).gives("ada")


def seen(meeting: Meeting, of: str, by: str) -> SeatView:
    view = meeting.view(by)
    assert isinstance(view, CircleView)
    return next(seat for seat in view.seats if seat.id == of)


def test_all_see_who_has_stepped_out_and_only_who_leads_or_guards_sees_the_wish(meeting: Meeting) -> None:
    meeting.do("fay", "set_duty", seat="di", duty="guardian", on=True).do("bo", "step_out", wish="someone")
    assert {seen(meeting, "bo", by).out for by in meeting.ids} == {True}
    assert {by: seen(meeting, "bo", by).wish for by in meeting.ids} == {
        "fay": "someone", "ada": None, "bo": None, "cy": None, "di": "someone", "olive": None,
    }  # fmt: skip
    meeting.do("bo", "step_in")
    assert (seen(meeting, "bo", "fay").out, seen(meeting, "bo", "fay").wish) == (False, None)


def test_the_wish_may_change_and_anyone_seated_may_step_out(meeting: Meeting) -> None:
    meeting.do("bo", "step_out", wish="fine").do("bo", "step_out", wish="someone").do("olive", "step_out", wish="fine")
    assert [seen(meeting, one, "fay").wish for one in ("bo", "olive")] == ["someone", "fine"]


def test_who_is_out_is_neither_heard_nor_shown_and_may_still_hear(meeting: Meeting) -> None:
    meeting.do("fay", "set_floor", floor="open").do("bo", "step_out", wish="fine")
    table = gates(meeting.state)
    assert meeting.heard == {"fay", "ada", "cy", "di"}
    assert (table["bo", "audio"], table["bo", "video"]) == ("nobody", "nobody")
    assert (table["ada", "audio"], table["ada", "video"]) == ("all", "all")
    meeting.do("bo", "step_in")
    assert "bo" in meeting.heard
    assert gates(meeting.state)["bo", "video"] == "all"


def test_a_plain_pass_goes_by_and_reaches_them_when_they_are_back(meeting: Meeting) -> None:
    meeting.do("bo", "step_out", wish="fine").do("ada", "pass")
    assert meeting.stick == ("offered", "cy")
    assert meeting.do("cy", "accept").do("bo", "step_in").goes_on_to("di", "fay").next == "bo"


def test_the_stick_is_neither_offered_nor_passed_to_who_is_out(meeting: Meeting) -> None:
    meeting.do("bo", "step_out", wish="fine")
    assert meeting.refuses("ada", "pass", to="bo") == "cannot_hold"
    assert meeting.do("ada", "lay_down").refuses("fay", "offer", to="bo") == "cannot_hold"


def test_from_a_holder_who_steps_out_the_stick_moves_on_at_once_and_they_speak_later(meeting: Meeting) -> None:
    meeting.do("ada", "step_out", wish="fine")
    assert (meeting.stick, meeting.heard) == (("offered", "bo"), set())
    assert meeting.state.round.later == ("ada",)
    meeting.do("ada", "step_in").do("bo", "accept").goes_on_to("cy", "di", "fay")
    assert meeting.next == "ada"


def test_an_offer_to_who_steps_out_moves_on_too(meeting: Meeting) -> None:
    meeting.do("ada", "pass").do("bo", "step_out", wish="fine")
    assert (meeting.stick, meeting.state.round.later) == (("offered", "cy"), ("bo",))


def test_a_round_does_not_wait_for_who_is_out(meeting: Meeting) -> None:
    meeting.do("bo", "step_out", wish="fine").goes_on_to("cy", "di", "fay").do("fay", "lay_down").offers("cy")
    assert meeting.state.round.heard == ()


def test_the_seat_is_kept_for_long_if_the_connection_drops_meanwhile(meeting: Meeting) -> None:
    meeting.do("bo", "step_out", wish="fine").drop("bo").wait(899)
    assert "bo" in meeting.ids
    assert "bo" not in meeting.wait(1).ids


def test_who_steps_out_and_stays_connected_is_kept_for_as_long_as_it_takes(meeting: Meeting) -> None:
    assert "bo" in meeting.do("bo", "step_out", wish="fine").wait(5000).ids


def test_who_returns_by_a_new_connection_is_still_out_until_they_step_in(meeting: Meeting) -> None:
    meeting.do("bo", "step_out", wish="fine").drop("bo").wait(300).arrive("bo")
    assert seen(meeting, "bo", "ada").out
    assert meeting.do("bo", "step_in").refuses("ada", "pass", to="bo") is None


def test_a_facilitator_who_is_out_does_not_lead_and_leads_again_when_back(meeting: Meeting) -> None:
    meeting.do("fay", "name_successor", seat="cy").do("fay", "step_out", wish="fine")
    assert meeting.refuses("fay", "recall") == "not_yours"
    assert meeting.wait(10).state.acting == "cy"
    meeting.do("fay", "step_in")
    assert meeting.state.acting is None
    assert meeting.refuses("fay", "recall") is None


def test_a_successor_or_duty_holder_who_is_out_has_no_power_meanwhile(meeting: Meeting) -> None:
    meeting.do("fay", "name_successor", seat="cy").do("fay", "set_duty", seat="cy", duty="guardian", on=True)
    meeting.do("cy", "step_out", wish="fine").drop("fay").wait(30)
    assert (meeting.state.acting, meeting.state.adrift) == (None, True)
    assert meeting.refuses("cy", "pause", on=True) == "not_yours"


def test_who_is_out_and_wishes_somebody_may_be_asked_into_an_aside_and_is_here_again_with_it(meeting: Meeting) -> None:
    meeting.do("bo", "step_out", wish="someone").do("fay", "invite_aside", seats=("bo",))
    assert gates(meeting.state)["bo", "video"] == "nobody"
    meeting.do("bo", "accept_aside")
    assert gates(meeting.state)["bo", "video"] == frozenset({"fay"})
    assert not seen(meeting, "bo", "ada").out


def test_who_is_out_asks_nobody_apart(meeting: Meeting) -> None:
    assert meeting.do("bo", "step_out", wish="fine").refuses("bo", "invite_aside", seats=("cy",)) == "not_now"


def test_stepping_out_of_an_aside_leaves_it(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).do("cy", "accept_aside").do("cy", "step_out", wish="fine")
    assert meeting.state.asides == ()
    assert gates(meeting.state)["cy", "video"] == "nobody"


def test_the_time_plan_counts_on_them_again_when_they_are_back(meeting: Meeting) -> None:
    meeting.do("ada", "lay_down").do("fay", "set_agenda", agenda="sixty").do("fay", "go_to", step=6, seen=0)
    assert "bo" not in planned(meeting.do("bo", "step_out", wish="fine"))
    assert "bo" in planned(meeting.do("bo", "step_in"))


def planned(meeting: Meeting) -> list[str]:
    view = meeting.view("fay")
    assert isinstance(view, CircleView)
    return [share.seat for share in view.plan]


def test_a_seat_is_here_when_it_is_present_and_not_out() -> None:
    seat = Seat(id="ada", role="member", name="n")
    assert [one.here for one in (seat, seat.evolve(out="fine"), seat.evolve(away_since=1.0))] == [True, False, False]
