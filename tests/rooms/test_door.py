"""At the door: knocking, being let in or not, taking a seat by the key."""

from typing import Literal

import pytest

from rooms.effects import Evict
from rooms.nouns import Outside, Timings
from tests.builders import MEMBERS, Meeting, a_circle, sealed

GRACES = Timings()


@pytest.fixture
def meeting() -> Meeting:
    return a_circle(members=1)


def test_a_knock_waits_and_has_no_seat(meeting: Meeting) -> None:
    meeting.knock("ned")
    assert meeting.ids == ["fay", "ada"]
    assert [one.id for one in meeting.state.knocks] == ["ned"]


@pytest.mark.parametrize("role", ["member", "observer"])
def test_admitted_people_sit_at_the_end_in_their_role(meeting: Meeting, role: Literal["member", "observer"]) -> None:
    meeting.knock("ned", role, note=sealed("hello")).do("fay", "admit", seat="ned")
    seat = meeting.state.seats[-1]
    assert (seat.id, seat.role, seat.present) == ("ned", role, True)
    assert meeting.state.knocks == ()
    assert meeting.told(Evict) == []


def test_letting_one_in_leaves_the_others_waiting(meeting: Meeting) -> None:
    meeting.knock("ned").knock("ora").knock("pat").do("fay", "admit", seat="ora")
    assert [one.id for one in meeting.state.knocks] == ["ned", "pat"]


def test_whoever_is_turned_away_is_told_and_nobody_else_is(meeting: Meeting) -> None:
    meeting.knock("ned").knock("ora").do("fay", "turn_away", seat="ned")
    assert meeting.told(Evict) == [Evict(seat="ned", reason="turned_away")]
    assert [one.id for one in meeting.state.knocks] == ["ora"]


def test_a_knock_can_be_taken_back(meeting: Meeting) -> None:
    meeting.knock("ned").do("ned", "withdraw")
    assert meeting.state.knocks == ()
    assert meeting.told(Evict) == [Evict(seat="ned", reason="left")]


def test_a_knock_does_not_wait_for_ever(meeting: Meeting) -> None:
    meeting.knock("ned").wait(GRACES.knock - 0.1)
    assert meeting.state.knock("ned") is not None
    meeting.wait(0.1)
    assert meeting.state.knocks == ()
    assert meeting.told(Evict) == [Evict(seat="ned", reason="expired")]


def test_a_knock_whose_sender_is_gone_ends_sooner(meeting: Meeting) -> None:
    meeting.knock("ned").drop("ned").wait(GRACES.knock_gone - 0.1).arrive("ned").wait(GRACES.knock_gone)
    assert meeting.state.knock("ned") is not None
    assert meeting.drop("ned").wait(GRACES.knock_gone).state.knocks == ()


def test_whoever_is_let_in_while_away_sits_away(meeting: Meeting) -> None:
    meeting.knock("ned").drop("ned").wait(5).do("fay", "admit", seat="ned")
    seat = meeting.state.seat("ned")
    assert seat is not None
    assert seat.away_since == meeting.now - 5


def test_a_locked_door_takes_no_knock_until_it_is_unlocked(meeting: Meeting) -> None:
    meeting.do("fay", "lock", on=True)
    assert meeting.refuses(Outside.STRANGER, "knock", seat="ned") == "locked"
    assert meeting.do("fay", "lock", on=False).knock("ned").state.knocks[0].id == "ned"


def test_a_locked_door_shuts_out_nobody_who_sits_waits_or_has_the_key(meeting: Meeting) -> None:
    meeting.knock("ned").do("fay", "lock", on=True).drop("ada").arrive("ada")
    meeting.do("fay", "admit", seat="ned").enter("finn")
    assert meeting.ids == ["fay", "ada", "ned", "finn"]


def test_a_full_circle_takes_no_knock_of_a_member_and_still_one_of_an_observer() -> None:
    meeting = a_circle(members=2, capacity=3)
    assert meeting.refuses(Outside.STRANGER, "knock", seat="ned") == "full"
    assert meeting.knock("olive", "observer").do("fay", "admit", seat="olive").ids[-1] == "olive"


def test_observers_take_no_seat_of_a_member() -> None:
    meeting = a_circle(members=1, observers=4, capacity=3)
    assert meeting.knock("ned").do("fay", "admit", seat="ned").ids[-1] == "ned"


def test_observers_have_eight_seats() -> None:
    meeting = a_circle(members=0, observers=8)
    assert meeting.refuses(Outside.STRANGER, "knock", seat="orla", role="observer") == "full"


def test_two_who_wait_for_the_last_seat_do_not_both_get_it() -> None:
    meeting = a_circle(members=1, capacity=3).knock("ned").knock("ora").do("fay", "admit", seat="ned")
    assert meeting.refuses("fay", "admit", seat="ora") == "full"
    assert meeting.do("ada", "leave").refuses("fay", "admit", seat="ora") is None


def test_facilitators_enter_a_full_circle_up_to_sixteen() -> None:
    meeting = a_circle(members=11)
    for number in range(4):
        meeting.enter(f"finn-{number}")
    assert len(meeting.ids) == 16
    assert meeting.refuses(Outside.KEYHOLDER, "enter", seat="fred") == "full"


def test_no_more_than_twelve_wait_at_the_door(meeting: Meeting) -> None:
    for number in range(12):
        meeting.knock(f"knock-{number}")
    assert meeting.refuses(Outside.STRANGER, "knock", seat="ned") == "busy"


def test_the_key_is_no_knock_and_a_knock_is_no_key(meeting: Meeting) -> None:
    assert meeting.refuses(Outside.STRANGER, "enter", seat="ned") == "not_yours"
    assert meeting.refuses(Outside.KEYHOLDER, "knock", seat="ned") == "not_yours"


def test_whoever_waits_can_do_nothing_but_withdraw(meeting: Meeting) -> None:
    meeting.knock("ned")
    for command, fields in (
        ("admit", {"seat": "ned"}),
        ("raise_hand", {"up": True}),
        ("set_devices", {"microphone": True, "camera": True}),
        ("leave", {}),
        ("close", {}),
    ):
        assert meeting.refuses("ned", command, **fields) == "not_yours"
    assert meeting.refuses("ned", "withdraw") is None


def test_everybody_sits_in_the_order_in_which_they_were_let_in() -> None:
    assert a_circle(members=5).ids == ["fay", *MEMBERS[:5]]
