"""The floor decides who may be heard: law 1, case by case."""

import pytest

from rooms.floor import gates
from rooms.nouns import Floor
from tests.builders import Meeting, a_circle

FLOORS: tuple[Floor, ...] = ("round", "hands", "open", "silence", "facilitator")


@pytest.fixture
def meeting() -> Meeting:
    return a_circle(members=3, observers=1, facilitators=2)


@pytest.mark.parametrize("floor", ["round", "hands"])
def test_with_the_stick_only_its_holder_is_heard(meeting: Meeting, floor: Floor) -> None:
    meeting.do("fay", "set_floor", floor=floor)
    assert meeting.heard == set()
    assert meeting.gives("ada").heard == {"ada"}


def test_on_the_open_floor_all_but_observers_are_heard(meeting: Meeting) -> None:
    assert meeting.do("fay", "set_floor", floor="open").heard == {"fay", "finn", "ada", "bo", "cy"}


def test_in_silence_nobody_is_heard(meeting: Meeting) -> None:
    assert meeting.gives("ada").do("fay", "set_floor", floor="silence").heard == set()


def test_on_the_facilitators_floor_only_they_are_heard(meeting: Meeting) -> None:
    assert meeting.do("fay", "set_floor", floor="facilitator").heard == {"fay", "finn"}


def test_who_stands_in_is_heard_on_the_facilitators_floor(meeting: Meeting) -> None:
    meeting.do("fay", "set_floor", floor="facilitator").do("fay", "name_successor", seat="bo")
    assert meeting.drop("fay", "finn").heard == set()
    assert meeting.wait(10).heard == {"bo"}


@pytest.mark.parametrize("floor", FLOORS)
def test_nobody_is_heard_while_away(meeting: Meeting, floor: Floor) -> None:
    meeting.gives("ada").do("fay", "set_floor", floor=floor).drop("ada")
    assert "ada" not in meeting.heard


@pytest.mark.parametrize("floor", FLOORS)
def test_observers_are_heard_on_no_floor(meeting: Meeting, floor: Floor) -> None:
    meeting.do("fay", "set_floor", floor=floor)
    assert "olive" not in meeting.heard
    assert gates(meeting.state)["olive", "audio"] == "nobody"
    assert gates(meeting.state)["olive", "video"] == "nobody"


@pytest.mark.parametrize("floor", FLOORS)
def test_nobody_is_heard_or_shown_in_a_closed_circle(meeting: Meeting, floor: Floor) -> None:
    closed = meeting.gives("ada").do("fay", "set_floor", floor=floor).state.evolve(phase="closed")
    assert Meeting(closed).heard == set()
    assert set(gates(closed).values()) == {"nobody"}


@pytest.mark.parametrize("floor", ["open", "silence", "facilitator"])
def test_a_floor_without_the_stick_lays_it_into_the_centre(meeting: Meeting, floor: Floor) -> None:
    turn = meeting.gives("ada").state.turn
    assert meeting.do("fay", "set_floor", floor=floor).stick == ("resting", None)
    assert meeting.state.turn == turn + 1
    assert meeting.next is None
    assert meeting.refuses("fay", "offer", to="ada") == "not_now"


def test_a_switch_between_round_and_hands_leaves_the_stick_with_its_holder(meeting: Meeting) -> None:
    turn = meeting.gives("ada").state.turn
    meeting.do("fay", "set_floor", floor="hands")
    assert (meeting.stick, meeting.state.turn) == (("held", "ada"), turn)


def test_another_floor_begins_a_new_round_and_the_same_floor_does_not(meeting: Meeting) -> None:
    meeting.gives("ada").goes_on_to("bo").do("fay", "set_floor", floor="round")
    assert meeting.state.round.heard == ("ada",)
    assert meeting.do("fay", "set_floor", floor="hands").state.round.heard == ()


def test_members_do_not_switch_the_floor(meeting: Meeting) -> None:
    assert {meeting.refuses("ada", "set_floor", floor=floor) for floor in FLOORS} == {"not_yours"}


@pytest.mark.parametrize("floor", FLOORS)
def test_adrift_members_return_the_floor_to_a_round_and_to_nothing_else(meeting: Meeting, floor: Floor) -> None:
    meeting.do("fay", "set_floor", floor="silence").drop("fay", "finn").wait(30)
    assert meeting.refuses("ada", "set_floor", floor=floor) == (None if floor == "round" else "not_yours")


def test_a_microphone_switched_off_or_on_changes_no_gate(meeting: Meeting) -> None:
    before = gates(meeting.gives("ada").state)
    for id_ in ("ada", "bo"):
        meeting.do(id_, "set_devices", microphone=True, camera=True)
    assert gates(meeting.state) == before
