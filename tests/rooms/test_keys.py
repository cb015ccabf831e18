"""The circle's keys as the server sees them: who shows which, who may commit, and what is told to whom. It knows no key."""

import json
from typing import Any

import msgspec
import pytest

from rooms.commits import Commit, Commits, Fetch, Installed, for_seat, kept, missed
from rooms.effects import SwitchKeys
from rooms.nouns import Outside, Timings
from rooms.opaque import letters
from rooms.refusals import Refusal, Refused
from rooms.shown import CircleView, DoorView, KeeperView
from rooms.wire import MOST_BYTES_OF_KEYS, parse, parse_keys
from tests.builders import Meeting, a_circle, a_commit, boxes, in_room, introduction, sealed, wrap

GRACES = Timings()
SEAT = "Ab3-_xyzXYZ"
ALONE = {"keys": introduction("ada", 0), "name": sealed("ada"), "boxes": boxes("fay")}
EVERYBODY = ("fay", "ada", "bo", "olive")


def keyed() -> Meeting:
    """Fay, Ada, Bo and Olive, who listens; all have the first keys."""
    return a_circle(members=2, observers=1).do("fay", "commit", **a_commit(1, *EVERYBODY))


def shown(meeting: Meeting, id_: str) -> CircleView:
    view = meeting.view(id_)
    assert isinstance(view, CircleView)
    return view


def keepers(meeting: Meeting) -> list[str]:
    view = meeting.view(None)
    assert isinstance(view, DoorView)
    return [keeper.seat for keeper in view.keepers]


def introduced(meeting: Meeting, by: str) -> dict[str, tuple[Any, ...]]:
    """What this seat sees of those who wait for keys."""
    return {one.id: (one.keys, one.name, one.boxes) for one in shown(meeting, by).seats if one.keys is not None}


# At the door.


def test_the_door_shows_the_keys_of_those_who_keep_it_and_are_here() -> None:
    meeting = a_circle(facilitators=2)
    assert keepers(meeting) == ["fay", "finn"]
    view = meeting.view(None)
    assert isinstance(view, DoorView)
    assert view.root == meeting.state.door.root
    assert view.keepers[0] == KeeperView(seat="fay", key=sealed("fay", 137))
    assert keepers(meeting.drop("finn")) == ["fay"]
    assert keepers(meeting.arrive("finn").do("fay", "step_out", wish="fine")) == ["finn"]


def test_the_door_shows_no_more_keys_than_there_may_be_boxes() -> None:
    meeting = a_circle(members=0)
    for number in range(9):
        meeting.enter(f"finn-{number}")
    assert keepers(meeting) == ["fay", *(f"finn-{number}" for number in range(7))]


def test_who_is_given_the_door_shows_a_key_and_with_the_duty_it_goes() -> None:
    meeting = a_circle()
    assert meeting.refuses("bo", "keep_door", key=sealed("bo", 137)) == "not_yours"
    meeting.do("fay", "set_duty", seat="bo", duty="door", on=True)
    assert keepers(meeting) == ["fay"]
    assert keepers(meeting.keeps_door("bo")) == ["fay", "bo"]
    assert keepers(meeting.do("fay", "set_duty", seat="bo", duty="door", on=False)) == ["fay"]


def test_who_has_shown_no_door_key_lets_nobody_in() -> None:
    meeting = a_circle().do("fay", "set_duty", seat="bo", duty="door", on=True).knock("ned")
    assert meeting.refuses("bo", "admit", seat="ned") == "not_now"
    assert meeting.keeps_door("bo").refuses("bo", "admit", seat="ned") is None


def test_who_has_other_keys_has_no_door_key_until_they_show_it() -> None:
    meeting = a_circle().do("fay", "introduce", keys=introduction("again"))
    assert keepers(meeting) == []
    assert keepers(meeting.keeps_door("fay")) == ["fay"]


def test_who_knocks_brings_boxes_and_brings_them_again_for_those_who_keep_the_door_now() -> None:
    meeting = a_circle().knock("ned")
    assert [knock.boxes for knock in shown(meeting, "fay").knocks] == [boxes("fay")]
    meeting.enter("finn").do("ned", "introduce", boxes=boxes("fay", "finn"))
    for id_ in ("fay", "finn"):
        assert [knock.boxes for knock in shown(meeting, id_).knocks] == [boxes("fay", "finn")]
    assert shown(meeting, "ada").knocks == ()
    assert meeting.refuses("ned", "introduce", **ALONE) == "not_yours"
    assert meeting.refuses(Outside.STRANGER, "introduce", boxes=boxes("fay")) == "not_yours"
    assert meeting.refuses("ada", "introduce", boxes=boxes("fay")) == "not_yours"


def test_the_circle_sees_the_name_that_was_let_in_and_a_seat_has_none() -> None:
    meeting = a_circle(late="boundary").gives("ada").knock("ned").do("fay", "admit", seat="ned")
    assert [(one.seat, one.name) for one in shown(meeting, "bo").coming] == [("ned", in_room("ned"))]
    meeting.do("ada", "lay_down")
    assert meeting.ids[-1] == "ned"
    assert sealed("ned") not in str(meeting.state)
    assert in_room("ned") not in str(meeting.state)


# Introductions.


def test_a_facilitator_comes_in_with_keys_and_without_a_name() -> None:
    assert introduced(a_circle(), "ada") == {"fay": (introduction("fay", 1), None, None)}


@pytest.mark.parametrize("by", ["ada", "olive"])
def test_all_see_keys_until_a_commit_wraps_for_them(by: str) -> None:
    meeting = keyed().do(by, "introduce", keys=introduction("again"))
    for id_ in EVERYBODY:
        assert introduced(meeting, id_) == {by: (introduction("again"), None, None)}
    others = set(EVERYBODY) - {by}
    meeting.do("fay", "commit", **a_commit(2, *others))
    assert set(introduced(meeting, "bo")) == {by}
    assert introduced(meeting.do("fay", "commit", **a_commit(3, *EVERYBODY)), "bo") == {}


def test_who_is_vouched_for_by_nobody_shows_name_and_boxes_to_those_who_keep_the_door_only() -> None:
    meeting = keyed().do("fay", "set_duty", seat="bo", duty="door", on=True).do("ada", "introduce", **ALONE)
    for id_ in ("fay", "bo"):
        assert introduced(meeting, id_) == {"ada": (ALONE["keys"], ALONE["name"], ALONE["boxes"])}
    for id_ in ("ada", "olive"):
        assert introduced(meeting, id_) == {"ada": (ALONE["keys"], None, None)}
    meeting.do("bo", "commit", **a_commit(2, *EVERYBODY))
    assert sealed("ada") not in str(meeting.state)


def test_keys_that_are_vouched_for_take_the_place_of_those_that_were_not() -> None:
    meeting = keyed().do("ada", "introduce", **ALONE).do("ada", "introduce", keys=introduction("again"))
    assert introduced(meeting, "fay") == {"ada": (introduction("again"), None, None)}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"name": sealed("ada")},
        {"name": sealed("ada"), "boxes": boxes(SEAT)},
        {"keys": introduction("ada", 0)},
        {"keys": introduction("ada", 0), "boxes": boxes(SEAT)},
        {"keys": introduction("ada", 0), "name": sealed("ada")},
        {"keys": introduction("ada", 1), "name": sealed("ada")},
        {"keys": introduction("ada", 2), "boxes": boxes(SEAT)},
    ],
    ids=lambda fields: "-".join(fields),
)
def test_an_introduction_is_whole_or_malformed(fields: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        parse({"type": "introduce", **fields})
    assert refused.value.code is Refusal.MALFORMED


# Commits.


def test_the_first_commit_has_the_number_one_and_each_the_next() -> None:
    meeting = a_circle(members=2, observers=1)
    assert [meeting.refuses("fay", "commit", **a_commit(n, *EVERYBODY)) for n in (2, 1)] == ["stale", None]
    assert shown(meeting, "ada").epoch == 0
    meeting.do("fay", "commit", **a_commit(1, *EVERYBODY))
    assert [meeting.refuses("ada", "commit", **a_commit(n, *EVERYBODY)) for n in (1, 3, 2)] == ["stale", "stale", None]
    assert {shown(meeting, id_).epoch for id_ in EVERYBODY} == {1}


@pytest.mark.parametrize("stranger", ["ned", "nobody"])
def test_nobody_has_keys_who_does_not_sit_here(stranger: str) -> None:
    meeting = keyed().knock("ned")
    assert meeting.refuses("fay", "commit", **a_commit(2, *EVERYBODY, stranger)) == "no_such_seat"


def test_a_member_leaves_nobody_out_who_is_connected_and_had_keys() -> None:
    meeting = keyed()
    assert meeting.refuses("ada", "commit", **a_commit(2, "fay", "ada", "bo")) == "not_yours"
    assert meeting.refuses("ada", "commit", **a_commit(2, *EVERYBODY)) is None
    assert meeting.drop("olive").refuses("ada", "commit", **a_commit(2, "fay", "ada", "bo")) is None
    assert meeting.do("bo", "leave").refuses("ada", "commit", **a_commit(2, "fay", "ada")) is None


def test_who_came_without_keys_yet_may_be_left_out_by_anybody() -> None:
    meeting = keyed().knock("ned").do("fay", "admit", seat="ned")
    assert meeting.refuses("ada", "commit", **a_commit(2, *EVERYBODY)) is None


def test_who_leads_or_keeps_the_door_may_leave_somebody_out() -> None:
    meeting = keyed().do("fay", "set_duty", seat="bo", duty="door", on=True)
    for by in ("fay", "bo"):
        assert meeting.refuses(by, "commit", **a_commit(2, "fay", "bo")) is None


def test_no_view_holds_anything_of_a_commit() -> None:
    meeting = keyed()
    views = [msgspec.json.encode(meeting.view(id_)).decode() for id_ in (*EVERYBODY, None)]
    for part in ("roster-1", "confirm-1", "signature-1", "block-1", "fay-1", "ada-1"):
        assert not any(part in view for view in views)
        assert part not in str(meeting.state)


def switch(meeting: Meeting) -> SwitchKeys:
    (one,) = meeting.told(SwitchKeys)
    return one


def test_a_switch_waits_for_those_who_are_here_and_have_a_wrap() -> None:
    meeting = keyed()
    everybody = frozenset(EVERYBODY)
    assert switch(meeting) == SwitchKeys(n=1, seats=everybody, here=everybody, within=GRACES.switch)
    meeting.drop("bo").do("fay", "commit", **a_commit(2, *EVERYBODY))
    assert switch(meeting) == SwitchKeys(n=2, seats=everybody, here=everybody - {"bo"}, within=GRACES.switch)
    assert meeting.do("fay", "pause", on=True).told(SwitchKeys) == []


@pytest.mark.parametrize("how", ["removed", "left", "away"])
def test_a_switch_waits_less_where_somebody_is_left_out(how: str) -> None:
    ways = {
        "removed": lambda: keyed().do("fay", "remove", seat="bo"),
        "left": lambda: keyed().do("bo", "leave"),
        "away": lambda: keyed().drop("bo"),
    }
    meeting = ways[how]().do("fay", "commit", **a_commit(2, "fay", "ada", "olive"))
    assert switch(meeting).within == GRACES.switch_without < GRACES.switch
    assert switch(meeting.do("fay", "commit", **a_commit(3, "fay", "ada", "olive"))).within == GRACES.switch


def test_newcomers_are_waited_for_as_all_others() -> None:
    meeting = keyed().knock("ned").do("fay", "admit", seat="ned").do("fay", "commit", **a_commit(2, *EVERYBODY, "ned"))
    assert (switch(meeting).within, "ned" in switch(meeting).here) == (GRACES.switch, True)


# What is kept, and told.


def commits(many: int) -> Commits:
    made: Commits = ()
    for n in range(1, many + 1):
        made = kept(made, Commit(**a_commit(n, "ada", "bo")))
    return made


def test_the_latest_commit_is_kept_whole_and_those_before_it_without_wraps() -> None:
    assert [(one.n, sorted(one.wraps)) for one in commits(3)] == [(1, []), (2, []), (3, ["ada", "bo"])]
    assert [one.n for one in commits(20)] == list(range(13, 21))


def test_each_seat_gets_a_commit_with_its_own_wrap() -> None:
    commit = Commit(**a_commit(1, "ada", "bo"))
    told = msgspec.to_builtins(for_seat(commit, "ada"))
    sent = {name: value for name, value in a_commit(1, "ada", "bo").items() if name != "wraps"}
    assert told == {"type": "commit", **sent, "wrap": wrap("ada-1")}
    assert for_seat(commit, "cy").wrap is None


def test_what_somebody_missed_is_given_oldest_first_with_the_own_wrap_in_the_last() -> None:
    found = missed(commits(5), 2, "ada")
    assert [(one.n, one.wrap) for one in found] == [(3, None), (4, None), (5, wrap("ada-5"))]
    assert missed(commits(5), 5, "ada") == missed(commits(5), 9, "ada") == missed((), 0, "ada") == []


def test_whoever_missed_more_than_is_kept_gets_the_latest_alone() -> None:
    assert [one.n for one in missed(commits(20), 12, "ada")] == list(range(13, 21))
    assert [(one.n, one.wrap) for one in missed(commits(20), 11, "ada")] == [(20, wrap("ada-20"))]


# The wire.


def malformed(value: object) -> bool:
    try:
        parse_keys(value)
    except Refused as refused:
        return refused.code is Refusal.MALFORMED
    return False


def test_the_event_has_three_kinds_and_a_commit_is_no_command() -> None:
    commit = {"type": "commit", **a_commit(1, SEAT)}
    assert parse_keys(commit) == Commit(**a_commit(1, SEAT))
    assert parse_keys({"type": "installed", "n": 3}) == Installed(n=3)
    assert parse_keys({"type": "fetch", "after": 0}) == Fetch(after=0)
    with pytest.raises(Refused):
        parse(commit)
    assert malformed({"type": "accept", "turn": 3})
    assert malformed({"type": "wake"})


@pytest.mark.parametrize("field", ["n", "roster", "confirm", "signature", "block", "wraps"])
def test_a_commit_is_whole_or_malformed(field: str) -> None:
    commit = {"type": "commit", **a_commit(1, SEAT)}
    assert malformed({name: value for name, value in commit.items() if name != field})
    for wrong in (
        None,
        [],
        {},
        "",
        "x",
        -1,
        0,
        2**32,
        1.5,
        True,
        "A" * 43_000,
        ["A"],
        {SEAT: "A"},
        {"ada": wrap("ada")},
    ):
        assert malformed({**commit, field: wrong})
    assert malformed({**commit, "by": SEAT})


@pytest.mark.parametrize("n", [None, -1, 2**32, 1.5, True, "1", []])
def test_a_number_of_an_epoch_is_a_small_whole_number(n: object) -> None:
    assert malformed({"type": "installed", "n": n})
    assert malformed({"type": "fetch", "after": n})


@pytest.mark.parametrize("value", [None, 1, "commit", [], {}, {"type": None}, {"type": ["commit"]}, {1: 2}])
def test_what_says_nothing_of_the_keys_is_refused(value: object) -> None:
    assert malformed(value)


def test_the_longest_commit_fits_the_size() -> None:
    seats = [f"Ab3-_xyzX{number:02}" for number in range(32)]
    longest = {**a_commit(2**32 - 1, *seats), "roster": "A" * letters(70 + 32 * 148), "block": "A" * letters(8220)}
    assert not malformed({"type": "commit", **longest})
    assert len(json.dumps(["keys", {"type": "commit", **longest}])) < MOST_BYTES_OF_KEYS
