"""Those who only listen: by which terms they come, that a no is nobody's, and one press into the circle and back."""

import msgspec
import pytest

from rooms.effects import Evict
from rooms.nouns import Outside, Timings
from tests.builders import Meeting, a_circle

GRACES = Timings()


@pytest.fixture
def asked() -> Meeting:
    """Fay, Ada and Bo, Ada holding the stick; they are asked whether Olive may listen."""
    meeting = a_circle(members=2).terms(observers="ask").gives("ada")
    return meeting.knock("olive", "observer").do("fay", "admit", seat="olive")


def knocks(meeting: Meeting, *, first_time: bool) -> str | None:
    fields = {"seat": "olive", "role": "observer", "first_time": first_time, "link": 1}
    return meeting.refuses(Outside.STRANGER, "knock", **fields)


@pytest.mark.parametrize(
    ("policy", "guest", "newcomer"),
    [
        ("welcome", None, None),
        ("newcomers", "no_listeners", None),
        ("ask", None, None),
        ("none", "no_listeners", "no_listeners"),
    ],
)
def test_who_may_knock_to_listen_is_said_by_the_terms(policy: str, guest: str | None, newcomer: str | None) -> None:
    meeting = a_circle().terms(observers=policy)
    assert (knocks(meeting, first_time=False), knocks(meeting, first_time=True)) == (guest, newcomer)


@pytest.mark.parametrize("policy", ["welcome", "newcomers", "ask", "none"])
def test_members_are_not_asked_about(policy: str) -> None:
    assert a_circle().terms(observers=policy).knock("ned").do("fay", "admit", seat="ned").ids[-1] == "ned"


def test_who_waited_when_the_terms_became_stricter_is_not_let_in_to_listen() -> None:
    meeting = a_circle().knock("olive", "observer").terms(observers="none")
    assert meeting.refuses("fay", "admit", seat="olive") == "no_listeners"


def test_without_an_objection_who_comes_to_listen_sits_down_at_the_boundary(asked: Meeting) -> None:
    asked.do("bo", "consent", seat="olive", yes=True).wait(GRACES.consent)
    assert "olive" not in asked.ids, "Ada still speaks"
    assert asked.do("ada", "pass").ids == ["fay", "ada", "bo", "olive"]


@pytest.mark.parametrize("by", ["fay", "ada", "bo"])
def test_one_no_of_anybody_is_enough_and_the_newcomer_reads_not_today(asked: Meeting, by: str) -> None:
    asked.do(by, "consent", seat="olive", yes=False).wait(GRACES.consent)
    assert asked.told(Evict) == [Evict(seat="olive", reason="not_today")]
    assert "olive" not in asked.do("ada", "pass").ids


def test_a_yes_after_a_no_leaves_the_no(asked: Meeting) -> None:
    asked.do("bo", "consent", seat="olive", yes=False)
    for by in ("fay", "ada", "bo"):
        asked.do(by, "consent", seat="olive", yes=True)
    assert asked.wait(GRACES.consent).told(Evict) == [Evict(seat="olive", reason="not_today")]


def test_the_answer_comes_at_its_time_whatever_was_said_so_that_nobody_can_tell_whose_it_was(asked: Meeting) -> None:
    asked.do("bo", "consent", seat="olive", yes=False).wait(GRACES.consent - 0.1)
    assert asked.state.knock("olive") is not None
    assert asked.wait(0.1).state.knock("olive") is None


def test_a_no_looks_like_a_yes_to_everybody_facilitators_too(asked: Meeting) -> None:
    def after(by: str, *, yes: bool) -> tuple[object, ...]:
        other = Meeting(asked.state, asked.now).do(by, "consent", seat="olive", yes=yes)
        views = [msgspec.json.encode(other.view(id_)) for id_ in ("fay", "ada", "bo", "olive", None)]
        return (*views, other.effects)

    said = [after(by, yes=yes) for by in ("fay", "ada", "bo") for yes in (True, False)]
    assert said == [said[0]] * 6


def test_whose_no_it_was_is_not_kept(asked: Meeting) -> None:
    states = [
        msgspec.json.encode(Meeting(asked.state, asked.now).do(by, "consent", seat="olive", yes=False).state)
        for by in ("fay", "ada", "bo")
    ]
    assert states == [states[0]] * 3


def test_facilitators_do_not_skip_the_question(asked: Meeting) -> None:
    assert asked.refuses("fay", "admit", seat="olive") == "no_such_seat"
    assert asked.do("fay", "turn_away", seat="olive").told(Evict) == [Evict(seat="olive", reason="turned_away")]


def test_who_is_asked_about_may_go_again(asked: Meeting) -> None:
    assert asked.do("olive", "withdraw").state.knocks == ()


def test_nobody_walks_into_somebodys_turn_to_listen() -> None:
    meeting = a_circle().gives("ada").knock("olive", "observer").do("fay", "admit", seat="olive")
    assert "olive" not in meeting.ids
    assert meeting.do("ada", "lay_down").ids[-1] == "olive"


def test_an_observer_asks_for_a_seat_and_has_it_at_the_boundary() -> None:
    meeting = a_circle(members=2, observers=1).gives("ada").do("olive", "ask_seat", on=True)
    assert meeting.refuses("olive", "raise_hand", up=True) == "not_yours"
    meeting.do("ada", "pass")
    assert meeting.refuses("olive", "raise_hand", up=True) is None
    assert meeting.do("bo", "accept").goes_on_to("olive").heard == {"olive"}


def test_an_observer_who_asks_for_a_seat_may_take_it_back() -> None:
    meeting = a_circle(members=1, observers=1).gives("ada").do("olive", "ask_seat", on=True)
    meeting.do("olive", "ask_seat", on=False).do("ada", "lay_down")
    assert [seat.role for seat in meeting.state.seats][-1] == "observer"


def test_two_observers_who_ask_for_the_last_seat_do_not_both_get_it() -> None:
    meeting = a_circle(members=1, observers=2, capacity=3).gives("ada")
    meeting.do("oscar", "ask_seat", on=True).do("olive", "ask_seat", on=True).do("ada", "lay_down")
    assert [seat.role for seat in meeting.state.seats][2:] == ["member", "observer"]
    meeting.do("ada", "leave")
    assert [seat.role for seat in meeting.state.seats][1:] == ["member", "member"]


def test_a_seat_promised_to_who_is_on_the_way_in_is_not_given_away() -> None:
    meeting = a_circle(members=1, observers=1, capacity=3, late="boundary").gives("ada")
    meeting.knock("ned").do("fay", "admit", seat="ned")
    assert meeting.refuses("olive", "ask_seat", on=True) == "full"


def test_a_member_steps_back_to_listen_and_leaves_nothing_in_the_round() -> None:
    meeting = a_circle(members=3).gives("ada").do("fay", "set_duty", seat="bo", duty="time", on=True)
    meeting.do("bo", "raise_hand", up=True).do("bo", "set_devices", microphone=True, camera=True)
    meeting.do("ada", "pass", to="bo").do("bo", "step_back")
    seat = meeting.state.seat("bo")
    assert seat is not None
    assert (seat.role, seat.duties, seat.hand, seat.microphone, seat.camera) == ("observer", (), None, False, False)
    assert meeting.stick == ("offered", "cy")
    assert meeting.do("cy", "accept").next == "fay"


def test_a_successor_who_steps_back_is_named_no_longer() -> None:
    assert a_circle().do("fay", "name_successor", seat="bo").do("bo", "step_back").state.successor is None


@pytest.mark.parametrize(
    ("observers", "guest", "newcomer", "listener"),
    [
        ("welcome", None, None, None),
        ("newcomers", "no_listeners", None, None),
        ("ask", "no_listeners", "no_listeners", None),
        ("none", "no_listeners", "no_listeners", "no_listeners"),
    ],
)
def test_nobody_comes_in_as_a_member_to_listen_where_listening_is_asked_about(
    observers: str, guest: str | None, newcomer: str | None, listener: str | None
) -> None:
    """Who came to listen, took a seat, and would rather listen again was asked about before."""
    meeting = a_circle(members=1, observers=1).knock("ned", first_time=True).do("fay", "admit", seat="ned")
    meeting.do("olive", "ask_seat", on=True).terms(observers=observers)
    assert {seat.role for seat in meeting.state.seats} == {"facilitator", "member"}
    refused = tuple(meeting.refuses(id_, "step_back") for id_ in ("ada", "ned", "olive"))
    assert refused == (guest, newcomer, listener)


def test_whoever_may_not_listen_as_a_guest_may_still_step_out_and_hear() -> None:
    meeting = a_circle().terms(observers="ask").do("ada", "step_out", wish="fine")
    assert [seat.id for seat in meeting.state.seats if seat.present] == meeting.ids
