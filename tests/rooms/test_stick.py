"""The talking stick: offered, held after it is accepted, passed on."""

import pytest

from tests.builders import Meeting, a_circle


@pytest.fixture
def meeting() -> Meeting:
    """Fay, who facilitates, and Ada, Bo and Cy; Ada holds the stick."""
    return a_circle(members=3).gives("ada")


def test_the_first_offer_opens_the_circle() -> None:
    meeting = a_circle()
    assert meeting.state.phase == "lobby"
    assert meeting.offers("ada").state.phase == "open"


def test_nobody_is_heard_while_the_stick_is_offered(meeting: Meeting) -> None:
    assert meeting.heard == {"ada"}
    meeting.do("ada", "pass")
    assert meeting.stick == ("offered", "bo")
    assert meeting.heard == set()


def test_the_stick_is_held_only_after_its_receiver_accepts(meeting: Meeting) -> None:
    meeting.do("ada", "pass").do("bo", "accept")
    assert meeting.stick == ("held", "bo")
    assert meeting.heard == {"bo"}


def test_an_offer_is_accepted_only_after_the_breath() -> None:
    meeting = a_circle(breath=3).offers("ada")
    meeting.now += 2.999
    assert meeting.refuses("ada", "accept") == "not_now"
    meeting.now += 0.001
    assert meeting.do("ada", "accept").heard == {"ada"}


def test_the_breath_does_not_delay_a_no() -> None:
    meeting = a_circle(breath=3).offers("ada")
    assert meeting.refuses("ada", "decline") is None
    assert meeting.refuses("ada", "later") is None


def test_each_move_makes_a_new_turn(meeting: Meeting) -> None:
    turns = [meeting.state.turn]
    for by, command in (("ada", "pass"), ("bo", "accept"), ("bo", "lay_down")):
        turns.append(meeting.do(by, command).state.turn)
    assert turns == list(range(turns[0], turns[0] + 4))


def test_a_double_click_passes_once(meeting: Meeting) -> None:
    seen = meeting.state.turn
    meeting.do("ada", "pass", to="fay", turn=seen).do("fay", "accept")
    meeting.do("fay", "pass", to="ada").do("ada", "accept")
    assert meeting.refuses("ada", "pass", turn=seen) == "stale"


def test_the_stick_goes_to_whom_the_holder_names(meeting: Meeting) -> None:
    assert meeting.do("ada", "pass", to="cy").stick == ("offered", "cy")


def test_a_plain_pass_goes_round_once_and_then_the_stick_rests(meeting: Meeting) -> None:
    for giver, receiver in (("ada", "bo"), ("bo", "cy"), ("cy", "fay")):
        assert meeting.do(giver, "pass").stick == ("offered", receiver)
        meeting.do(receiver, "accept")
    assert meeting.do("fay", "pass").stick == ("resting", None)
    assert meeting.next is None


def test_the_offer_after_a_full_round_begins_a_new_one(meeting: Meeting) -> None:
    meeting.goes_on_to("bo", "cy", "fay").do("fay", "pass")
    assert meeting.state.round.heard == ("ada", "bo", "cy", "fay")
    meeting.offers("cy")
    assert meeting.state.round.heard == ()
    assert meeting.do("cy", "accept").next == "fay"


def test_an_offer_within_a_round_forgets_nobody_who_was_heard(meeting: Meeting) -> None:
    meeting.do("ada", "lay_down").offers("cy")
    assert meeting.state.round.heard == ("ada",)


def test_whoever_declines_has_passed_for_this_round(meeting: Meeting) -> None:
    meeting.do("ada", "pass").do("bo", "decline")
    assert meeting.stick == ("offered", "cy")
    assert meeting.state.round.heard == ("ada", "bo")


def test_come_back_to_me_is_reached_after_all_others(meeting: Meeting) -> None:
    meeting.do("ada", "pass").do("bo", "later").do("cy", "accept").do("cy", "pass").do("fay", "accept")
    assert meeting.next == "bo"
    assert meeting.do("fay", "pass").stick == ("offered", "bo")
    assert meeting.do("bo", "accept").do("bo", "pass").stick == ("resting", None)


def test_later_is_after_all_others_also_for_the_seat_right_behind_the_holder() -> None:
    meeting = a_circle(members=3).offers("bo").do("bo", "later").do("cy", "accept").goes_on_to("ada")
    assert meeting.do("ada", "pass").stick == ("offered", "fay")


def test_those_who_asked_for_later_come_in_the_order_of_asking() -> None:
    meeting = a_circle(members=3).offers("cy").do("cy", "later").do("fay", "recall").offers("bo").do("bo", "later")
    meeting.do("fay", "accept").goes_on_to("ada").do("ada", "pass")
    assert meeting.stick == ("offered", "cy")
    assert meeting.do("cy", "accept").next == "bo"


def test_somebody_already_heard_who_asks_for_later_is_come_back_to(meeting: Meeting) -> None:
    meeting.goes_on_to("bo", "cy").do("cy", "pass", to="ada").do("ada", "later")
    assert meeting.stick == ("offered", "fay")
    assert meeting.do("fay", "accept").do("fay", "pass").stick == ("offered", "ada")


def test_later_from_the_last_one_lets_the_stick_rest(meeting: Meeting) -> None:
    meeting.goes_on_to("bo", "cy").do("cy", "pass").do("fay", "later")
    assert meeting.stick == ("resting", None)
    assert meeting.next == "fay"


def test_laying_down_puts_the_stick_into_the_centre_and_counts_as_heard(meeting: Meeting) -> None:
    assert meeting.do("ada", "lay_down").stick == ("resting", None)
    assert meeting.heard == set()
    assert meeting.state.round.heard == ("ada",)


def test_recall_takes_back_what_is_held_and_counts_nobody_as_heard(meeting: Meeting) -> None:
    assert meeting.do("fay", "recall").stick == ("resting", None)
    assert meeting.state.round.heard == ()


def test_recall_takes_back_an_offer(meeting: Meeting) -> None:
    assert meeting.do("ada", "pass").do("fay", "recall").stick == ("resting", None)
    assert meeting.refuses("bo", "accept") == "not_yours"


def test_skip_moves_past_the_holder_to_the_next_one(meeting: Meeting) -> None:
    assert meeting.do("fay", "skip").stick == ("offered", "bo")
    assert meeting.do("fay", "skip").stick == ("offered", "cy")
    assert meeting.state.round.heard == ("ada", "bo")


def test_the_clock_of_a_turn_begins_with_the_accepting(meeting: Meeting) -> None:
    meeting.do("ada", "pass").wait(5).do("bo", "accept")
    assert meeting.state.stick.since == meeting.now


@pytest.mark.parametrize("command", ["accept", "decline", "later", "pass", "lay_down", "recall", "skip", "offer"])
def test_no_stick_command_works_with_an_old_turn(meeting: Meeting, command: str) -> None:
    if command in {"accept", "decline", "later"}:
        meeting.do("ada", "pass", to="fay")
    by = "ada" if command in {"pass", "lay_down"} else "fay"
    fields = {"to": "bo"} if command == "offer" else {}
    for turn in (meeting.state.turn - 1, meeting.state.turn + 1):
        assert meeting.refuses(by, command, turn=turn, **fields) == "stale"


def test_observers_are_never_handed_the_stick() -> None:
    meeting = a_circle(members=1, observers=1)
    assert meeting.refuses("fay", "offer", to="olive") == "cannot_hold"
    meeting.gives("ada")
    assert meeting.refuses("ada", "pass", to="olive") == "cannot_hold"
    meeting.do("ada", "pass").do("fay", "accept").do("fay", "pass")
    assert meeting.stick == ("resting", None)


def test_the_stick_is_not_offered_to_somebody_away(meeting: Meeting) -> None:
    meeting.drop("bo")
    assert meeting.refuses("ada", "pass", to="bo") == "cannot_hold"
    assert meeting.do("ada", "pass").stick == ("offered", "cy")


def test_the_holder_cannot_pass_to_themselves(meeting: Meeting) -> None:
    assert meeting.refuses("ada", "pass", to="ada") == "cannot_hold"


def test_only_whom_it_is_offered_to_may_answer(meeting: Meeting) -> None:
    meeting.do("ada", "pass")
    for by in ("ada", "cy", "fay", "nobody"):
        assert {meeting.refuses(by, answer) for answer in ("accept", "decline", "later")} == {"not_yours"}
