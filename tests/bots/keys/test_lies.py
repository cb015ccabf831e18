"""A server that changes, withholds, repeats and makes up: nobody is fooled, and what can be mended is mended."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.bots.keys import beat, commit, introduction
from tests.bots.keys.identity import Pair
from tests.bots.keys.octets import b64, unb64
from tests.bots.keys.roster import Roster
from tests.bots.keys.simulated import Page, Server

Trio = tuple[Server, Page, Page, Page]


@pytest.fixture
async def trio() -> Trio:
    """Fay facilitates; Ada and Bo were let in."""
    server = Server()
    fay = await server.enters("Fay")
    ada = await server.lets_in(fay, "Ada")
    bo = await server.lets_in(fay, "Bo")
    await server.passes(2)
    return server, fay, ada, bo


def to(whom: Page, which: str, change: Callable[[Any], Any]) -> Callable[[Page, str, Any], Any]:
    """What goes to one page and is of that type is changed."""

    def lie(page: Page, event: str, data: Any) -> Any:
        hit = page is whom and (event == which or (event == "keys" and data["type"] == which))
        return change(data) if hit else data

    return lie


def _flip(text: str) -> str:
    data = bytearray(unb64(text))
    data[len(data) // 2] ^= 1
    return b64(bytes(data))


async def turns(server: Server, fay: Page) -> None:
    """A commit, since somebody comes."""
    await server.lets_in(fay, "Cy")


@pytest.mark.parametrize("field", ["roster", "confirm", "signature", "block", "wrap"])
async def test_a_commit_changed_anywhere_is_not_taken_and_the_true_one_is_fetched(trio: Trio, field: str) -> None:
    server, fay, ada, _ = trio
    server.lies = to(ada, "commit", lambda data: {**data, field: _flip(data[field])})
    await turns(server, fay)
    assert ada.n == fay.n  # by fetch, as soon as the view tells of it
    server.lies = lambda _page, _event, data: data
    assert ada.people == fay.people


@pytest.mark.parametrize("value", [None, 7, "", "=", "AAAA", {}, "A" * 100])
@pytest.mark.parametrize("field", ["roster", "confirm", "signature", "block", "wrap", "n"])
async def test_and_one_that_is_no_commit_at_all_does_no_harm(trio: Trio, field: str, value: object) -> None:
    server, fay, ada, _ = trio
    server.lies = to(ada, "commit", lambda data: {**data, field: value})
    await turns(server, fay)
    assert ada.n == fay.n


async def test_a_commit_that_never_comes_and_cannot_be_fetched_leaves_the_old_keys_and_is_noticed(trio: Trio) -> None:
    server, fay, ada, _ = trio
    n = ada.n
    server.lies = to(ada, "commit", lambda data: None)
    _hide(server, ada)
    await turns(server, fay)
    assert ada.n == n
    await server.passes(9)
    assert not ada.keys.apart
    await server.passes(12)
    assert ada.keys.apart
    assert not fay.keys.apart


def _hide(server: Server, of: Page) -> None:
    """Fetches give nothing."""
    keys = server.keys

    def hidden(page: Page, message: dict[str, Any]) -> dict[str, Any]:
        hides = page is of and message["type"] == "fetch"
        return {"ok": True, "commits": []} if hides else keys(page, message)

    server.keys = hidden  # type: ignore[method-assign]


async def test_an_old_commit_said_again_changes_nothing(trio: Trio) -> None:
    server, fay, ada, _ = trio
    n, head = ada.n, ada.keys.epoch and ada.keys.epoch.head
    for old in server.taken:
        server.send(ada, "keys", {**old, "type": "commit", "wrap": old["wraps"].get(b64(ada.seat))})
        await server.settles()
    assert (ada.n, ada.keys.epoch and ada.keys.epoch.head) == (n, head)
    assert fay.n == n


async def test_a_wrap_meant_for_somebody_else_is_no_use(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.lies = to(ada, "commit", lambda data: {**data, "wrap": server.taken[-1]["wraps"][b64(bo.seat)]})
    n = ada.n
    _hide(server, ada)
    await turns(server, fay)
    assert ada.n == n
    assert ada.keys.standing.refused == "wrap"


def forged(of: Page, by: Pair, change: Callable[[Roster], Roster] = lambda roster: roster) -> dict[str, Any]:
    """A commit after the one that this page has."""
    epoch = of.keys.epoch
    assert epoch is not None
    new = change(epoch.roster._replace(n=epoch.roster.n + 1, prev=epoch.head, by=by.mid))
    made, theirs = commit.build(by, new, epoch.block)
    return commit.wire(made, theirs.secret)


def without_power(roster: Roster) -> Roster:
    return roster._replace(entries=tuple(replace(entry, certificate=None) for entry in roster.entries))


async def test_a_commit_that_the_server_makes_itself_is_believed_by_nobody(trio: Trio) -> None:
    server, fay, ada, bo = trio
    n = ada.n or 0
    own = Pair.make()
    server.take(forged(ada, own))
    await server.passes(5)
    # Who leads goes on after it, and all follow.
    for page in (fay, ada, bo):
        assert page.n == n + 2
        assert n + 1 not in page.installed


async def test_a_member_who_takes_power_away_is_believed_by_nobody_and_outdone_by_who_leads(trio: Trio) -> None:
    server, fay, ada, bo = trio
    n = ada.n or 0
    server.take(forged(bo, bo.keys.pair, without_power))
    await server.passes(15)
    for page in (fay, ada):
        assert page.n == n + 2
        assert n + 1 not in page.installed
    assert not ada.keys.apart
    assert not ada.keys.standing.unsure


async def test_a_ghost_in_the_view_is_in_nobodys_keys(trio: Trio) -> None:
    server, fay, ada, _ = trio
    ghost = {"id": b64(bytes(8)), "role": "member", "duties": [], "present": True}
    keys = {"keys": b64(introduction.stranger(Pair.make().public).raw), "name": None, "boxes": None}
    server.lies = lambda _page, event, data: (
        {**data, "seats": [*data["seats"], {**ghost, **keys}]} if event == "view" else data
    )
    server.tell()
    await server.passes(20)
    assert set(fay.people) == set(ada.people) == {"Fay", "Ada", "Bo"}


async def test_an_introduction_said_again_by_the_server_lets_nobody_in_who_has_not_those_keys(trio: Trio) -> None:
    server, fay, ada, bo = trio
    fresh = await server.reloads(bo)
    await server.passes(3)
    said = next(data for data in server.said if data["type"] == "introduce")
    again = await server.reloads(fresh)
    server.seats[bo.seat]["keys"] = said["keys"]
    server.tell()
    await server.passes(20)
    assert ada.n == fay.n
    assert again.keys.pair.mid in (fay.keys.epoch.roster.mids if fay.keys.epoch else ())


async def test_a_proof_for_one_seat_is_none_for_another(trio: Trio) -> None:
    server, fay, _, bo = trio
    fresh = await server.reloads(bo)
    await server.passes(2)
    said = next(data for data in server.said if data["type"] == "introduce")
    eve = Page(server, "Eve")
    server.sits(eve, keys=said["keys"])
    await server.passes(20)
    assert eve.n is None
    assert fresh.n == fay.n
    assert eve.seat not in (fay.keys.epoch.roster.seats if fay.keys.epoch else ())


async def test_a_reloaded_page_is_not_led_into_a_circle_that_the_server_made_up(trio: Trio) -> None:
    """All in it are the server's: it has no certificate of this root, and does not know the link."""
    server, _, ada, _ = trio
    n = ada.n or 0
    fresh = Page(server, "Ada", resume=ada.keys.resume)
    server.comes(fresh)
    own = Pair.make()
    epoch = ada.keys.epoch
    assert epoch is not None
    entries = (
        replace(epoch.roster.entries[0], keys=own.public, certificate=None),
        replace(epoch.roster.at(ada.seat) or epoch.roster.entries[1], keys=fresh.keys.pair.public),
    )
    made_up = Roster(epoch.roster.rid, n + 1, bytes(32), own.mid, entries)
    made, theirs = commit.build(own, made_up, epoch.block._replace(link=bytes(32)))
    await fresh.take()
    wrapped = commit.wire(made, theirs.secret)["wraps"][b64(ada.seat)]
    server.send(fresh, "keys", {**commit.wire(made, theirs.secret), "type": "commit", "wrap": wrapped})
    await fresh.take()
    assert fresh.n is None
    assert fresh.keys.standing.refused == "block"


async def test_somebody_removed_and_no_new_keys_and_sending_stops(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.refuses = "busy"
    server.removes(bo)
    await server.passes(1.25)
    assert ada.keys.sends == ada.n
    await server.passes(0.5)
    assert ada.keys.sends is None
    assert fay.switched[-1] is None
    told = len(fay.switched)
    await server.passes(5)
    assert len(fay.switched) == told
    server.refuses = None
    await server.passes(2)
    assert ada.keys.sends == ada.n == fay.keys.sends


async def test_a_switch_that_is_never_told_is_made_after_a_moment(trio: Trio) -> None:
    server, fay, ada, _ = trio
    server.lies = to(ada, "switch", lambda data: None)
    await turns(server, fay)
    n = fay.n
    assert ada.n == n
    assert ada.keys.sends != n
    await server.passes(1.5)
    assert ada.keys.sends == n


async def test_who_stopped_since_somebody_was_not_shown_goes_on_when_they_are(trio: Trio) -> None:
    server, _, ada, bo = trio
    server.lies = to(
        ada, "view", lambda view: {**view, "seats": [one for one in view["seats"] if one["id"] != b64(bo.seat)]}
    )
    server.refuses = "not_yours"
    server.tell()
    await server.passes(2)
    assert ada.keys.sends is None
    server.lies = lambda _page, _event, data: data
    server.tell()
    await server.passes(1)
    assert ada.keys.sends == ada.n


async def test_without_the_word_to_switch_who_was_removed_is_out_within_a_second(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.lies = to(ada, "switch", lambda data: None)
    server.removes(bo)
    await server.passes(0.75)
    assert ada.keys.sends == fay.n


async def test_a_heartbeat_that_is_forged_changed_or_said_again_counts_for_nothing(trio: Trio) -> None:
    server, fay, ada, bo = trio
    assert fay.keys.epoch is not None
    true = beat.make(fay.keys.epoch, fay.keys.pair, server.now + 100)
    lies = (
        beat.make(fay.keys.epoch, bo.keys.pair, server.now),  # no power to send one
        true._replace(n=true.n + 1),
        true._replace(head=bytes(32)),
        true._replace(mid=ada.keys.pair.mid),
    )
    for lie in lies:
        assert not ada.keys.pulse.take(lie, fay.keys.epoch, server.now)
    assert ada.keys.pulse.take(true, fay.keys.epoch, server.now)
    assert not ada.keys.pulse.take(true, fay.keys.epoch, server.now)


async def test_without_the_facilitators_sign_for_a_minute_one_is_told_while_somebody_could_give_it(trio: Trio) -> None:
    server, fay, ada, _ = trio
    server.lies = lambda page, event, data: None if event == "beat" and page is ada else data
    await server.passes(70)
    assert ada.keys.silent
    assert not fay.keys.silent
    server.drops(fay)
    await server.passes(1)
    assert not ada.keys.silent
    server.lies = lambda _page, _event, data: data
    server.comes(fay)
    await server.passes(12)
    assert not ada.keys.silent


async def test_nothing_that_a_server_shows_makes_a_circle_commit_without_end(trio: Trio) -> None:
    server, fay, _, bo = trio
    await server.reloads(bo)
    said = server.said[-1]["keys"]
    n = fay.n or 0
    server.lies = lambda _page, event, data: _said_again(data, b64(bo.seat), said) if event == "view" else data
    server.tell()
    await server.passes(20)
    assert 1 <= (fay.n or 0) - n <= 2 * 5  # each of two pages, every five seconds


def _said_again(view: dict[str, Any], seat: str, keys: str) -> dict[str, Any]:
    """That seat introduces itself for ever, with keys that are on the roster."""
    return {**view, "seats": [{**one, "keys": keys} if one["id"] == seat else one for one in view["seats"]]}


async def test_who_would_stand_in_gives_the_sign_while_the_facilitator_is_away(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.successor = b64(ada.seat)
    server.tell()
    await server.passes(2)
    server.drops(fay)
    await server.passes(90)
    assert not bo.keys.silent
    assert not bo.keys.apart
    server.lies = lambda _page, event, data: None if event == "beat" else data
    await server.passes(70)
    assert bo.keys.silent
