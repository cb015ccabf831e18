"""The time plan is pure: never negative, sums to what is left, honours wishes within it, and listeners' minutes flow to others."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.nouns import Card
from rooms.plan import LEAST, Wish, share_out, time_plan
from tests.builders import Meeting, a_circle

WISHES = st.dictionaries(
    st.text(max_size=4), st.builds(Wish, st.floats(60, 3600), st.booleans()), min_size=1, max_size=16
)
BUDGETS = st.floats(-3600, 20_000)


@given(BUDGETS, WISHES)
def test_it_is_never_negative_and_sums_to_what_is_left(budget: float, wishes: dict[str, Wish]) -> None:
    shares = share_out(budget, wishes)
    assert set(shares) == set(wishes)
    assert all(share >= 0 for share in shares.values())
    assert sum(shares.values()) == pytest.approx(max(0.0, budget))


@given(BUDGETS, WISHES)
def test_wishes_that_fit_are_granted(budget: float, wishes: dict[str, Wish]) -> None:
    if sum(wish.seconds for wish in wishes.values()) <= budget:
        shares = share_out(budget, wishes)
        assert all(shares[seat] >= wish.seconds - 1e-6 for seat, wish in wishes.items())


@given(BUDGETS, WISHES)
def test_whoever_wishes_more_gets_no_less_than_whoever_wishes_less(budget: float, wishes: dict[str, Wish]) -> None:
    shares = share_out(budget, {seat: wish._replace(needs=False) for seat, wish in wishes.items()})
    ordered = sorted(wishes, key=lambda seat: wishes[seat].seconds)
    assert all(shares[less] <= shares[more] + 1e-6 for less, more in pairwise(ordered))


@given(BUDGETS, WISHES)
def test_nobody_gets_less_than_two_minutes_while_two_minutes_each_are_there(
    budget: float, wishes: dict[str, Wish]
) -> None:
    if budget >= LEAST * len(wishes):
        shares = share_out(budget, wishes)
        assert all(shares[seat] >= min(LEAST, wish.seconds) - 1e-6 for seat, wish in wishes.items())


@given(BUDGETS, WISHES)
def test_who_needs_time_gets_no_less_than_without_saying_so(budget: float, wishes: dict[str, Wish]) -> None:
    one = next(iter(wishes))
    needing = share_out(budget, wishes | {one: wishes[one]._replace(needs=True)})
    saying_nothing = share_out(budget, wishes | {one: wishes[one]._replace(needs=False)})
    assert needing[one] >= saying_nothing[one] - 1e-6


@given(BUDGETS, WISHES)
def test_minutes_of_a_listener_flow_to_the_others(budget: float, wishes: dict[str, Wish]) -> None:
    if len(wishes) > 1:
        one = next(iter(wishes))
        rest = {seat: wish for seat, wish in wishes.items() if seat != one}
        before, after = share_out(budget, wishes), share_out(budget, rest)
        assert all(after[seat] >= before[seat] - 1e-6 for seat in rest)


def test_the_example_of_a_plan_that_does_not_fit() -> None:
    minutes = {"a": 6, "b": 6, "c": 4, "d": 4, "e": 4, "f": 2, "g": 2, "h": 2}
    shares = share_out(28 * 60, {seat: Wish(60.0 * wish) for seat, wish in minutes.items()})
    assert [round(shares[seat]) for seat in "acf"] == [326, 223, 120]


def sharing(*cards: tuple[str, Card]) -> Meeting:
    """Fay, Ada, Bo and Cy with these cards, in the sharing round of an hour."""
    meeting = a_circle(members=3).do("fay", "set_agenda", agenda="sixty")
    for seat, card in cards:
        meeting.do(seat, "check_in", card=card)
    return meeting.do("fay", "go_to", step=6, seen=0)


def seconds(meeting: Meeting) -> dict[str, int]:
    return {seat: round(share) for seat, share in time_plan(meeting.state, meeting.now).items()}


def test_without_cards_the_sharing_step_is_shared_evenly_less_the_breaths() -> None:
    assert set(seconds(sharing()).values()) == {(32 * 60 - 4 * 30) // 4}


def test_who_just_listens_has_no_share_and_others_have_more() -> None:
    shares = seconds(sharing(("ada", Card(wish="listen"))))
    assert set(shares) == {"fay", "bo", "cy"}
    assert shares["bo"] > seconds(sharing())["bo"]


def test_it_is_made_anew_when_people_come_and_go_speak_and_run_over() -> None:
    meeting = sharing()
    four = seconds(meeting)["bo"]
    assert seconds(meeting.drop("cy"))["bo"] > four
    assert seconds(meeting.arrive("cy"))["bo"] == four
    meeting.offers("ada").wait(30).do("ada", "accept")
    assert set(seconds(meeting)) == {"fay", "bo", "cy"}
    in_time = seconds(meeting)["bo"]
    meeting.wait((meeting.state.stick.allotted or 0) + 180)
    assert seconds(meeting)["bo"] < in_time


def test_facilitators_give_and_take_minutes_and_the_others_make_room() -> None:
    meeting = sharing()
    even = seconds(meeting)["ada"]
    meeting.do("fay", "allot", seat="ada", minutes=5)
    assert seconds(meeting)["ada"] > even > seconds(meeting)["bo"]
    meeting.do("fay", "allot", seat="ada", minutes=-2)
    assert seconds(meeting)["ada"] < even


def test_before_the_sharing_it_is_a_proposal_for_it_and_after_it_there_is_none() -> None:
    meeting = a_circle(members=3).do("fay", "set_agenda", agenda="sixty")
    assert sum(seconds(meeting).values()) == 32 * 60 - 4 * 30
    assert seconds(meeting.do("fay", "go_to", step=7, seen=0)) == {}
    assert seconds(a_circle()) == {}


def test_where_no_answers_follow_a_tenth_is_held_back() -> None:
    meeting = a_circle(members=3).do("fay", "set_agenda", agenda="quick")
    assert sum(seconds(meeting).values()) == pytest.approx(16 * 60 * 0.9, abs=2)
