"""Apart for a while: who may come together, who hears whom, and that seat and place are kept."""

import pytest

from rooms.effects import Audience, Gate
from rooms.floor import gates
from rooms.shown import CircleView
from rooms.whispers import Reaction, Share, Writing, audience
from tests.builders import Meeting, a_circle, sealed


@pytest.fixture
def meeting() -> Meeting:
    """Ada holds the stick; Bo, Cy, Di and Ed follow, and Olive listens."""
    return a_circle(members=5, observers=1).gives("ada")


@pytest.fixture
def apart(meeting: Meeting) -> Meeting:
    """Bo and Cy are apart."""
    return meeting.do("bo", "invite_aside", seats=("cy",)).do("cy", "accept_aside")


def view(meeting: Meeting, by: str) -> CircleView:
    shown = meeting.view(by)
    assert isinstance(shown, CircleView)
    return shown


def sound(meeting: Meeting, of: str) -> Audience:
    return gates(meeting.state)[of, "audio"]


def picture(meeting: Meeting, of: str) -> Audience:
    return gates(meeting.state)[of, "video"]


def asides(meeting: Meeting, by: str = "fay") -> list[tuple[str, ...]]:
    return [aside.seats for aside in view(meeting, by).asides]


def invited(meeting: Meeting, by: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who asks, and who is asked, as this one sees it."""
    one = view(meeting, by).invitation
    return one and (one.seats, one.asked)


def test_nobody_is_apart_before_they_accept(meeting: Meeting) -> None:
    before = gates(meeting.state)
    meeting.do("bo", "invite_aside", seats=("cy",))
    assert (asides(meeting), gates(meeting.state)) == ([], before)
    meeting.do("cy", "accept_aside")
    assert asides(meeting) == [("bo", "cy")]


def test_an_invitation_is_seen_by_those_whom_it_is_about_and_nobody_else(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy", "di"))
    assert {by: invited(meeting, by) for by in meeting.ids if invited(meeting, by)} == dict.fromkeys(
        ("bo", "cy", "di"), (("bo",), ("cy", "di"))
    )


def test_sound_and_pictures_go_to_one_another_only(apart: Meeting) -> None:
    assert (sound(apart, "bo"), picture(apart, "bo")) == (frozenset({"cy"}), frozenset({"cy"}))
    assert (sound(apart, "cy"), picture(apart, "cy")) == (frozenset({"bo"}), frozenset({"bo"}))


def test_the_circle_goes_on_and_does_not_reach_them(apart: Meeting) -> None:
    others = frozenset({"fay", "di", "ed", "olive"})
    assert apart.heard == {"ada"}
    assert (sound(apart, "ada"), picture(apart, "ada")) == (others, others)
    assert picture(apart, "di") == frozenset({"fay", "ada", "ed", "olive"})
    assert sound(apart, "di") == "nobody"


def test_on_the_open_floor_those_apart_are_not_heard_by_the_circle(apart: Meeting) -> None:
    apart.do("fay", "set_floor", floor="open")
    assert apart.heard == {"fay", "ada", "di", "ed"}
    assert sound(apart, "bo") == frozenset({"cy"})


def test_everybody_sees_who_is_apart(apart: Meeting) -> None:
    assert {by: asides(apart, by) for by in apart.ids} == {by: [("bo", "cy")] for by in apart.ids}


def test_where_nobody_is_apart_any_more_all_hear_all_again(apart: Meeting) -> None:
    apart.do("cy", "leave_aside")
    assert asides(apart) == []
    assert (sound(apart, "ada"), picture(apart, "bo"), picture(apart, "cy")) == ("all", "all", "all")
    assert (sound(apart, "bo"), sound(apart, "cy")) == ("nobody", "nobody")


def test_what_narrows_comes_before_what_opens(apart: Meeting) -> None:
    apart.do("fay", "set_floor", floor="open").do("cy", "leave_aside")
    told = [(gate.seat, gate.audience) for gate in apart.told(Gate) if gate.kind == "audio"]
    assert told[0] == ("bo", "nobody")
    assert {audience for _, audience in told[1:]} == {"all"}


def test_who_goes_from_one_company_to_another_is_first_with_nobody_new(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy", "di")).do("cy", "accept_aside").do("di", "accept_aside")
    meeting.do("di", "leave_aside")
    told = [(gate.seat, gate.audience) for gate in meeting.told(Gate) if gate.kind == "video"]
    others = frozenset({"fay", "ada", "ed", "olive"})
    assert told[:3] == [("bo", frozenset({"cy"})), ("cy", frozenset({"bo"})), ("di", "nobody")]
    assert dict(told[3:])["di"] == others


def test_a_facilitator_goes_apart_with_a_member_and_still_leads(meeting: Meeting) -> None:
    meeting.do("fay", "invite_aside", seats=("bo",)).do("bo", "accept_aside")
    assert asides(meeting) == [("fay", "bo")]
    assert meeting.do("fay", "skip").stick == ("offered", "cy")


def test_three_come_together_one_by_one(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy", "di")).do("di", "accept_aside")
    assert (asides(meeting), invited(meeting, "cy")) == ([("bo", "di")], (("bo", "di"), ("cy",)))
    meeting.do("cy", "accept_aside")
    assert asides(meeting) == [("bo", "di", "cy")]
    assert sound(meeting, "cy") == frozenset({"bo", "di"})
    assert asides(meeting.do("bo", "leave_aside")) == [("di", "cy")]


def test_an_invitation_that_is_declined_by_all_is_over(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy", "di")).do("cy", "decline_aside")
    assert invited(meeting, "bo") == (("bo",), ("di",))
    meeting.do("di", "decline_aside")
    assert (invited(meeting, "bo"), meeting.state.asides) == (None, ())


def test_an_invitation_may_be_taken_back(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).do("bo", "leave_aside")
    assert meeting.refuses("cy", "accept_aside") == "not_yours"


def test_an_invitation_waits_a_minute(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).wait(59.5)
    assert invited(meeting, "cy") is not None
    assert meeting.wait(0.5).state.asides == ()


def test_who_has_not_answered_in_time_is_asked_no_longer_and_the_others_go_on(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy", "di")).do("cy", "accept_aside").wait(60)
    assert (asides(meeting), invited(meeting, "di")) == ([("bo", "cy")], None)


def test_nobody_is_asked_twice_at_a_time_nor_out_of_an_aside(apart: Meeting) -> None:
    assert apart.refuses("di", "invite_aside", seats=("bo",)) == "not_now"
    assert apart.do("fay", "invite_aside", seats=("ed",)).refuses("di", "invite_aside", seats=("ed",)) == "not_now"


@pytest.mark.parametrize("seats", [("bo",), ("cy", "cy"), ("nobody",), ("olive",), ("cy", "olive")])
def test_one_asks_others_who_are_there_and_do_not_only_listen(meeting: Meeting, seats: tuple[str, ...]) -> None:
    assert meeting.refuses("bo", "invite_aside", seats=seats) == "no_such_seat"


def test_nobody_is_asked_who_is_away(meeting: Meeting) -> None:
    assert meeting.drop("cy").refuses("bo", "invite_aside", seats=("cy",)) == "no_such_seat"


def test_the_holder_neither_asks_nor_is_asked(meeting: Meeting) -> None:
    assert meeting.refuses("ada", "invite_aside", seats=("bo",)) == "not_now"
    assert meeting.refuses("bo", "invite_aside", seats=("ada",)) == "not_now"


def test_an_aside_does_not_begin_while_the_stick_has_come_to_one_of_them(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).do("ada", "pass", to="bo")
    assert meeting.refuses("cy", "accept_aside") == "not_now"
    meeting.do("bo", "accept")
    assert meeting.refuses("cy", "accept_aside") == "not_now"
    assert asides(meeting.do("bo", "pass", to="ed").do("cy", "accept_aside")) == [("bo", "cy")]


def test_a_plain_pass_goes_by_and_their_place_in_the_round_is_kept(apart: Meeting) -> None:
    apart.do("ada", "pass")
    assert apart.stick == ("offered", "di")
    apart.do("di", "accept").goes_on_to("ed").do("bo", "leave_aside")
    assert apart.do("ed", "pass").stick == ("offered", "fay")
    assert apart.do("fay", "accept").do("fay", "pass").stick == ("offered", "bo")


def test_offers_do_not_reach_them(apart: Meeting) -> None:
    assert apart.refuses("ada", "pass", to="bo") == "cannot_hold"
    assert apart.do("ada", "lay_down").refuses("fay", "offer", to="bo") == "cannot_hold"


def test_a_hand_raised_apart_waits_until_they_are_back(apart: Meeting) -> None:
    apart.do("fay", "set_floor", floor="hands").do("bo", "raise_hand", up=True)
    assert apart.next is None
    assert apart.do("bo", "leave_aside").next == "bo"


def test_a_blink_keeps_the_place_in_an_aside_and_a_longer_absence_does_not(apart: Meeting) -> None:
    apart.drop("cy").wait(24.5)
    assert sound(apart.arrive("cy"), "cy") == frozenset({"bo"})
    apart.drop("cy").wait(25)
    assert (asides(apart), apart.ids.count("cy")) == ([], 1)


def test_nobody_is_apart_alone(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).do("cy", "accept_aside").do("cy", "leave")
    assert (asides(meeting), picture(meeting, "bo")) == ([], "all")


def test_whoever_is_called_back_is_not_heard_before_a_press_of_their_own(apart: Meeting) -> None:
    """They may be in the middle of a word that was not for the circle."""
    apart.do("fay", "set_floor", floor="open").do("bo", "leave_aside")
    assert apart.heard == {"fay", "ada", "bo", "di", "ed"}
    assert [seat.id for seat in view(apart, "cy").seats if seat.hushed] == ["cy"]
    assert "cy" in apart.do("cy", "set_devices", microphone=True, camera=True).heard


def test_whoever_was_called_back_and_takes_the_stick_is_heard(apart: Meeting) -> None:
    apart.do("fay", "come_back", seat="bo")
    assert {seat.id for seat in apart.state.seats if seat.hushed} == {"bo", "cy"}
    assert apart.do("ada", "pass").do("bo", "accept").heard == {"bo"}


def test_whoever_comes_in_during_an_aside_hears_the_circle_and_not_the_aside(apart: Meeting) -> None:
    apart.knock("ned").do("fay", "admit", seat="ned")
    assert "ned" in sound(apart, "ada")
    assert sound(apart, "bo") == frozenset({"cy"})


def test_who_leads_calls_back_those_who_are_apart_and_members_do_not(apart: Meeting) -> None:
    assert apart.refuses("di", "come_back", seat="bo") == "not_yours"
    assert asides(apart.do("fay", "come_back")) == [("bo", "cy")], "the bell for pairs ends no aside that was asked for"
    assert asides(apart.do("fay", "come_back", seat="cy")) == []


GROUPS = (("fay", "bo"), ("ada", "cy"), ("di", "ed"))


@pytest.fixture
def paired(meeting: Meeting) -> Meeting:
    """Everybody is in a pair for five minutes."""
    return meeting.do("ada", "lay_down").do("fay", "pair_up", groups=GROUPS, minutes=5)


def test_pairs_hear_one_another_and_nobody_else_for_some_minutes(paired: Meeting) -> None:
    assert (asides(paired, "olive"), paired.heard) == (list(GROUPS), set())
    assert [sound(paired, one) for one in ("fay", "bo")] == [frozenset({"bo"}), frozenset({"fay"})]
    assert {aside.until for aside in view(paired, "ada").asides} == {paired.now + 300}
    assert asides(paired.wait(299.5)) == list(GROUPS)
    assert (asides(paired.wait(0.5)), picture(paired, "ada")) == ([], "all")


def test_pairs_come_back_when_they_are_called(paired: Meeting) -> None:
    assert paired.refuses("ada", "come_back") == "not_yours"
    assert asides(paired.do("fay", "come_back")) == []
    assert paired.do("fay", "set_floor", floor="open").heard == set(), "each switches the microphone on again"


def test_the_stick_rests_while_all_are_in_pairs(paired: Meeting) -> None:
    assert paired.refuses("fay", "offer", to="ada") == "cannot_hold"
    assert paired.do("fay", "come_back").gives("ada").heard == {"ada"}


def test_from_a_pair_one_may_go_back_and_nobody_stays_alone(paired: Meeting) -> None:
    paired.do("ada", "leave_aside")
    assert asides(paired) == [("fay", "bo"), ("di", "ed")]
    assert picture(paired, "cy") == frozenset({"ada", "olive"})


@pytest.mark.parametrize(
    "groups",
    [
        (("ada", "bo"), ("cy", "di")),
        (("ada", "bo"), ("cy", "di", "ada")),
        (("ada", "bo", "cy"), ("di", "ed", "olive")),
        (("ada", "bo", "cy"), ("di", "ed", "nobody")),
    ],
)
def test_every_member_who_is_here_is_in_one_group(meeting: Meeting, groups: tuple[tuple[str, ...], ...]) -> None:
    assert meeting.do("ada", "lay_down").refuses("fay", "pair_up", groups=groups, minutes=5) == "stale"


def test_whoever_leads_may_stay_with_the_circle(meeting: Meeting) -> None:
    groups = (("ada", "bo", "cy"), ("di", "ed"))
    assert asides(meeting.do("ada", "lay_down").do("fay", "pair_up", groups=groups, minutes=5)) == list(groups)


def test_who_is_away_or_out_is_left_out(meeting: Meeting) -> None:
    meeting.do("ada", "lay_down").do("di", "step_out", wish="fine").drop("ed")
    assert meeting.refuses("fay", "pair_up", groups=GROUPS, minutes=5) == "stale"
    groups = (("ada", "bo", "cy"),)
    assert asides(meeting.do("fay", "pair_up", groups=groups, minutes=5)) == list(groups)


def test_an_aside_that_was_asked_for_goes_on_beside_the_pairs_and_invitations_fall(apart: Meeting) -> None:
    apart.do("ada", "lay_down").do("di", "invite_aside", seats=("ed",))
    apart.do("fay", "pair_up", groups=(("ada", "di", "ed"),), minutes=5)
    assert (asides(apart), invited(apart, "ed")) == ([("bo", "cy"), ("ada", "di", "ed")], None)
    assert asides(apart.do("fay", "come_back")) == [("bo", "cy")]


def test_nobody_is_apart_in_a_closed_circle(apart: Meeting) -> None:
    assert apart.do("fay", "close").state.asides == ()


def test_what_is_written_in_the_circle_does_not_reach_those_apart(apart: Meeting) -> None:
    share = Share(turn=apart.state.turn, text=sealed("words"))
    assert audience(apart.state, share, "ada", apart.now) == {"fay", "ada", "di", "ed", "olive"}


def test_what_is_written_apart_stays_there(apart: Meeting) -> None:
    apart.do("fay", "set_floor", floor="open")
    assert audience(apart.state, Writing(text=sealed("words")), "bo", apart.now) == {"bo", "cy"}
    assert audience(apart.state, Reaction(reaction="heart"), "cy", apart.now) == {"bo", "cy"}


def test_an_invitation_that_waits_binds_nobody_who_leads(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("fay", "cy"))
    assert meeting.refuses("di", "invite_aside", seats=("cy",)) == "not_now"
    meeting.do("fay", "invite_aside", seats=("cy", "di"))
    assert invited(meeting, "cy") == invited(meeting, "fay") == (("fay",), ("cy", "di"))
    assert invited(meeting, "bo") is None
    meeting.do("fay", "invite_aside", seats=("ed",))
    assert (invited(meeting, "fay"), invited(meeting, "cy")) == ((("fay",), ("ed",)), None)
    assert asides(meeting.do("ed", "accept_aside")) == [("fay", "ed")]


def test_an_invitation_into_an_aside_that_goes_on_binds_nobody_who_leads_and_the_aside_goes_on(apart: Meeting) -> None:
    apart.do("bo", "leave_aside").do("bo", "invite_aside", seats=("cy", "di")).do("cy", "accept_aside")
    assert apart.refuses("fay", "invite_aside", seats=("cy",)) == "not_now"
    apart.do("fay", "invite_aside", seats=("di",))
    assert (asides(apart), invited(apart, "di")) == ([("bo", "cy")], (("fay",), ("di",)))


def test_whoever_has_declined_is_left_in_peace_by_that_person_for_a_minute(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("fay",)).do("fay", "decline_aside")
    assert meeting.refuses("bo", "invite_aside", seats=("fay",)) == "not_now"
    assert meeting.refuses("bo", "invite_aside", seats=("cy", "fay")) == "not_now"
    assert meeting.refuses("bo", "invite_aside", seats=("cy",)) is None
    assert meeting.refuses("cy", "invite_aside", seats=("fay",)) is None
    assert meeting.refuses("fay", "invite_aside", seats=("bo",)) is None
    meeting.wait(59.9)
    assert meeting.refuses("bo", "invite_aside", seats=("fay",)) == "not_now"
    assert meeting.wait(0.1).refuses("bo", "invite_aside", seats=("fay",)) is None


def test_what_was_declined_long_ago_is_not_kept(meeting: Meeting) -> None:
    meeting.do("bo", "invite_aside", seats=("cy",)).do("cy", "decline_aside").wait(60)
    meeting.do("di", "invite_aside", seats=("cy",)).do("cy", "decline_aside")
    assert [asker for asker, _, _ in meeting.state.declined] == ["di"]


@pytest.mark.parametrize("how", ["leave", "step_out", "leave_aside", "away"])
def test_an_invitation_falls_with_its_asker(meeting: Meeting, how: str) -> None:
    """Also where somebody has accepted it by then: what they said yes to was to come apart with the asker."""
    meeting.do("bo", "invite_aside", seats=("cy", "di")).do("cy", "accept_aside")
    if how == "away":
        meeting.drop("bo").wait(25)
    else:
        meeting.do("bo", how, **({"wish": "fine"} if how == "step_out" else {}))
    assert meeting.state.asides == ()
    assert (invited(meeting, "di"), meeting.refuses("di", "accept_aside")) == (None, "not_yours")
