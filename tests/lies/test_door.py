"""A server that lies at the door: it offers keys of its own, changes or mixes up what passes there, and admits somebody by itself."""

from typing import Any, NamedTuple

import pytest

from tests.bots.keys import commit
from tests.bots.keys.octets import Bad, b64
from tests.bots.keys.roster import SITS, Entry, Roster
from tests.bots.participant import Participant
from tests.bots.signaling import Refused
from tests.lies.circle import Circle, circle
from tests.lies.edge import Told
from tests.lies.ghost import Ghost, Liar
from tests.lies.lies import About, all_of, put
from tests.lies.table import made


class Row(NamedTuple):
    field: str
    how: str

    def __str__(self) -> str:
        return f"{self.field} {self.how}"


TO_FAY = (
    Row("knocks.@Cy.boxes.@Fay", "alter"),
    Row("knocks.@Cy.boxes.@Fay", "withhold"),
    Row("knocks.@Cy.boxes", "knocks.@Di.boxes"),
    Row("knocks.@Cy.name", "alter"),
    Row("knocks.@Cy.name", "knocks.@Di.name"),
)
TO_CY = (Row("keepers.@Fay.key", "alter"), Row("keepers.@Fay", "withhold"), Row("keepers.@Fay.key", "keepers.@Eli.key"))
SWAPPED = (Row("knocks.@Cy.seat", "knocks.@Di.seat"),)


async def test_another_root_than_the_links_is_seen_before_anything_is_said() -> None:
    async with circle() as here:
        root = b64(Liar(here.fay).ground.root)
        here.edge.lie = lambda told: (
            [told._replace(data=put(told.data, "root", root, here.seat))] if told.to is None else [told]
        )
        cy = Participant(here.links.members, "Cy")
        with pytest.raises(ValueError, match="another circle's root"):
            await cy.knock()
        await cy.close()
        assert [told.name for told in here.edge.heard if told.to != here.fay.seat] == ["enter"]


async def test_a_door_key_of_the_servers_own_gets_no_box() -> None:
    async with circle() as here:
        own = Liar(here.fay).door_key
        here.edge.lie = lambda told: [told._replace(data=put(told.data, "keepers.@Fay.key", own, here.seat))]
        await here.knocks("Cy")
        await here.passes(5)
        assert all(told.data["boxes"] == {} for told in here.edge.heard if "boxes" in told.data)


@pytest.mark.parametrize("row", TO_CY, ids=str)
async def test_who_knocks_seals_their_keys_to_nobody_whom_the_link_does_not_vouch_for(row: Row) -> None:
    """And to who does not sit where the server says, in vain: the box opens nowhere."""
    async with circle() as here:
        await here.enters("Eli")
        await here.until(here.agree)
        here.edge.lie = made(About("Cy", "view", row.field), row.how, here)
        await here.knocks("Cy")
        await here.passes(2.5)
        await here.fay.line.until(lambda view: bool(view["knocks"]))
        with pytest.raises(Bad):
            here.fay.keyed.name_of_knock(here.fay.view["knocks"][0])
        assert here.strangers() == []


@pytest.mark.parametrize("row", TO_FAY, ids=str)
async def test_a_knock_that_was_changed_or_mixed_with_another_cannot_be_read_and_so_not_let_in(row: Row) -> None:
    async with circle() as here:
        await here.knocks("Di")
        await here.knocks("Cy")
        await both_boxed(here)
        here.edge.lie = made(About("Fay", "view", row.field), row.how, here)
        await here.fay.raises_hand()
        await here.fay.line.until(lambda view: any(seat["hand"] for seat in view["seats"]))
        knock = next(one for one in here.fay.view["knocks"] if one["seat"] == here.seat("Cy"))
        with pytest.raises(Bad):
            here.fay.keyed.name_of_knock(knock)


async def both_boxed(here: Circle) -> None:
    fay = here.fay
    await fay.line.until(
        lambda view: len(view["knocks"]) == 2 and all(fay.seat in one["boxes"] for one in view["knocks"])
    )


@pytest.mark.parametrize("row", SWAPPED, ids=str)
async def test_two_knocks_whose_seats_are_exchanged_bring_nobody_in_under_anothers_name(row: Row) -> None:
    async with circle("Ada") as here:
        await here.knocks("Di")
        await here.knocks("Cy")
        await both_boxed(here)
        here.edge.lie = made(About("Fay", "view", row.field), row.how, here)
        await here.fay.raises_hand()
        await here.fay.line.until(lambda view: any(seat["hand"] for seat in view["seats"]))
        await here.fay.keyed.let_in(here.seat("Cy") or "")  # whom Fay reads as Di
        await here.passes(10)
        assert here.keys("Cy").epoch is None
        assert here.keys("Di").epoch is None


async def test_who_is_told_that_they_have_anothers_seat_takes_no_keys_there() -> None:
    async with circle("Ada", "Bo") as here:
        bo = here.seat("Bo")
        here.edge.lie = lambda told: (
            [told._replace(data={**told.data, "seat": bo})] if told.event == "knock" else [told]
        )
        cy = Participant(here.links.members, "Cy")
        try:
            await cy.knock()
            own = next(one for one in here.edge.heard if one.name == "knock" and one.to is None and one.data["role"])
            assert own is not None
            await here.fay.line.until(lambda view: bool(view["knocks"]))
            await here.fay.keyed.let_in(here.fay.view["knocks"][0]["seat"])
            await here.passes(10)
            assert cy.keyed.epoch is None
        finally:
            await cy.close()


@pytest.mark.parametrize("kind", [0, 1, 2])
async def test_a_ghost_that_the_server_admits_by_itself_is_seen_by_all_and_has_no_keys(kind: int) -> None:
    async with circle("Ada", "Bo") as here:
        ghost = Ghost(here.links.members, "Ghost", kind)
        try:
            await ghost.sits_down(here.fay)
            await here.passes(20)
            await here.comes("Cy")
            await here.until(lambda: here.head("Cy") is not None)
            for name in here.people:
                assert ghost.seat in {seat["id"] for seat in here.people[name].view["seats"]}
                assert here.people[name].keyed.name_of(ghost.seat) is None
            wrapped = {seat for told in here.edge.heard if told.name == "commit" for seat in told.data["wraps"]}
            assert ghost.seat not in wrapped
            assert here.strangers() == []
            await here.until(lambda: len({here.head(name) for name in here.people}) == 1)
        finally:
            await ghost.close()


async def test_a_ghost_of_kind_0_can_be_read_by_nobody_and_so_not_let_in() -> None:
    async with circle("Ada") as here:
        ghost = Ghost(here.links.members, "Ghost", 0)
        try:
            await ghost.sits_down(here.fay)
            await here.fay.line.until(lambda view: any(seat["boxes"] for seat in view["seats"]))
            shown = next(seat for seat in here.fay.view["seats"] if seat["id"] == ghost.seat)
            with pytest.raises(Bad):
                here.fay.keyed.name_of_knock(shown)
        finally:
            await ghost.close()


# Keys of the server's own, inside.


def _made_up(here: Circle, to: str, change: str) -> dict[str, Any]:
    """A commit with the liar's secret, wrapped for this person, by the liar or in Fay's name."""
    liar, epoch = Liar(here.fay), here.keys("Ada").epoch
    assert epoch is not None
    theirs = here.keys(to)
    of_liar = Entry(bytes(8), liar.pair.public, 200, SITS, liar.certificate if change == "certificate" else None)
    victim = epoch.roster.at(theirs.seat) or Entry(theirs.seat, theirs.pair.public, 199, SITS, None)
    others = tuple(one for one in epoch.roster.entries if one != victim)
    entries = (*others, victim) if change == "in Fay's name" else (victim, of_liar)
    entries = tuple(sorted(entries, key=lambda one: one.index))
    by = epoch.roster.by if change == "in Fay's name" else liar.pair.mid
    new = Roster(epoch.roster.rid, epoch.roster.n + 1, epoch.head, by, entries)
    built, own = commit.build(liar.pair, new, epoch.block)
    whole = commit.wire(built, own.secret)
    return {key: value for key, value in whole.items() if key != "wraps"} | {"wrap": whole["wraps"][b64(theirs.seat)]}


@pytest.mark.parametrize("change", ["certificate", "no certificate", "in Fay's name"])
async def test_keys_that_the_server_made_and_wrapped_for_somebody_are_taken_by_nobody(change: str) -> None:
    async with circle("Ada", "Bo") as here:
        before, sends = here.head("Ada"), here.keys("Ada").sends
        here.edge.say(Told(here.seat("Ada"), "keys", _made_up(here, "Ada", change)))
        await here.until(lambda: here.keys("Ada").standing.refused is not None)
        assert (here.head("Ada"), here.keys("Ada").sends) == (before, sends)


@pytest.mark.parametrize("change", ["certificate", "no certificate", "in Fay's name"])
async def test_and_by_nobody_who_has_just_been_let_in_and_has_no_keys_yet(change: str) -> None:
    async with circle("Ada", "Bo") as here:
        await here.knocks("Cy")
        here.edge.lie = all_of(
            *(
                made(About("Cy", name, field), "withhold", here)
                for name, field in (("commit", ""), ("fetch", "commits.last"))
            )
        )
        await here.lets_in("Cy")
        here.edge.say(Told(here.seat("Cy"), "keys", _made_up(here, "Cy", change)))
        await here.until(lambda: here.keys("Cy").standing.refused is not None)
        assert here.keys("Cy").epoch is None
        with pytest.raises(Refused):
            here.people["Cy"].seal("Hello", "writing", here.seat("Cy"))
