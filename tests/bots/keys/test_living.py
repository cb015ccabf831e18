"""Circles in which keys change as people come and go: real pages, a server that only orders."""

import pytest

from tests.bots.keys.simulated import Page, Server


@pytest.fixture
async def trio() -> tuple[Server, Page, Page, Page]:
    """Fay facilitates; Ada and Bo were let in."""
    server = Server()
    fay = await server.enters("Fay")
    ada = await server.lets_in(fay, "Ada")
    bo = await server.lets_in(fay, "Bo")
    await server.passes(2)
    return server, fay, ada, bo


Trio = tuple[Server, Page, Page, Page]


async def test_a_facilitator_begins_and_whoever_is_let_in_has_the_keys_and_all_names(trio: Trio) -> None:
    _, fay, ada, bo = trio
    assert fay.people == ada.people == bo.people == ["Fay", "Ada", "Bo"]
    assert fay.n == ada.n == bo.n
    assert len({page.keys.epoch.head for page in (fay, ada, bo) if page.keys.epoch}) == 1


async def test_nobody_is_in_the_keys_by_the_servers_word_alone(trio: Trio) -> None:
    server, fay, ada, _ = trio
    eve = Page(server, "Eve")
    server.sits(eve)
    await server.passes(30)
    assert eve.n is None
    assert "Eve" not in fay.people
    assert fay.n == ada.n
    assert server.seats[eve.seat]["keys"] is not None  # Eve asks, and a person may press


async def test_all_send_with_an_epoch_as_soon_as_all_have_it(trio: Trio) -> None:
    _, fay, ada, bo = trio
    assert fay.switched[-1] == ada.switched[-1] == bo.switched[-1] == fay.n


async def test_who_is_removed_has_no_key_of_what_follows_and_the_room_gets_a_new_one(trio: Trio) -> None:
    server, fay, ada, bo = trio
    before = max(fay.keys.rooms)
    server.removes(bo)
    await server.settles()
    assert fay.people == ada.people == ["Fay", "Ada"]
    assert max(fay.keys.rooms) == max(ada.keys.rooms) == before + 1
    assert len(server.taken[-1]["wraps"]) == 2


async def test_with_the_facilitator_gone_a_member_shrinks_the_circle_and_nothing_more(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.drops(fay)
    await server.passes(20)
    assert ada.people == bo.people == ["Ada", "Bo"]
    n = ada.n
    await server.passes(5)
    assert ada.n == n


async def test_the_facilitator_comes_back_to_a_circle_of_members_and_is_taken_in_by_them(trio: Trio) -> None:
    server, fay, ada, _ = trio
    server.drops(fay)
    await server.passes(20)
    server.comes(fay)
    await server.passes(3)
    assert fay.people == ada.people
    assert set(ada.people) == {"Ada", "Bo", "Fay"}
    assert fay.n == ada.n


async def test_a_page_that_is_loaded_again_is_taken_in_without_a_press(trio: Trio) -> None:
    server, fay, ada, bo = trio
    fresh = await server.reloads(bo)
    await server.passes(4)
    assert fresh.people == fay.people == ada.people == ["Fay", "Ada", "Bo"]
    assert fresh.keys.pair.mid != bo.keys.pair.mid
    assert max(fay.keys.rooms) == max(fresh.keys.rooms)


async def test_without_a_facilitator_too(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.removes(fay)
    await server.passes(4)
    fresh = await server.reloads(bo)
    await server.passes(4)
    assert fresh.people == ada.people
    assert set(ada.people) == {"Ada", "Bo"}


async def test_a_facilitators_reload_needs_no_press_either(trio: Trio) -> None:
    server, fay, ada, bo = trio
    fresh = await server.reloads(fay)
    await server.passes(4)
    assert fresh.n == ada.n == bo.n
    assert fresh.people == ada.people
    assert "Fay" in ada.people


async def test_who_was_away_for_longer_fetches_what_was_missed(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.drops(bo)
    await server.passes(1)
    server.removes(ada)
    await server.passes(3)
    await server.lets_in(fay, "Cy")
    server.comes(bo)
    await server.passes(3)
    assert bo.n == fay.n
    assert bo.people == fay.people
    assert set(fay.people) == {"Fay", "Bo", "Cy"}


async def test_who_was_left_out_while_away_comes_back_by_what_was_known_before(trio: Trio) -> None:
    server, fay, _, bo = trio
    server.drops(bo)
    await server.passes(20)
    assert fay.people == ["Fay", "Ada"]
    server.comes(bo)
    await server.passes(3)
    assert bo.n == fay.n
    assert set(fay.people) == {"Fay", "Ada", "Bo"}


async def test_over_more_commits_than_the_server_keeps_too(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.drops(bo)
    for number in range(10):
        server.removes(await server.lets_in(fay, f"Guest {number}"))
        await server.settles()
    server.comes(bo)
    await server.passes(3)
    assert bo.n == fay.n == ada.n
    assert bo.keys.standing.unsure
    await server.passes(11)  # until the next heartbeat
    assert not bo.keys.standing.unsure
    assert not bo.keys.apart


async def test_keys_change_every_ten_minutes_by_themselves(trio: Trio) -> None:
    server, fay, ada, _ = trio
    n = fay.n or 0
    await server.passes(650)
    assert fay.n == ada.n == n + 1


async def test_two_facilitators_who_press_at_once_lose_nobody(trio: Trio) -> None:
    server, fay, ada, _ = trio
    gil = await server.enters("Gil")
    await server.passes(3)
    assert "Gil" in fay.people
    assert gil.people == fay.people
    await server.lets_in(fay, "Cy")
    await server.lets_in(gil, "Di")
    await server.passes(3)
    assert set(ada.people) == {"Fay", "Ada", "Bo", "Gil", "Cy", "Di"}


async def test_a_duty_of_the_door_and_a_successor_are_given_their_power_and_lose_it_again(trio: Trio) -> None:
    server, fay, ada, bo = trio
    server.seats[ada.seat]["duties"] = ["door"]
    server.successor = server.seats[bo.seat]["id"]
    server.tell()
    await server.passes(2)
    assert _powers(fay) == _powers(ada) == [1, 4, 2]
    await server.lets_in(ada, "Cy")
    assert "Cy" in fay.people
    server.seats[ada.seat]["duties"], server.successor = [], None
    server.tell()
    await server.passes(2)
    assert _powers(bo) == [1, 0, 0, 0]


async def test_a_fresh_link_reaches_those_inside_with_the_next_commit(trio: Trio) -> None:
    server, fay, ada, _ = trio
    server.link = 2
    server.tell()
    await server.passes(2)
    assert ada.keys.epoch is not None
    assert fay.keys.epoch is not None
    assert ada.keys.epoch.block.counter == 2
    assert ada.keys.epoch.block.link == fay.keys.epoch.block.link


async def test_who_only_listens_has_the_keys_and_its_role_in_the_roster(trio: Trio) -> None:
    server, fay, _, _ = trio
    obi = await server.lets_in(fay, "Obi", "observer")
    assert obi.n == fay.n
    assert (
        [entry.role for entry in obi.keys.epoch.roster.entries if entry.seat == obi.seat] == [0]
        if obi.keys.epoch
        else []
    )
    server.seats[obi.seat]["role"] = "member"
    server.tell()
    await server.passes(2)
    assert obi.n == fay.n
    assert fay.keys.epoch is not None
    assert all(entry.role == 1 for entry in fay.keys.epoch.roster.entries)


async def test_a_circle_in_which_every_page_is_loaded_anew_at_once_begins_again_with_its_facilitator(
    trio: Trio,
) -> None:
    server, fay, ada, bo = trio
    resumes = [(page.name, page.keys.resume, page is fay) for page in (fay, ada, bo)]
    for page in (fay, ada, bo):
        server.drops(page)
    fresh = [Page(server, name, seed=seed, resume=resume) for name, resume, seed in resumes]
    fresh[0].keys.shown = None
    for page in fresh:
        server.comes(page)
    await server.passes(20)
    assert fresh[0].n is not None
    assert fresh[1].n is None
    assert server.seats[ada.seat]["boxes"] is not None  # nobody can vouch for them: a person is asked


def _powers(page: Page) -> list[int]:
    epoch = page.keys.epoch
    return [entry.certificate.powers if entry.certificate else 0 for entry in epoch.roster.entries] if epoch else []
