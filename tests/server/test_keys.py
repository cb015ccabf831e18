"""The event `keys` over real sockets: commits in one order, each with the own wrap, before the view; then the switch."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from rooms.opaque import letters
from rooms.wire import MOST_BYTES_OF_KEYS
from server.rates import COMMANDS, KEYS
from tests.bots.signaling import Line, Refused
from tests.builders import a_commit, boxes, introduction, sealed, wrap
from tests.redis_server import RedisServer
from tests.server.people import Circle, knocks, lets_in, seal, seated
from tests.server.raw import Raw
from tests.serving import FAST, Serving, settings

STILL = 1_790_000_000.0


class Ring:
    """Fay, Ada and Bo by sockets that keep every text; Ned waits at the door."""

    def __init__(self, circle: Circle, raws: dict[str, Raw], ids: dict[str, str], ned: Line) -> None:
        self.circle, self.raws, self.ids, self.ned = circle, raws, ids, ned
        self._asked = 0

    def commit(self, n: int, *names: str, **fields: Any) -> dict[str, Any]:
        return {"type": "commit", **a_commit(n, *(self.ids[name] for name in names or self.ids)), **fields}

    async def says(self, name: str, data: Any, event: str = "keys") -> Any:
        """Its ack."""
        self._asked += 1
        (answer,) = await self.raws[name].ask(event, data, number=self._asked)
        return answer

    async def told(self, name: str) -> dict[str, Any]:
        return json.loads((await self.raws[name].until('42["keys"'))[2:])[1]


async def ring_in(stack: AsyncExitStack, circle: Circle) -> Ring:
    lines = await circle.people("Ada", "Bo")
    ned = await circle.waiting("Ned")
    raws: dict[str, Raw] = {}
    for name, line in zip(("fay", "ada", "bo"), lines, strict=True):
        raws[name] = await stack.enter_async_context(Raw(circle.base))
        await raws[name].join({"v": 1, "rid": circle.secret.rid, "token": line.token})
    return Ring(circle, raws, {name: line.seat or "" for name, line in zip(raws, lines, strict=True)}, ned)


@pytest.fixture
async def ring(circle: Circle) -> AsyncIterator[Ring]:
    async with AsyncExitStack() as stack:
        yield await ring_in(stack, circle)


async def test_everybody_inside_gets_a_commit_with_the_own_wrap_and_nobody_at_the_door_hears_of_it(ring: Ring) -> None:
    commit = ring.commit(1, "fay", "ada")
    assert await ring.says("fay", commit) == {"ok": True}
    for name in ("fay", "ada", "bo"):
        told = await ring.told(name)
        expected = {key: value for key, value in commit.items() if key != "wraps"}
        assert told == {**expected, "wrap": None if name == "bo" else wrap(f"{ring.ids[name]}-1")}
    assert not any(event == "keys" for event, _ in ring.ned.received)
    assert "epoch" not in ring.ned.view


def counted(text: str) -> int:
    """How many commits a view counts; 0 for what is no view."""
    event, said = json.loads(text[2:]) if text.startswith("42[") else ("", {})
    return said["epoch"] if event == "view" else 0


async def test_a_commit_comes_before_the_view_that_counts_it(ring: Ring) -> None:
    for n in (1, 2, 3):
        for raw in ring.raws.values():
            raw.texts.clear()
        await ring.says("ada", ring.commit(n))
        await ring.says("fay", {"type": "lock", "on": n % 2 == 1}, event="command")
        for raw in ring.raws.values():
            await raw.until_some(lambda text, on=n % 2 == 1: f'"locked":{str(on).lower()}' in text)
            first = next(at for at, text in enumerate(raw.texts) if counted(text) == n)
            assert any(f'42["keys",{{"n":{n},"roster"' in text for text in raw.texts[:first])


async def test_when_all_have_installed_it_all_are_told_to_switch(ring: Ring) -> None:
    slow = FAST.evolve(switch=60.0)
    async with AsyncExitStack() as stack:
        serving = stack.enter_context(Serving(slow))
        patient = await ring_in(stack, await stack.enter_async_context(Circle(serving.base)))
        await patient.says("fay", patient.commit(1))
        for name in patient.ids:
            await patient.told(name)
        for name in patient.ids:
            assert not any('"type":"switch"' in text for raw in patient.raws.values() for text in raw.texts)
            assert await patient.says(name, {"type": "installed", "n": 1}) == {"ok": True}
        for name in patient.ids:
            assert await patient.told(name) == {"n": 1, "type": "switch"}


async def test_whoever_never_installs_it_holds_nobody_up_for_long(ring: Ring) -> None:
    await ring.says("fay", ring.commit(1))
    for name in ring.ids:
        await ring.told(name)
        assert await ring.told(name) == {"n": 1, "type": "switch"}


async def test_of_two_who_commit_at_once_one_is_too_late_and_can_fetch_what_was_first(ring: Ring) -> None:
    assert await ring.says("fay", ring.commit(1)) == {"ok": True}
    assert await ring.says("ada", ring.commit(1)) == {"refused": "stale"}
    answer = await ring.says("ada", {"type": "fetch", "after": 0})
    (missed,) = answer["commits"]
    assert missed == await ring.told("ada")


async def test_who_was_away_fetches_what_they_missed_with_their_wrap_in_the_last(ring: Ring) -> None:
    for n in (1, 2, 3):
        await ring.says("fay", ring.commit(n))
    answer = await ring.says("bo", {"type": "fetch", "after": 1})
    assert [(one["n"], one["wrap"]) for one in answer["commits"]] == [(2, None), (3, wrap(f"{ring.ids['bo']}-3"))]
    assert await ring.says("bo", {"type": "fetch", "after": 3}) == {"ok": True, "commits": []}


async def test_what_no_rule_allows_is_refused_and_nobody_is_told(ring: Ring) -> None:
    assert await ring.says("fay", ring.commit(1)) == {"ok": True}
    for name in ring.ids:
        await ring.told(name)
    refusals = [
        ("ada", ring.commit(2, "fay", "ada"), "not_yours"),
        ("ada", {**ring.commit(2), "wraps": {"Ab3-_xyzXYZ": wrap("x")}}, "no_such_seat"),
        ("ada", ring.commit(3), "stale"),
        ("ada", {**ring.commit(2), "roster": "A" * 190}, "malformed"),
        ("ada", {"type": "switch", "n": 1}, "malformed"),
        ("ada", {"type": "accept", "turn": 1}, "malformed"),
    ]
    for name, data, code in refusals:
        assert await ring.says(name, data) == {"refused": code}
    assert await ring.says("ada", ring.commit(2), event="command") == {"refused": "malformed"}
    for line in (ring.ned, await ring.circle.at_door()):
        for data in (ring.commit(2), {"type": "installed", "n": 1}, {"type": "fetch", "after": 0}):
            with pytest.raises(Refused, match="not_yours"):
                await line.call("keys", data)
    assert not any('"n":2' in text for raw in ring.raws.values() for text in raw.texts)


async def test_the_longest_commit_comes_through_and_a_longer_packet_ends_its_socket(ring: Ring) -> None:
    longest = {"roster": "A" * letters(70 + 32 * 148), "block": "A" * letters(8220)}
    assert await ring.says("fay", ring.commit(1, **longest)) == {"ok": True}
    assert (await ring.told("bo"))["block"] == longest["block"]
    await ring.raws["bo"].say('42["keys","' + "x" * MOST_BYTES_OF_KEYS + '"]')
    await ring.raws["bo"].until_closed()
    assert await ring.says("fay", ring.commit(2)) == {"ok": True}


async def test_a_removed_seat_is_told_nothing_more_and_its_token_opens_nothing(ring: Ring) -> None:
    await ring.says("fay", ring.commit(1))
    await ring.told("bo")
    assert await ring.says("fay", {"type": "remove", "seat": ring.ids["bo"]}, event="command") == {"ok": True}
    assert "removed" in await ring.raws["bo"].until('42["ended"')
    ring.raws["bo"].texts.clear()
    assert await ring.says("fay", ring.commit(2, "fay", "ada")) == {"ok": True}
    await ring.raws["bo"].until_closed()
    assert not any(text.startswith(('42["keys"', '42["view"')) for text in ring.raws["bo"].texts)
    spent = next(line.token for line in ring.circle.lines if line.seat == ring.ids["bo"])
    async with Raw(ring.circle.base) as raw:
        assert "unknown" in await raw.join({"v": 1, "rid": ring.circle.secret.rid, "token": spent})


async def test_commits_outlive_the_process_with_their_circle(redis_server: RedisServer) -> None:
    redis_server.ask("FLUSHALL")
    first = settings(REDIS_URL=redis_server.url, CIRCLE_SECRET="s" * 43)
    with Serving(given=first) as serving:
        async with Circle(serving.base) as circle:
            fay = await circle.facilitator()
            await fay.call("keys", {"type": "commit", **a_commit(1, fay.seat or "")})
    again = settings(REDIS_URL=redis_server.url, CIRCLE_SECRET="s" * 43)
    with Serving(given=again) as serving:
        async with Circle(serving.base, circle.secret, there=True) as there:
            back = await there.back(fay)
            view = await back.until(lambda view: view["at"] == "circle")
            answer = await back.call("keys", {"type": "fetch", "after": 0})
            assert (view["epoch"], [one["wrap"] for one in answer["commits"]]) == (1, [wrap(f"{fay.seat}-1")])


async def test_who_keeps_the_door_is_seen_there_and_boxes_come_again_for_who_keeps_it_now(circle: Circle) -> None:
    fay = await circle.facilitator()
    ned = await circle.at_door()
    await knocks(ned, "Ned")
    finn = await circle.facilitator()
    view = await ned.until(lambda view: len(view["keepers"]) == 2)
    assert view["keepers"] == [
        {"seat": fay.seat, "key": sealed("door", 137)},
        {"seat": finn.seat, "key": sealed("door", 137)},
    ]
    await ned.command("introduce", boxes=boxes(fay.seat or "", finn.seat or ""))
    shown = await finn.until(lambda view: bool(view["knocks"]) and len(view["knocks"][0]["boxes"]) == 2)
    assert set(shown["knocks"][0]["boxes"]) == {fay.seat, finn.seat}


async def test_who_has_lost_their_keys_shows_new_ones_and_needs_who_keeps_the_door(circle: Circle) -> None:
    fay, ada, bo = await circle.people("Ada", "Bo")
    name = seal("Ada")
    await ada.command("introduce", keys=introduction("Ada", 0), name=name, boxes=boxes(fay.seat or ""))
    seen = {}
    for who, line in (("fay", fay), ("bo", bo)):
        view = await line.until(lambda view: any(seat["id"] == ada.seat and seat["keys"] for seat in view["seats"]))
        seen[who] = next(seat for seat in view["seats"] if seat["id"] == ada.seat)
    assert (seen["fay"]["name"], seen["bo"]["name"], seen["bo"]["boxes"]) == (name, None, None)


@pytest.fixture
async def still() -> AsyncIterator[Circle]:
    """Where no time passes, so that no bucket is ever filled again."""
    with Serving(now=lambda: STILL) as serving:
        async with Circle(serving.base) as circle:
            yield circle


@pytest.mark.parametrize("kind", sorted(KEYS))
async def test_each_kind_has_its_own_limit_by_seat(still: Circle, kind: str) -> None:
    fay = await still.facilitator()
    said: dict[str, Callable[[int], dict[str, Any]]] = {
        "commit": lambda n: a_commit(n, fay.seat or ""),
        "installed": lambda n: {"n": n},
        "fetch": lambda n: {"after": n},
    }
    most = int(KEYS[kind][1])
    for n in range(1, most + 1):
        assert (await fay.call("keys", {"type": kind, **said[kind](n)}))["ok"]
    with pytest.raises(Refused, match="busy"):
        await fay.call("keys", {"type": kind, **said[kind](most + 1)})
    finn = await still.facilitator()
    await lets_in(finn, await still.waiting("Ada"))


async def test_a_hand_that_goes_up_and_down_without_end_is_refused_and_others_still_raise_theirs(still: Circle) -> None:
    fay, ada, bo = await still.people("Ada", "Bo")
    for number in range(int(COMMANDS["raise_hand"][1])):
        await ada.command("raise_hand", up=number % 2 == 0)
    with pytest.raises(Refused, match="busy"):
        await ada.command("raise_hand", up=True)
    assert await bo.command("raise_hand", up=True) == {"ok": True}
    await fay.until(lambda view: seated(view, [bo]) and view["seats"][2]["hand"] == 1)


async def test_answers_at_the_door_have_a_rate_too(still: Circle) -> None:
    fay = await still.facilitator()
    ned = await still.waiting("Ned")
    await fay.command("ask_knock", seat=ned.seat, words=sealed("who", 1052))
    await ned.until(lambda view: view["question"] is not None)
    for number in range(int(COMMANDS["answer_knock"][1])):
        await ned.command("answer_knock", words=sealed(f"me-{number}", 1052))
    with pytest.raises(Refused, match="busy"):
        await ned.command("answer_knock", words=sealed("me", 1052))
