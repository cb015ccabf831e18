"""Which socket is whose, and who is told what, with a server that only writes down what it is asked."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from rooms.nouns import Outside
from server.media.engine import Track
from server.roster import Bound, Roster
from tests.builders import a_circle

MEETING = a_circle(members=2)
SEAT, OTHER = "ada", "bo"


class Server:
    """Stands for the library's, and for the outbox."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any, Any]] = []
        self.gone: list[str] = []

    async def emit(self, event: str, data: Any, to: Any) -> None:
        self.said.append((event, data, to))

    def show(self, sids: Iterable[str], view: Any) -> None:
        self.said.append(("view", view, list(sids)))

    def say(self, sid: str, event: str, message: Any) -> None:
        self.said.append((event, message, sid))

    async def disconnect(self, sid: str) -> None:
        self.gone.append(sid)


class Hall:
    def __init__(self) -> None:
        self.server = Server()
        library: Any = self.server
        self.roster = Roster(library, library)

    def sits(self, sid: str, seat: str, circle: str = "c") -> str | None:
        return self.roster.bind(sid, Bound(circle, seat, None))

    def stands(self, sid: str, circle: str = "c") -> str | None:
        """At the door."""
        return self.roster.bind(sid, Bound(circle, None, Outside.STRANGER))

    async def told(self, views: dict[str, Any], at_door: Any) -> list[tuple[Any, set[str]]]:
        self.server.said.clear()
        await self.roster.tell("c", views, at_door)
        assert {event for event, _, _ in self.server.said} <= {"view"}
        return [(view, set(sids)) for _, view, sids in self.server.said]


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was slept; nobody sleeps."""
    slept: list[float] = []
    real: Callable[[float], Any] = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await real(0)

    monkeypatch.setattr("server.roster.asyncio.sleep", sleep)
    return slept


async def turns(number: int = 5) -> None:
    """Let what was put off happen."""
    loop = asyncio.get_running_loop()
    for _ in range(number):
        passed = loop.create_future()
        loop.call_soon(passed.set_result, None)
        await passed


def test_a_seat_is_found_by_its_socket_and_a_socket_by_its_seat(hall: Hall) -> None:
    assert hall.sits("s1", SEAT) is None
    assert hall.stands("s2") is None
    bound = hall.roster.bound("s1")
    assert bound is not None
    assert (bound.circle, bound.seat, bound.right) == ("c", SEAT, None)
    assert hall.roster.sid("c", SEAT) == "s1"
    assert hall.roster.sid("c", OTHER) is None
    assert hall.roster.sid("another", SEAT) is None
    assert hall.roster.bound("nobody") is None


def test_a_seat_has_one_socket_and_the_latest_one_has_it(hall: Hall) -> None:
    hall.sits("s1", SEAT)
    assert hall.sits("s2", SEAT) == "s1"
    assert hall.roster.sid("c", SEAT) == "s2"
    assert hall.roster.bound("s1") is None
    assert hall.roster.release("s1") is None
    assert hall.roster.sid("c", SEAT) == "s2"


def test_the_same_seat_of_two_circles_is_two_seats(hall: Hall) -> None:
    hall.sits("s1", SEAT, "c")
    assert hall.sits("s2", SEAT, "d") is None
    assert [hall.roster.sid(circle, SEAT) for circle in "cd"] == ["s1", "s2"]


def test_people_at_the_door_do_not_replace_one_another(hall: Hall) -> None:
    assert [hall.stands(sid) for sid in ("s1", "s2", "s3")] == [None] * 3
    assert all(hall.roster.bound(sid) for sid in ("s1", "s2", "s3"))


async def test_who_takes_a_seat_or_another_one_is_at_the_old_place_no_longer(hall: Hall) -> None:
    hall.stands("s1")
    hall.sits("s1", SEAT)
    hall.sits("s1", OTHER)
    assert [hall.roster.sid("c", seat) for seat in (SEAT, OTHER)] == [None, "s1"]
    hall.sits("s1", OTHER, "d")
    assert [hall.roster.sid(circle, OTHER) for circle in "cd"] == [None, "s1"]
    assert await hall.told({OTHER: "hers"}, "door") == []


async def test_who_is_released_is_nowhere(hall: Hall) -> None:
    hall.sits("s1", SEAT)
    released = hall.roster.release("s1")
    assert released is not None
    assert released.seat == SEAT
    assert hall.roster.bound("s1") is hall.roster.sid("c", SEAT) is None
    assert await hall.told({SEAT: "hers"}, "door") == []


async def test_everybody_is_told_their_own_view_and_equals_by_one_encoding(hall: Hall) -> None:
    for sid, seat in (("s1", "fay"), ("s2", SEAT), ("s3", OTHER)):
        hall.sits(sid, seat)
    for sid in ("s4", "s5"):
        hall.stands(sid)
    hall.sits("s6", SEAT, "another")
    views = {seat: MEETING.view(seat) for seat in ("fay", SEAT)}
    views[OTHER] = views[SEAT]
    at_door = MEETING.view(None)
    told = await hall.told(views, at_door)
    assert len(told) == 3
    assert {id(view): sids for view, sids in told} == {
        id(views["fay"]): {"s1"}, id(views[SEAT]): {"s2", "s3"}, id(at_door): {"s4", "s5"},
    }  # fmt: skip


async def test_who_has_no_view_of_their_own_sees_no_more_than_the_door(hall: Hall) -> None:
    hall.sits("s1", "removed")
    assert await hall.told({SEAT: "hers", "": "nobody's"}, "door") == [("door", {"s1"})]


@pytest.mark.parametrize(("shown", "said"), [("view", [("view", "view", ["s1"])]), (None, [])])
async def test_who_comes_is_greeted_with_what_they_may_see(hall: Hall, shown: Any, said: list[Any]) -> None:
    async def view() -> Any:
        return shown

    hall.roster.greet("s1", view())
    assert hall.server.said == []
    await turns()
    assert hall.server.said == said


async def test_whose_seat_ends_is_told_why_at_once_and_disconnected_later(hall: Hall, waits: list[float]) -> None:
    hall.sits("s1", SEAT)
    hall.sits("s2", OTHER)
    await hall.roster.end("c", SEAT, "removed")
    assert hall.server.said == [("ended", {"reason": "removed"}, "s1")]
    assert hall.roster.bound("s1") is hall.roster.sid("c", SEAT) is None
    assert (hall.server.gone, waits) == ([], [])
    await turns()
    assert (hall.server.gone, waits) == (["s1"], [1])
    assert await hall.told({}, "door") == [("door", {"s2"})]


async def test_the_end_of_somebody_who_is_gone_is_no_trouble(hall: Hall, waits: list[float]) -> None:
    hall.sits("s1", SEAT, "another")
    await hall.roster.end("c", SEAT, "left")
    await hall.roster.end_all("nowhere")
    await turns()
    assert (hall.server.said, hall.server.gone) == ([], [])


async def test_the_end_of_a_circle_is_told_to_all_of_it_and_to_nobody_else(hall: Hall, waits: list[float]) -> None:
    hall.sits("s1", SEAT)
    hall.stands("s2")
    hall.sits("s3", SEAT, "another")
    await hall.roster.end_all("c")
    await turns()
    assert sorted(said[2] for said in hall.server.said) == sorted(hall.server.gone) == ["s1", "s2"]
    assert {event: data for event, data, _ in hall.server.said} == {"ended": {"reason": "closed"}}
    assert hall.roster.sid("another", SEAT) == "s3"


async def test_news_of_media_go_to_the_one_seat_that_they_are_for(hall: Hall) -> None:
    hall.sits("s1", SEAT)
    hall.sits("s2", OTHER)
    hall.roster.on_offer("c", SEAT, 7, "v=0", {"0": Track(OTHER, "audio")})
    hall.roster.on_lost("c", OTHER, "publish")
    hall.roster.on_connected("c", SEAT, "subscribe")
    hall.roster.on_lost("c", "gone", "publish")
    hall.roster.on_offer("another", SEAT, 1, "v=0", {})
    await turns()
    offer = {"type": "offer", "offer": 7, "sdp": "v=0", "tracks": {"0": {"seat": OTHER, "kind": "audio"}}}
    assert hall.server.said == [("media", offer, "s1"), ("media", {"type": "lost", "side": "publish"}, "s2")]


def test_each_socket_may_say_so_much_and_is_borne_with_for_a_while() -> None:
    one, other = (Bound("c", SEAT, None) for _ in range(2))
    assert sum(one.bucket.take(100.0) for _ in range(1000)) == 40
    assert sum(one.patience.take(100.0) for _ in range(1000)) == 200
    assert other.bucket.take(100.0)


async def test_a_whisper_goes_to_the_sockets_of_its_seats_in_its_circle(hall: Hall) -> None:
    for sid, seat, circle in (("s1", SEAT, "c"), ("s2", OTHER, "c"), ("s3", SEAT, "d")):
        hall.sits(sid, seat, circle)
    hall.stands("s4")
    await hall.roster.whisper("c", frozenset({SEAT, "elsewhere"}), {"type": "note"})
    assert hall.server.said == [("whisper", {"type": "note"}, ["s1"])]


async def test_a_whisper_to_seats_that_are_not_connected_here_is_not_told_to_everybody(hall: Hall) -> None:
    hall.sits("s1", SEAT)
    await hall.roster.whisper("c", frozenset({"elsewhere"}), {"type": "note"})
    await hall.roster.whisper("c", frozenset(), {"type": "note"})
    assert hall.server.said == []


async def test_word_of_the_keys_goes_to_each_seat_its_own(hall: Hall) -> None:
    for sid, seat, circle in (("s1", SEAT, "c"), ("s2", OTHER, "c"), ("s3", SEAT, "d")):
        hall.sits(sid, seat, circle)
    hall.stands("s4")
    hall.roster.keys("c", {SEAT: "hers", OTHER: "his", "elsewhere": "theirs"})
    assert hall.server.said == [("keys", "hers", "s1"), ("keys", "his", "s2")]


async def test_somebody_at_the_door_is_told_only_what_changes_there(hall: Hall) -> None:
    hall.stands("s1")
    meeting = a_circle(members=2)
    hall.roster.greet("s1", asyncio.sleep(0, meeting.view(None)))
    await turns()
    assert hall.server.said == [("view", meeting.view(None), ["s1"])]
    meeting.gives("ada")
    assert await hall.told({}, meeting.view(None)) == []
    meeting.do("fay", "lock", on=True)
    assert await hall.told({}, meeting.view(None)) == [(meeting.view(None), {"s1"})]
    meeting.do("ada", "pass")
    assert await hall.told({}, meeting.view(None)) == []


async def test_somebody_who_waits_is_told_that_they_do_and_nothing_of_the_sticks_way(hall: Hall) -> None:
    hall.stands("s1")
    meeting = a_circle(members=2)
    assert len(await hall.told({}, meeting.view(None))) == 1
    meeting.do(Outside.STRANGER, "knock", seat="cy")
    hall.sits("s1", "cy")
    assert len(await hall.told({"cy": meeting.view("cy")}, meeting.view(None))) == 1
    meeting.gives("ada")
    assert await hall.told({"cy": meeting.view("cy")}, meeting.view(None)) == []
    meeting.do("fay", "admit", seat="cy")
    for _ in range(2):
        assert len(await hall.told({"cy": meeting.view("cy")}, meeting.view(None))) == 1


async def test_a_greeting_that_comes_late_hides_no_later_change(hall: Hall) -> None:
    hall.stands("s1")
    meeting = a_circle(members=2)
    before = meeting.view(None)
    hall.roster.greet("s1", asyncio.sleep(0, before))
    locked = meeting.do("fay", "lock", on=True).view(None)
    assert len(await hall.told({}, locked)) == 1
    await turns()
    assert len(await hall.told({}, before)) == 1


def test_sockets_are_counted_by_network_while_they_are_there(hall: Hall) -> None:
    for sid, network in (("s1", "here"), ("s2", "here"), ("s3", "there")):
        hall.roster.bind(sid, Bound("c", None, Outside.STRANGER, network=network))
    hall.roster.bind("s1", Bound("c", SEAT, None, network="here"))
    assert [hall.roster.count(network) for network in ("here", "there", "nowhere")] == [2, 1, 0]
    hall.roster.release("s1")
    hall.roster.release("s1")
    assert hall.roster.count("here") == 1


async def test_only_who_still_stands_at_the_door_is_shown_out(hall: Hall, waits: list[float]) -> None:
    hall.stands("s1")
    hall.sits("s2", SEAT)
    for sid in ("s1", "s2", "gone"):
        await hall.roster.expire(sid)
    await turns()
    assert hall.server.said == [("ended", {"reason": "expired"}, "s1")]
    assert hall.server.gone == ["s1"]
