"""What each seat may see is an allow-list. A test that fails here asks: who is to see the new field?"""

import msgspec
import pytest

from rooms.circle import Circle
from rooms.nouns import Card, Farewell, Knock, Outside, Round, Seat, Step, Stick
from rooms.shown import CircleView, DoorView, KeeperView
from rooms.terms import Terms
from rooms.views import view_for, views_for
from server.outbox import MOST_BYTES
from tests.builders import DOOR, MEMBERS, Meeting, a_circle, boxes, in_room, introduction, own, sealed

AT_THE_DOOR = {
    *("version", "now", "at", "locked", "full", "closes", "minutes", "terms", "root", "keepers"),
    *("state", "question", "answer"),
}
IN_THE_CIRCLE = {
    *("version", "now", "at", "phase", "floor", "turn", "locked", "successor", "stick", "next"),
    *("heard", "shown", "leads", "adrift", "seats", "knocks", "agenda", "step", "step_since", "ends", "prompt"),
    *("backwards", "unheard_first", "plan", "pause", "asides", "invitation"),
    *(
        "shielded",
        "terms",
        "root",
        "link",
        "epoch",
        "acting",
        "lead_to",
        "lead_box",
        "next_facilitator",
        "volunteer",
        "coming",
    ),
    *("unheard", "handed", "script"),
}
OF_A_SEAT = {
    *(
        "id",
        "role",
        "keys",
        "name",
        "boxes",
        "present",
        "hand",
        "microphone",
        "camera",
        "heard",
        "later",
        "duties",
        "card",
    ),
    *("out", "wish", "hushed", "asks_seat"),
}
OF_A_PAUSE = {"kind", "since", "until"}
OF_AN_ASIDE = {"seats", "until"}
OF_AN_INVITATION = {"seats", "asked", "until"}
OF_A_KNOCK = {
    *("seat", "name", "boxes", "note", "role", "since", "first_time", "returns", "question", "answer", "state"),
}
OF_WHO_COMES = {"seat", "name", "role", "first_time", "state", "until"}
OF_THE_STICK = {"state", "seat", "since", "allotted", "asks", "over", "not_before"}


@pytest.fixture
def meeting() -> Meeting:
    """Fay, Ada, Bo and Cy sit with Olive, who listens; Ned waits at the door and has sent a note."""
    return a_circle(members=3, observers=1).gives("ada").knock("ned", note=sealed("secret"))


def json(meeting: Meeting, id_: str | None) -> bytes:
    return msgspec.json.encode(meeting.view(id_))


def shown(meeting: Meeting, id_: str) -> CircleView:
    view = meeting.view(id_)
    assert isinstance(view, CircleView)
    return view


def test_a_view_has_exactly_the_fields_of_the_allow_list(meeting: Meeting) -> None:
    view = msgspec.to_builtins(meeting.view("fay"))
    assert set(view) == IN_THE_CIRCLE
    assert {frozenset(seat) for seat in view["seats"]} == {frozenset(OF_A_SEAT)}
    assert {frozenset(knock) for knock in view["knocks"]} == {frozenset(OF_A_KNOCK)}
    assert set(view["stick"]) == OF_THE_STICK
    assert set(view["terms"]) == set(Terms.__struct_fields__)


def test_pauses_asides_and_invitations_have_exactly_the_fields_of_the_allow_list(meeting: Meeting) -> None:
    meeting.do("fay", "pause", on=True).do("bo", "invite_aside", seats=("cy",)).do("cy", "accept_aside")
    assert set(msgspec.to_builtins(shown(meeting, "ada").pause)) == OF_A_PAUSE
    assert set(msgspec.to_builtins(shown(meeting, "ada").asides[0])) == OF_AN_ASIDE
    meeting.do("cy", "leave_aside").do("bo", "invite_aside", seats=("cy",))
    assert set(msgspec.to_builtins(shown(meeting, "cy").invitation)) == OF_AN_INVITATION


@pytest.mark.parametrize("id_", [None, "ned", "nobody", ""])
def test_whoever_has_no_seat_sees_nobody(meeting: Meeting, id_: str | None) -> None:
    assert set(msgspec.to_builtins(meeting.view(id_))) == AT_THE_DOOR
    view = meeting.view(id_)
    assert isinstance(view, DoorView)
    assert view.keepers == (KeeperView(seat="fay", key=sealed("fay", 137)),)
    nobody = msgspec.json.encode(msgspec.structs.replace(view, keepers=()))
    for name in (*meeting.ids, "ned"):
        assert name.encode() not in nobody


def test_whoever_waits_is_told_so_and_whoever_has_not_knocked_is_not(meeting: Meeting) -> None:
    places = [view.at for view in (meeting.view("ned"), meeting.view(None)) if isinstance(view, DoorView)]
    assert places == ["waiting", "door"]


def test_the_door_shows_whether_knocking_makes_sense() -> None:
    meeting = a_circle(members=1, capacity=3)
    open_door = meeting.view(None)
    shut = meeting.knock("bo").do("fay", "admit", seat="bo").do("fay", "lock", on=True).view(None)
    assert isinstance(open_door, DoorView)
    assert isinstance(shut, DoorView)
    assert [(one.locked, one.full) for one in (open_door, shut)] == [(False, False), (True, True)]


def test_only_who_may_open_the_door_sees_who_knocks(meeting: Meeting) -> None:
    assert [knock.seat for knock in shown(meeting, "fay").knocks] == ["ned"]
    for id_ in ("ada", "bo", "cy", "olive"):
        assert shown(meeting, id_).knocks == ()
        assert sealed("secret").encode() not in json(meeting, id_)
        assert sealed("ned").encode() not in json(meeting, id_)


def test_knocks_are_shown_to_who_stands_in_and_no_longer_to_who_is_away(meeting: Meeting) -> None:
    meeting.do("fay", "name_successor", seat="bo").drop("fay").wait(10)
    assert [knock.seat for knock in shown(meeting, "bo").knocks] == ["ned"]
    assert (shown(meeting, "bo").leads, shown(meeting, "cy").leads) == (True, False)
    assert shown(meeting, "fay").knocks == ()
    meeting.arrive("fay")
    assert shown(meeting, "bo").knocks == ()


def test_every_seat_sees_every_seat_in_the_same_order(meeting: Meeting) -> None:
    orders = {tuple(seat.id for seat in shown(meeting, id_).seats) for id_ in meeting.ids}
    assert orders == {("fay", "ada", "bo", "cy", "olive")}


def test_whoever_can_hear_is_seen_by_all(meeting: Meeting) -> None:
    assert ("olive", "observer") in {(seat.id, seat.role) for seat in shown(meeting, "ada").seats}


def test_a_view_says_who_is_heard_who_is_next_and_where_the_stick_is(meeting: Meeting) -> None:
    view = shown(meeting, "cy")
    assert (view.heard, view.next, view.stick.state, view.stick.seat) == (("ada",), "bo", "held", "ada")
    assert (view.turn, view.version, view.now) == (meeting.state.turn, meeting.state.version, meeting.now)


def test_a_seat_shows_presence_devices_and_its_place_in_the_round(meeting: Meeting) -> None:
    meeting.do("ada", "set_devices", microphone=True, camera=False).do("ada", "pass").do("bo", "later").drop("cy")
    seats = {seat.id: seat for seat in shown(meeting, "fay").seats}
    assert (seats["ada"].microphone, seats["ada"].camera) == (True, False)
    assert (seats["ada"].heard, seats["ada"].later) == (True, False)
    assert (seats["bo"].heard, seats["bo"].later) == (False, True)
    assert (seats["bo"].present, seats["cy"].present) == (True, False)


def test_hands_show_their_place_and_not_their_time(meeting: Meeting) -> None:
    meeting.do("cy", "raise_hand", up=True).wait(1).do("bo", "raise_hand", up=True)
    assert [seat.hand for seat in shown(meeting, "fay").seats] == [None, None, 2, 1, None]


def test_what_the_server_keeps_for_links_and_clocks_is_in_no_view() -> None:
    gone = (Farewell(seat="gone-seat", reason="removed"),)
    circle = Circle(
        door=DOOR, opened=123456.0, seats=(Seat(id="fay", role="facilitator", away_since=777777.0),),
        knocks=(Knock(id="ned", role="member", name="m", boxes={}, since=1.0, away_since=888888.0),),
        round=Round(), stick=Stick(), gone=gone, unled_since=999999.0, empty_since=666666.0,
    )  # fmt: skip
    texts = [msgspec.json.encode(view_for(circle, id_, 1.0)).decode() for id_ in ("fay", "ned", None)]
    for secret in (DOOR.join, "123456", "777777", "888888", "999999", "666666", "gone-seat"):
        assert not any(secret in text for text in texts)


def test_seats_that_may_see_the_same_share_one_view(meeting: Meeting) -> None:
    views = views_for(meeting.state, meeting.now)
    assert views["bo"] is views["olive"]
    assert views["ada"] is not views["bo"], "the holder sees the turn's clock"
    assert views["ada"] is not views["fay"]
    assert set(views) == {*meeting.ids, "ned"}


def test_who_comes_to_listen_is_shown_to_all_with_nothing_that_was_answered(meeting: Meeting) -> None:
    meeting.knock("ora", "observer", first_time=True, note=sealed("hello")).terms(observers="ask")
    meeting.do("fay", "admit", seat="ora").do("ada", "consent", seat="ora", yes=False)
    for id_ in meeting.ids:
        (coming,) = shown(meeting, id_).coming
        assert set(msgspec.to_builtins(coming)) == OF_WHO_COMES
        assert (coming.seat, coming.state, coming.until) == ("ora", "asked", meeting.now + 30)
    assert sealed("hello").encode() not in json(meeting, "bo")


def test_what_is_asked_over_the_doorstep_is_seen_by_who_keeps_the_door_and_by_that_knock_only(meeting: Meeting) -> None:
    meeting.knock("ora").do("fay", "set_duty", seat="bo", duty="door", on=True)
    meeting.do("bo", "ask_knock", seat="ned", words=sealed("who")).do("ned", "answer_knock", words=sealed("me"))
    for id_ in ("fay", "bo", "ned"):
        assert sealed("who").encode() in json(meeting, id_)
        assert sealed("me").encode() in json(meeting, id_)
    for id_ in ("ada", "cy", "olive", "ora", None):
        assert sealed("who").encode() not in json(meeting, id_)
        assert sealed("me").encode() not in json(meeting, id_)


def test_who_facilitates_next_is_seen_by_who_leads_and_by_that_seat(meeting: Meeting) -> None:
    meeting.terms(rotates=True).do("fay", "name_next", seat="bo", handed=None)
    assert {id_ for id_ in meeting.ids if shown(meeting, id_).next_facilitator == "bo"} == {"fay", "bo"}


def test_the_terms_are_shown_to_all_before_they_join(meeting: Meeting) -> None:
    meeting.terms(late="closed", help="AT", next_date=sealed("monday"))
    for id_ in (*meeting.ids, "ned", None):
        view = meeting.view(id_)
        assert view.terms == meeting.state.terms
    at_door = meeting.view(None)
    assert isinstance(at_door, DoorView)
    assert at_door.closes == meeting.now + 15 * 60


def test_who_would_stand_in_is_shown_with_how_many_confirm_it_and_never_who(meeting: Meeting) -> None:
    meeting.drop("fay").wait(30).do("bo", "volunteer").do("cy", "confirm", seat="bo", yes=True)
    view = shown(meeting, "olive")
    assert view.volunteer is not None
    assert msgspec.to_builtins(view.volunteer) == {"seat": "bo", "until": meeting.now + 60, "yes": 1, "others": 2}


def long_door(members: int) -> Meeting:
    """As much as can be shown: a full circle with long words everywhere, in which nobody has keys, and as many at the door as may wait."""
    meeting = a_circle(members=members, observers=8, capacity=16)
    keepers = [f"keeper-{number:03}" for number in range(8)]
    texts = {"agreements": sealed("agreements", 3228), "limits_words": sealed("limits", 1052)}
    meeting.terms(**texts, next_date=sealed("monday", 148))
    step = Step(part="own", floor="round", minutes=3, title=in_room("title", 120))
    meeting.do("fay", "set_agenda", agenda=(step,) * 20).do("fay", "set_prompt", prompt=in_room("prompt", 1024))
    for id_ in meeting.ids[1:]:
        meeting.do(id_, "introduce", keys=introduction(id_, 0), name=sealed(id_), boxes=boxes(*keepers))
        if id_ in MEMBERS:
            meeting.do(id_, "check_in", card=Card(words=own("words")))
    note = sealed("note", 1052)
    for number in range(meeting.state.waiting):
        id_ = f"knock-{number:05}"
        meeting.do(Outside.STRANGER, "knock", seat=id_, note=note, boxes=boxes(*keepers))
        meeting.do("fay", "ask_knock", seat=id_, words=note).do(id_, "answer_knock", words=note)
    return meeting


def test_the_longest_view_leaves_room_for_others_on_a_slow_line() -> None:
    """A quarter more knocks than that wait only where they were in before."""
    of_knocks = len(msgspec.json.encode(shown(long_door(12), "fay").knocks))
    whole = len(json(long_door(12), "fay"))
    assert (of_knocks < MOST_BYTES / 3, whole < MOST_BYTES * 3 / 4) == (True, True), (of_knocks, whole)
