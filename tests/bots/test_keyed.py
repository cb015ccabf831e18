"""Circles on a real server whose sound, pictures and words only those inside can read: bots make the keys, the relay forwards."""

from dataclasses import replace
from typing import Any

import pytest

from tests.bots import links
from tests.bots.gathering import Gathering, gathering
from tests.bots.keys import commit, frames
from tests.bots.keys.living import Keys
from tests.bots.keys.octets import Bad
from tests.bots.keys.roster import Roster
from tests.bots.measure import Measures
from tests.bots.member import Member
from tests.bots.participant import Participant
from tests.bots.rogue import Rogue
from tests.bots.signaling import Refused

HZ = {"Ada": 300.0, "Bo": 440.0, "Cy": 600.0}


async def three(circle: Gathering) -> list[Member]:
    """Ada facilitates, Bo and Cy were let in; all have said that their cameras are on."""
    ada = await circle.begins(Member(circle.links.facilitators, "Ada", hz=HZ["Ada"]))
    people = [ada, *[await circle.joins(Member(circle.links.members, name, hz=HZ[name])) for name in ("Bo", "Cy")]]
    await ada.line.until(lambda view: all(seat["camera"] for seat in view["seats"]))
    return people


async def hears(listener: Member, of: Member) -> None:
    listener.subscriber.measures = Measures()
    await listener.subscriber.until(lambda: listener.subscriber.measures.hears(of.seat, of.hz))


def opened(listener: Member, of: Member, kind: str = "audio") -> int:
    return listener.subscriber.frames[of.seat, kind]["opened"]


async def agree(*people: Participant) -> None:
    """Until all have the same epoch, with just these in it."""
    for one in people:
        await one.until_keyed()
        await one.line.until(lambda _view, one=one: epoch_of(one) == epoch_of(people[0]))


def held(one: Participant) -> Keys:
    assert one.keyed.keys is not None
    return one.keyed.keys


def epoch_of(one: Participant) -> bytes | None:
    return one.keyed.epoch.head if one.keyed.epoch else None


async def test_whoever_was_let_in_hears_and_knows_the_others_by_name() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        assert list(ada.names().values()) == list(cy.names().values()) == ["Ada", "Bo", "Cy"]
        await ada.offer(bo)
        await bo.accept()
        await hears(ada, bo)
        await hears(cy, bo)
        await cy.subscriber.until(lambda: cy.subscriber.measures.pictures[ada.seat] > 0)
        assert set(cy.subscriber.frames[bo.seat, "audio"]) == {"opened"}


async def test_nothing_of_the_server_is_a_name_a_word_or_a_sound() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        listener = await circle.joins(Rogue(circle.links.members, "Rosalinde"))
        await ada.offer(bo)
        await bo.accept()
        await bo.share("It was a long week.")
        await listener.listener.until(lambda: len(listener.heard()) > 10)
        for packet in listener.listener.packets:
            # A browser's or aiortc's Opus begins with its TOC; here stands a header with the sender's number and epoch.
            if int.from_bytes(packet[8:12], "big") == await listener.stream(bo.seat):
                header = (
                    12 + 4 * (packet[0] & 15) + (4 + 4 * int.from_bytes(packet[14:16], "big") if packet[0] & 16 else 0)
                )
                parts = frames.split("audio", packet[header:])
                entry = cy.keyed.epoch and cy.keyed.epoch.roster.of(held(bo).pair.mid)
                assert entry is not None
                assert parts.kid >> 8 == entry.index
        told = str(ada.line.received) + str(listener.line.received)
        assert not any(word in told for word in ("Rosalinde", "long week"))


async def test_words_are_read_by_all_inside_and_are_their_authors_own() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        await ada.asks_all("What carried you through this week?")
        await cy.until_sees(prompt="What carried you through this week?")
        await ada.offer(bo)
        await bo.accept()
        await bo.share("It was a long week.")
        for one in (ada, cy):
            told = await one.line.until_whisper(lambda told: told["type"] == "share")
            assert one.read(told) == "It was a long week."
            with pytest.raises(Bad, match="another author"):
                one.read(told | {"by": cy.seat})


async def test_who_comes_in_later_reads_the_cards_that_were_there_before() -> None:
    async with gathering() as circle:
        _, bo, cy = await three(circle)
        await cy.checks_in("share", "quiet today", open_=True)
        await bo.until_sees(cards={"Cy": "share: quiet today"})
        di = await circle.joins(Member(circle.links.members, "Di"))
        await di.until_sees(cards={"Cy": "share: quiet today"})


async def test_the_key_changes_with_every_one_who_comes_or_goes_and_the_sound_goes_on() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        await ada.offer(bo)
        await bo.accept()
        await hears(ada, bo)
        before = ada.keyed.epoch
        await ada.line.command("remove", seat=cy.seat)
        await agree(ada, bo)
        assert before is not None
        assert ada.keyed.epoch is not None
        assert ada.keyed.epoch.roster.n > before.roster.n
        await ada.line.until(lambda _view: bo.keyed.keys is not None and bo.keyed.keys.sends == ada.keyed.n)
        await hears(ada, bo)
        assert cy.keyed.n == before.roster.n
        assert ada.subscriber.frames[bo.seat, "audio"].keys() == {"opened"}


async def test_who_was_removed_can_open_nothing_of_what_is_said_after() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        await ada.line.command("remove", seat=cy.seat)
        await agree(ada, bo)
        word = bo.seal("Now we are two.", "line", bo.seat)
        assert ada.unseal(word, "line", bo.seat) == "Now we are two."
        with pytest.raises(Bad):
            cy.unseal(word, "line", bo.seat)
        prompt = ada.seal("What now?", "prompt")
        with pytest.raises(Bad):
            cy.unseal(prompt, "prompt")
        assert bo.unseal(prompt, "prompt") == "What now?"


async def test_after_a_cut_or_a_reload_one_sits_there_again_without_a_press() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        await ada.offer(bo)
        await bo.accept()
        for reload in (False, True):
            await cy.close()
            await ada.line.until(lambda view: not all(seat["present"] for seat in view["seats"]))
            await cy.sits_again(reload=reload)
            await agree(ada, bo, cy)
            await hears(cy, bo)
            assert cy.names() == ada.names()


async def test_a_reload_needs_no_facilitator() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        await ada.close()
        await cy.close()
        await cy.sits_again(reload=True)
        await bo.line.until(lambda _view: epoch_of(bo) == epoch_of(cy) is not None)
        assert cy.names()[bo.seat] == "Bo"


async def test_a_facilitators_reload_shows_a_fresh_key_at_the_door() -> None:
    async with gathering() as circle:
        ada, bo, _ = await three(circle)
        await ada.close()
        await ada.sits_again(reload=True)
        await bo.line.until(lambda _view: epoch_of(ada) == epoch_of(bo) is not None)
        di = await circle.joins(Member(circle.links.members, "Di"))
        assert di.names() == bo.names()


async def test_where_all_keys_are_lost_at_once_the_facilitator_begins_again_and_lets_the_others_in_by_a_press() -> None:
    async with gathering() as circle:
        ada = await circle.begins(Member(circle.links.facilitators, "Ada"))
        bo = await circle.joins(Member(circle.links.members, "Bo"))
        await ada.line.until(lambda view: all(seat["camera"] for seat in view["seats"]))
        for one in (ada, bo):
            await one.close()
        for one in (ada, bo):
            one.keyed.reload()
            await one.comes_back()
        await ada.line.until(lambda _view: ada.keyed.n is not None)
        assert bo.keyed.n is None
        await ada.keyed.take_in(bo.seat)
        await agree(ada, bo)
        assert ada.names() == bo.names()
        assert set(ada.names().values()) == {"Ada", "Bo"}


async def test_by_a_fresh_link_one_comes_in_and_those_inside_learn_it_with_the_keys() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        fresh = await ada.renews_link()
        await cy.line.until(lambda _view: fresh_link(cy) == links.parse(fresh).link)
        with pytest.raises(Refused, match="unknown"):
            await Member(circle.links.members, "Eve").knock()
        di = await circle.joins(Member(fresh, "Di"))
        await agree(ada, bo, cy, di)


def fresh_link(one: Participant) -> bytes | None:
    return one.keyed.epoch.block.link if one.keyed.epoch else None


async def test_facilitation_handed_on_is_power_over_the_keys_too() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        await ada.offers_lead(bo)
        await cy.line.until(lambda view: view["lead_to"] == bo.seat)
        assert cy.view["lead_box"] is None
        await bo.accepts_lead()
        await ada.close()
        di = Member(circle.links.members, "Di")
        circle.everybody.append(di)
        await di.knock()
        await bo.admit(di)
        await di.sit()
        await agree(bo, cy, di)
        assert di.names() == cy.names()


async def test_who_sits_by_the_servers_word_alone_hears_nothing() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        await ada.offer(bo)
        await bo.accept()
        cy.keyed.opening.wipe()
        await cy.subscriber.until(lambda: cy.subscriber.frames[bo.seat, "audio"]["no key"] > 10)
        count = opened(cy, bo)
        await cy.subscriber.until(lambda: cy.subscriber.frames[bo.seat, "audio"]["no key"] > 20)
        assert opened(cy, bo) == count


async def test_a_patched_server_cannot_put_a_seats_sound_under_anothers_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        take, others = cy.subscriber.take, {bo.seat: ada.seat, ada.seat: bo.seat}

        async def lied(message: dict[str, Any]) -> None:
            tracks = {mid: {**of, "seat": others[of["seat"]]} for mid, of in message["tracks"].items()}
            await take({**message, "tracks": tracks})

        monkeypatch.setattr(cy.subscriber, "take", lied)
        await cy.subscriber.start()
        await ada.offer(bo)
        await bo.accept()
        await cy.subscriber.until(lambda: cy.subscriber.frames[ada.seat, "audio"]["another seat"] > 5)
        assert not cy.subscriber.measures.hears(ada.seat, bo.hz)


async def test_a_commit_by_which_a_member_takes_power_away_is_refused_by_all_and_mended_by_who_leads() -> None:
    async with gathering() as circle:
        ada, bo, cy = await three(circle)
        epoch = bo.keyed.epoch
        assert epoch is not None
        before = epoch.roster
        entries = tuple(replace(entry, certificate=None) for entry in before.entries)
        forged = Roster(before.rid, before.n + 1, epoch.head, held(bo).pair.mid, entries)
        made, theirs = commit.build(held(bo).pair, forged, epoch.block)
        await bo.line.call("keys", commit.wire(made, theirs.secret))
        await cy.line.until(lambda _view: cy.keyed.n == before.n + 2)
        await agree(ada, cy)
        assert ada.keyed.epoch is not None
        assert ada.keyed.epoch.roster.entries[0].certificate is not None
        assert forged.head not in {one.head for one in held(cy).shelf.epochs.values()}
