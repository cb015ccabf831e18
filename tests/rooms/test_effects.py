"""What the shell is told to do. What shuts comes before what opens, and both before anything else."""

from rooms.effects import Evict, Forget, Gate, WakeAt
from rooms.floor import gates
from rooms.nouns import Outside
from tests.builders import START, Meeting, a_circle


def sound(meeting: Meeting) -> list[tuple[str, object]]:
    return [(gate.seat, gate.audience) for gate in meeting.told(Gate) if gate.kind == "audio"]


def pictures(meeting: Meeting) -> list[tuple[str, object]]:
    return [(gate.seat, gate.audience) for gate in meeting.told(Gate) if gate.kind == "video"]


def test_accepting_opens_one_gate() -> None:
    meeting = a_circle().offers("ada")
    assert sound(meeting) == []
    assert sound(meeting.do("ada", "accept")) == [("ada", "all")]


def test_passing_shuts_the_gate_before_another_one_opens() -> None:
    meeting = a_circle().gives("ada").do("ada", "pass")
    assert sound(meeting) == [("ada", "nobody")]
    assert sound(meeting.do("bo", "accept")) == [("bo", "all")]


def test_in_one_change_what_shuts_comes_before_what_opens() -> None:
    meeting = a_circle(members=3, facilitators=2).gives("cy").do("fay", "set_floor", floor="facilitator")
    assert sound(meeting) == [("cy", "nobody"), ("fay", "all"), ("finn", "all")]
    meeting.do("fay", "set_floor", floor="open").do("fay", "set_floor", floor="facilitator")
    assert {audience for _, audience in sound(meeting)} == {"nobody"}


def test_gates_come_before_all_other_work() -> None:
    meeting = a_circle().gives("ada").knock("ned").do("fay", "close")
    kinds = [type(effect) for effect in meeting.effects]
    assert list(dict.fromkeys(kinds)) == [Gate, Evict, Forget]


def test_a_gate_that_does_not_change_is_not_told_again() -> None:
    meeting = a_circle().gives("ada").do("bo", "raise_hand", up=True)
    assert meeting.told(Gate) == []


def test_a_holder_who_drops_is_shut_and_one_who_returns_is_opened() -> None:
    meeting = a_circle().gives("ada").drop("ada")
    assert (sound(meeting), pictures(meeting)) == ([("ada", "nobody")], [("ada", "nobody")])
    meeting.arrive("ada")
    assert (sound(meeting), pictures(meeting)) == ([("ada", "all")], [("ada", "all")])


def test_a_holder_who_leaves_is_shut_in_sound_and_picture() -> None:
    meeting = a_circle().gives("ada").do("ada", "leave")
    assert sound(meeting) == [("ada", "nobody")]
    assert pictures(meeting) == [("ada", "nobody")]


def test_a_picture_is_shown_as_soon_as_its_seat_is_taken_and_never_an_observers() -> None:
    assert pictures(a_circle(members=0).do(Outside.KEYHOLDER, "enter", seat="finn")) == [("finn", "all")]
    meeting = a_circle(members=0, observers=1)
    assert meeting.told(Gate) == []
    assert gates(meeting.state)["olive", "video"] == "nobody"


def test_a_change_says_when_to_look_again() -> None:
    meeting = a_circle(members=1).gives("ada")
    assert meeting.wake_at == START + 21600
    assert meeting.drop("ada").wake_at == START + 25


def test_what_changes_nothing_says_when_to_look_again_and_nothing_else() -> None:
    meeting = a_circle(members=1).drop("ada")
    before = meeting.state
    meeting.drop("ada")
    assert meeting.state is before
    assert meeting.effects == (WakeAt(at=START + 120),)


def test_each_change_makes_the_next_version() -> None:
    meeting = a_circle()
    versions = [meeting.state.version, meeting.offers("ada").state.version, meeting.do("ada", "accept").state.version]
    assert versions == list(range(versions[0], versions[0] + 3))


def test_nobody_is_told_twice_that_their_seat_has_ended() -> None:
    meeting = a_circle().do("ada", "leave")
    assert [one.seat for one in meeting.told(Evict)] == ["ada"]
    assert meeting.do("bo", "raise_hand", up=True).told(Evict) == []
    assert meeting.do("bo", "raise_hand", up=True).told(Evict) == []
