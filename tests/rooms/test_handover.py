"""Facilitation changes hands by offer and accept; where nobody leads, the circle chooses who stands in."""

import pytest

from rooms.nouns import Timings
from rooms.shown import CircleView
from tests.builders import Meeting, a_circle, sealed

GRACES = Timings()


@pytest.fixture
def adrift() -> Meeting:
    """Ada, Bo, Cy and Di without a facilitator for long enough; Olive listens."""
    return a_circle(members=4, observers=1).gives("ada").drop("fay").wait(GRACES.adrift)


def roles(meeting: Meeting) -> dict[str, str]:
    return {seat.id: seat.role for seat in meeting.state.seats}


def test_nobody_is_made_a_facilitator_who_has_not_accepted() -> None:
    meeting = a_circle().do("fay", "offer_lead", seat="ada")
    assert roles(meeting)["ada"] == "member"
    assert meeting.refuses("ada", "close") == "not_yours"
    meeting.do("ada", "accept_lead")
    assert roles(meeting)["ada"] == "facilitator"
    assert meeting.refuses("ada", "close") is None
    assert meeting.state.lead_to is None


def test_who_declines_stays_a_member() -> None:
    meeting = a_circle().do("fay", "offer_lead", seat="ada").do("ada", "decline_lead")
    assert roles(meeting)["ada"] == "member"
    assert meeting.refuses("ada", "accept_lead") == "not_yours"


@pytest.mark.parametrize("instead", [None, "bo"])
def test_an_offer_is_taken_back_by_another_or_by_none(instead: str | None) -> None:
    meeting = a_circle().do("fay", "offer_lead", seat="ada").do("fay", "offer_lead", seat=instead)
    assert meeting.refuses("ada", "accept_lead") == "not_yours"


def test_an_offer_ends_when_its_receiver_leaves_or_only_listens() -> None:
    meeting = a_circle().do("fay", "offer_lead", seat="ada").do("ada", "step_back")
    assert meeting.state.lead_to is None
    assert meeting.do("fay", "offer_lead", seat="bo").do("bo", "leave").state.lead_to is None


def test_who_stands_in_makes_nobody_a_facilitator() -> None:
    meeting = a_circle().do("fay", "name_successor", seat="bo").drop("fay").wait(GRACES.stand_in)
    assert meeting.state.leads("bo")
    assert meeting.refuses("bo", "offer_lead", seat="ada") == "not_yours"


def test_power_is_handed_over_whole_and_the_circle_is_led_at_every_moment() -> None:
    meeting = a_circle()
    assert meeting.refuses("fay", "step_back_lead") == "not_now"
    meeting.do("fay", "offer_lead", seat="ada").do("ada", "accept_lead").do("fay", "step_back_lead")
    assert (roles(meeting)["fay"], meeting.state.leads("ada"), meeting.state.leads("fay")) == ("member", True, False)
    assert meeting.refuses("ada", "step_back_lead") == "not_now"


def test_an_offer_made_before_all_facilitators_were_gone_still_stands() -> None:
    meeting = a_circle().do("fay", "offer_lead", seat="ada").drop("fay").wait(GRACES.adrift).do("ada", "accept_lead")
    assert (meeting.state.adrift, meeting.state.leads("ada")) == (False, True)


def test_a_volunteer_stands_in_when_more_than_half_of_the_others_confirm(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer").do("ada", "confirm", seat="bo", yes=True)
    assert not adrift.state.leads("bo")
    adrift.do("cy", "confirm", seat="bo", yes=True)
    assert adrift.state.leads("bo")
    assert (adrift.state.adrift, adrift.state.volunteer) == (False, None)
    assert adrift.refuses("bo", "remove", seat="olive") is None


def test_saying_yes_twice_is_one_yes_and_a_yes_may_become_a_no(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer")
    for yes in (True, True, False):
        adrift.do("ada", "confirm", seat="bo", yes=yes)
    adrift.do("cy", "confirm", seat="bo", yes=True)
    assert not adrift.state.leads("bo")


def test_a_volunteer_whom_half_of_the_others_do_not_want_is_one_no_longer(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer").do("ada", "confirm", seat="bo", yes=False)
    assert adrift.state.volunteer is not None
    adrift.do("cy", "confirm", seat="bo", yes=False)
    assert (adrift.state.volunteer, adrift.state.adrift) == (None, True)
    assert adrift.refuses("cy", "volunteer") is None


def test_silence_is_no_yes(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer").wait(GRACES.confirm - 0.1)
    assert adrift.state.volunteer is not None
    adrift.wait(0.1)
    assert (adrift.state.volunteer, adrift.state.adrift) == (None, True)


def test_who_has_stepped_out_or_is_away_is_counted_and_who_has_left_is_not(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer").do("ada", "confirm", seat="bo", yes=True)
    adrift.drop("cy").do("di", "step_out", wish="fine")
    assert not adrift.state.leads("bo"), "one of three is not more than half"
    adrift.do("di", "leave")
    assert not adrift.state.leads("bo"), "one of two is not more than half"
    adrift.arrive("cy").do("cy", "leave")
    assert adrift.state.leads("bo")


def test_nobody_takes_over_behind_the_back_of_who_is_out_for_a_moment() -> None:
    meeting = a_circle(members=2).do("ada", "step_out", wish="someone").drop("fay").wait(GRACES.adrift)
    assert not meeting.do("bo", "volunteer").state.leads("bo")


def test_who_volunteered_in_vain_does_not_stand_in_the_others_way_again(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer").wait(GRACES.confirm)
    assert adrift.refuses("bo", "volunteer") == "not_now"
    assert adrift.refuses("cy", "volunteer") is None
    adrift.do("cy", "volunteer").arrive("fay").drop("fay").wait(GRACES.adrift)
    assert adrift.refuses("bo", "volunteer") is None, "somebody has led since"


def test_who_only_listens_neither_volunteers_nor_decides(adrift: Meeting) -> None:
    assert adrift.refuses("olive", "volunteer") == "not_yours"
    adrift.do("bo", "volunteer")
    assert adrift.refuses("olive", "confirm", seat="bo", yes=True) == "not_yours"


def test_who_is_alone_needs_nobody() -> None:
    meeting = a_circle(members=1).drop("fay")
    assert meeting.refuses("ada", "volunteer") == "not_now"
    assert meeting.wait(GRACES.adrift).do("ada", "volunteer").state.leads("ada")


def test_a_facilitator_who_comes_back_has_the_circle_back_for_good(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer").do("ada", "confirm", seat="bo", yes=True).do("cy", "confirm", seat="bo", yes=True)
    adrift.arrive("fay")
    assert (adrift.state.leads("fay"), adrift.state.leads("bo")) == (True, False)
    adrift.drop("fay").wait(GRACES.adrift)
    assert (adrift.state.leads("bo"), adrift.state.adrift) == (False, True)


def test_who_was_confirmed_has_it_back_after_a_drop(adrift: Meeting) -> None:
    adrift.do("bo", "volunteer").do("ada", "confirm", seat="bo", yes=True).do("cy", "confirm", seat="bo", yes=True)
    assert adrift.drop("bo").state.adrift
    assert adrift.arrive("bo").state.leads("bo")


def test_a_volunteer_who_drops_is_one_no_longer(adrift: Meeting) -> None:
    assert adrift.do("bo", "volunteer").drop("bo").state.volunteer is None


def test_the_named_successor_comes_before_a_volunteer() -> None:
    meeting = a_circle(members=4).do("fay", "name_successor", seat="ada").drop("fay", "ada").wait(GRACES.adrift)
    meeting.do("bo", "volunteer").do("cy", "confirm", seat="bo", yes=True).do("di", "confirm", seat="bo", yes=True)
    assert meeting.state.leads("bo")
    meeting.arrive("ada")
    assert (meeting.state.leads("ada"), meeting.state.leads("bo")) == (True, False)


def test_where_facilitation_rotates_who_is_next_is_named_and_told() -> None:
    meeting = a_circle(rotates=True).do("fay", "name_next", seat="ada", handed=None)
    view = meeting.view("ada")
    assert isinstance(view, CircleView)
    assert view.next_facilitator == "ada"
    assert meeting.do("ada", "leave").state.next_facilitator is None
    assert meeting.do("fay", "name_next", seat="bo", handed=None).terms(rotates=False).state.next_facilitator is None


def handed(meeting: Meeting) -> dict[str, str | None]:
    views = {id_: meeting.view(id_) for id_ in meeting.ids}
    return {id_: view.handed for id_, view in views.items() if isinstance(view, CircleView)}


def test_the_link_that_is_handed_on_is_in_the_view_of_who_is_next_and_in_no_other() -> None:
    meeting = a_circle(members=2, observers=1, facilitators=2, rotates=True)
    meeting.do("fay", "name_next", seat="ada", handed=sealed("seed"))
    assert handed(meeting) == {**dict.fromkeys(meeting.ids), "ada": sealed("seed")}
    assert sealed("seed") not in str([meeting.view(id_) for id_ in ("fay", "finn", "bo", "olive", None)])
    meeting.do("fay", "name_next", seat="bo", handed=sealed("another"))
    assert handed(meeting) == {**dict.fromkeys(meeting.ids), "bo": sealed("another")}


@pytest.mark.parametrize(
    "way", ["unnamed", "named by who has no link", "declined", "left", "only listens", "rotates no more"]
)
def test_with_who_is_next_the_handed_link_goes(way: str) -> None:
    meeting = a_circle(members=2, rotates=True).do("fay", "name_next", seat="ada", handed=sealed("seed"))
    ways = {
        "unnamed": lambda: meeting.do("fay", "name_next", seat=None, handed=None),
        "named by who has no link": lambda: meeting.do("fay", "name_next", seat="bo", handed=None),
        "declined": lambda: meeting.do("ada", "decline_next"),
        "left": lambda: meeting.do("ada", "leave"),
        "only listens": lambda: meeting.do("ada", "step_back"),
        "rotates no more": lambda: meeting.terms(rotates=False),
    }
    assert sealed("seed") not in str(ways[way]().state)


def test_who_would_rather_not_facilitate_the_next_time_says_so_and_another_one_is_named() -> None:
    meeting = a_circle(rotates=True).do("fay", "name_next", seat="ada", handed=None).do("ada", "decline_next")
    view = meeting.view("fay")
    assert isinstance(view, CircleView)
    assert view.next_facilitator is None
    assert meeting.refuses("fay", "name_next", seat="bo", handed=None) is None


def test_who_stands_in_keeps_the_link_that_a_facilitator_has_handed_on() -> None:
    meeting = a_circle(rotates=True).do("fay", "name_successor", seat="bo")
    meeting.do("fay", "name_next", seat="ada", handed=sealed("link")).drop("fay").wait(GRACES.stand_in)
    meeting.do("bo", "name_next", seat="ada", handed=sealed("junk"))
    assert meeting.state.handed == sealed("link")
    assert meeting.do("bo", "name_next", seat="cy", handed=sealed("junk")).state.handed is None
