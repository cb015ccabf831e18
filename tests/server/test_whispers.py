"""Whispers over real sockets: exactly their audience gets them, nobody else a byte, and nothing of them stays."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from rooms.opaque import PAGE
from server.rates import WHISPERS
from tests.bots.signaling import Line, Refused
from tests.builders import sealed
from tests.server.people import Circle, gives, own, seated, stick
from tests.server.raw import Raw
from tests.serving import Serving

STILL = 1_790_000_000.0


class Ring:
    """Fay and Finn facilitate; Ada holds the stick; Bo; Olive listens. Ned waits, and somebody is at the door."""

    def __init__(self, circle: Circle) -> None:
        self.circle = circle
        self.inside: dict[str, Line] = {}
        self.outside: list[Line] = []

    async def gather(self) -> "Ring":
        fay = await self.circle.facilitator()
        finn = await self.circle.facilitator()
        ada, bo = await self.circle.member(fay, "Ada"), await self.circle.member(fay, "Bo")
        olive = await self.circle.member(fay, "Olive", role="observer")
        self.inside = {"fay": fay, "finn": finn, "ada": ada, "bo": bo, "olive": olive}
        self.outside = [await self.circle.waiting("Ned"), await self.circle.at_door()]
        for line in self.inside.values():
            await line.until(lambda view: seated(view, self.inside.values()))
        await gives(fay, ada)
        return self

    def __getitem__(self, name: str) -> Line:
        return self.inside[name]

    async def says(self, name: str, kind: str, **fields: Any) -> dict[str, Any]:
        """As the page sends it. Returns the ack; raises Refused."""
        if kind == "share":
            fields = {"turn": self[name].view["turn"], **fields}
        if kind == "beat":
            fields = {"beat": sealed("beat", 124)}
        elif kind != "reaction":
            fields = {"text": own("words"), **fields}
        return await self[name].whisper(kind, **fields)

    async def heard(self) -> dict[str, list[dict[str, Any]]]:
        """What each of those inside was told till now, when all that was on its way has come; nobody outside was told anything."""
        on = not self["fay"].view["locked"]
        await self["fay"].command("lock", on=on)
        for line in (*self.inside.values(), *self.outside):
            await line.until(lambda view: view["locked"] is on)
        assert [line.whispers for line in self.outside] == [[], []]
        return {name: line.whispers for name, line in self.inside.items() if line.whispers}

    async def floor(self, floor: str) -> None:
        await self["fay"].command("set_floor", floor=floor)
        for line in self.inside.values():
            await line.until(lambda view: view["floor"] == floor)


@pytest.fixture
async def ring(circle: Circle) -> Ring:
    return await Ring(circle).gather()


async def test_what_the_holder_writes_is_told_to_all_in_the_circle_and_to_nobody_at_the_door(ring: Ring) -> None:
    turn, text = ring["ada"].view["turn"], own("words")
    assert await ring.says("ada", "share", text=text) == {"ok": True}
    heard = await ring.heard()
    assert set(heard) == {"fay", "finn", "ada", "bo", "olive"}
    for (told,) in heard.values():
        assert set(told) == {"type", "turn", "text", "by", "at"}
        assert (told["type"], told["turn"], told["text"], told["by"]) == ("share", turn, text, ring["ada"].seat)


async def test_drafts_come_in_their_order_at_every_screen(ring: Ring) -> None:
    texts = [own(text) for text in ("It", "It was", "It was a long week.")]
    for text in texts:
        await ring.says("ada", "share", text=text)
    heard = await ring.heard()
    assert [[told["text"] for told in told_to] for told_to in heard.values()] == [texts] * 5


async def test_a_line_among_facilitators_is_told_to_them_alone(ring: Ring) -> None:
    assert await ring.says("fay", "line") == {"ok": True}
    heard = await ring.heard()
    assert set(heard) == {"fay", "finn"}
    assert {told["by"] for (told,) in heard.values()} == {ring["fay"].seat}


@pytest.mark.parametrize("who", ["ada", "bo", "olive"])
async def test_a_note_is_told_to_who_facilitates_and_its_writer_gets_an_ack_and_no_more(ring: Ring, who: str) -> None:
    assert await ring.says(who, "note") == {"ok": True}
    heard = await ring.heard()
    assert set(heard) == {"fay", "finn"}
    assert {told["by"] for (told,) in heard.values()} == {ring[who].seat}


async def test_reactions_and_lines_to_all_go_where_the_floor_allows_them(ring: Ring) -> None:
    await ring.floor("open")
    await ring.says("bo", "reaction", reaction="heart")
    await ring.says("ada", "writing")
    heard = await ring.heard()
    assert set(heard) == set(ring.inside)
    assert {tuple(told["type"] for told in told_to) for told_to in heard.values()} == {("reaction", "writing")}


async def test_what_no_rule_allows_is_refused_by_its_code_and_told_to_nobody(ring: Ring) -> None:
    turn = ring["ada"].view["turn"]
    refusals: list[tuple[str, str, dict[str, Any], str]] = [
        ("bo", "share", {"turn": turn}, "not_yours"),
        ("fay", "share", {"turn": turn}, "not_yours"),
        ("olive", "share", {"turn": turn}, "not_yours"),
        ("ada", "share", {"turn": turn - 1}, "stale"),
        ("ada", "share", {"turn": turn + 1}, "stale"),
        ("bo", "reaction", {"reaction": "heart"}, "not_now"),
        ("olive", "reaction", {"reaction": "heart"}, "not_yours"),
        ("bo", "writing", {}, "not_now"),
        ("bo", "line", {}, "not_yours"),
        ("ada", "line", {"by": ring["fay"].seat}, "malformed"),
        ("ada", "note", {"to": ring["bo"].seat}, "malformed"),
    ]
    for who, kind, fields, code in refusals:
        with pytest.raises(Refused) as refused:
            await ring.says(who, kind, **fields)
        assert str(refused.value) == code, (who, kind, fields)
    assert await ring.heard() == {}


async def test_whoever_has_no_seat_is_refused_whatever_they_whisper(ring: Ring) -> None:
    text = own("words")
    for line in ring.outside:
        for kind, fields in (("note", {}), ("line", {}), ("writing", {}), ("share", {"turn": 1})):
            with pytest.raises(Refused, match="not_yours"):
                await line.whisper(kind, text=text, **fields)
        with pytest.raises(Refused, match="not_yours"):
            await line.whisper("reaction", reaction="heart")
    assert await ring.heard() == {}


async def test_a_share_that_comes_after_the_stick_has_moved_is_told_to_nobody(ring: Ring) -> None:
    turn = ring["ada"].view["turn"]
    await ring["ada"].command("pass", turn=turn, to=ring["bo"].seat)
    with pytest.raises(Refused, match="not_yours"):
        await ring.says("ada", "share", turn=turn)
    assert await ring.heard() == {}


async def test_whoever_has_left_was_removed_or_is_away_is_told_nothing_more(ring: Ring) -> None:
    gone = [ring["bo"], ring["finn"], ring["olive"]]
    await ring["bo"].command("leave")
    await ring["fay"].command("remove", seat=ring["olive"].seat)
    await ring["finn"].close()
    left = {name: ring[name] for name in ("fay", "ada")}
    for line in left.values():
        await line.until(lambda view: sum(seat["present"] for seat in view["seats"]) == 2)
    await ring.says("ada", "share")
    ring.inside = left
    assert set(await ring.heard()) == {"fay", "ada"}
    assert [line.whispers for line in gone] == [[], [], []]


async def test_a_seat_in_another_window_is_told_there_and_the_older_window_nothing(ring: Ring) -> None:
    older = ring["finn"]
    ring.inside["finn"] = await ring.circle.back(older)
    assert await older.until_ended() == "elsewhere"
    await ring.says("ada", "note")
    assert set(await ring.heard()) == {"fay", "finn"}
    assert older.whispers == []


async def test_a_note_that_nobody_would_read_is_refused_instead_of_lost(circle: Circle) -> None:
    fay, ada = await circle.people("Ada")
    with pytest.raises(Refused, match="not_now"):
        await fay.whisper("line", text=own("words"))
    await fay.close()
    await ada.until(lambda view: not all(seat["present"] for seat in view["seats"]))
    with pytest.raises(Refused, match="not_now"):
        await ada.whisper("note", text=own("words"))
    await circle.back(fay)
    await ada.until(lambda view: all(seat["present"] for seat in view["seats"]))
    assert await ada.whisper("note", text=own("words")) == {"ok": True}


async def test_no_circle_hears_the_whispers_of_another_one(serving: Serving) -> None:
    async with Circle(serving.base) as one, Circle(serving.base) as other:
        ring = await Ring(one).gather()
        there = await other.people("Wren")
        await ring.says("ada", "share")
        assert set(await ring.heard()) == set(ring.inside)
        await there[0].command("lock", on=True)
        for line in there:
            await line.until(lambda view: view["locked"])
            assert line.whispers == []


async def test_a_whisper_changes_no_circle(ring: Ring) -> None:
    newest = max(line.view["version"] for line in ring.inside.values())
    for line in ring.inside.values():
        await line.until(lambda view: view["version"] == newest)
    await ring.says("ada", "share")
    await ring.says("bo", "note")
    for line in ring.inside.values():
        views = [data["version"] for event, data in line.received if event == "view"]
        assert views[-1] == newest
    await ring["fay"].until_whisper(lambda told: told["type"] == "note")


@pytest.fixture
async def still() -> AsyncIterator[Ring]:
    """Where no time passes, so that no bucket is ever filled again."""
    with Serving(now=lambda: STILL) as serving:
        async with Circle(serving.base) as circle:
            ring = await Ring(circle).gather()
            await ring.floor("open")
            yield ring


@pytest.mark.parametrize("kind", sorted(WHISPERS))
async def test_each_kind_has_its_own_limit_by_seat_and_coming_back_gives_nobody_more(still: Ring, kind: str) -> None:
    who, fields = "fay", {"reaction": "thanks"} if kind == "reaction" else {}
    if kind == "share":
        await still.floor("round")
        await gives(still["fay"], still["ada"])
        who = "ada"
    most = int(WHISPERS[kind][1])
    for _ in range(most):
        assert await still.says(who, kind, **fields) == {"ok": True}
    with pytest.raises(Refused, match="busy"):
        await still.says(who, kind, **fields)
    still.inside[who] = await still.circle.back(still[who])
    await still[who].until(lambda view: seated(view, [still[who]]))
    with pytest.raises(Refused, match="busy"):
        await still.says(who, kind, **fields)
    assert await still.says("finn", "note") == {"ok": True}
    assert sum(event == "whisper" for event, _ in still["finn"].received) == most + 1


async def test_a_flood_of_whispers_ends_the_socket_that_sends_it_and_nobody_else_notices(ring: Ring) -> None:
    async with Raw(ring.circle.base) as raw:
        await raw.join({"v": 1, "rid": ring.circle.secret.rid, "token": ring["bo"].token})
        note = {"type": "note", "text": own("words")}
        for number in range(1000):
            await raw.say(f"42{number}" + json.dumps(["whisper", note]))
        await raw.until_closed()
    del ring.inside["bo"]
    assert all(len(told) <= WHISPERS["note"][1] + 1 for told in (await ring.heard()).values())


async def test_a_text_of_the_longest_length_is_passed_on_and_a_longer_one_is_not(ring: Ring) -> None:
    longest = own("x" * 4094, PAGE)
    assert await ring.says("ada", "share", text=longest) == {"ok": True}
    with pytest.raises(Refused, match="malformed"):
        await ring.says("ada", "share", text=own("x", PAGE + 3))
    with pytest.raises(Refused, match="malformed"):
        await ring.says("ada", "note", text=longest)
    assert [told["text"] for told in (await ring.heard())["olive"]] == [longest]


async def test_a_packet_beyond_the_limit_ends_its_socket_unread(ring: Ring) -> None:
    async with Raw(ring.circle.base) as raw:
        await raw.join({"v": 1, "rid": ring.circle.secret.rid, "token": ring["bo"].token})
        await raw.say('42["whisper",' + json.dumps({"type": "note", "text": "x" * 9000}) + "]")
        await raw.until_closed()
    del ring.inside["bo"]
    assert await ring.heard() == {}


async def test_whispers_and_moves_of_the_stick_that_cross_never_tell_an_old_turn(ring: Ring) -> None:
    ada, bo = ring["ada"], ring["bo"]
    text, turn = own("words"), ada.view["turn"]
    await asyncio.gather(
        ada.emit("whisper", {"type": "share", "turn": turn, "text": text}),
        ada.emit("command", {"type": "pass", "turn": turn, "to": bo.seat}),
        ada.emit("whisper", {"type": "share", "turn": turn, "text": text}),
    )
    await bo.until(lambda view: stick(view) == ("offered", bo.seat))
    await ring.heard()
    for line in ring.inside.values():
        turns = [data["turn"] for _, data in line.received if data.get("at") == "circle" or data.get("type") == "share"]
        assert turns == sorted(turns), "a share of a turn comes before the view in which it is over"
