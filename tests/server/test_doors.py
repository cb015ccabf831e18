"""Doors over real sockets: a fresh link, coming back though it is late, being asked about."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from tests.bots import links
from tests.bots.links import Secret
from tests.bots.signaling import Line, Refused
from tests.server.people import Circle, gives, knocks, lets_in, seal
from tests.serving import FAST, Serving


def following(circle: Circle) -> Secret:
    """The secret of the second link, as a facilitator's browser makes it from the seed."""
    return replace(circle.secret, link=links.hkdf(circle.secret.seed or b"", "link2"))


async def renews(fay: Line, circle: Circle) -> Secret:
    second = following(circle)
    join = links.b64(hashlib.sha256(links.unb64(second.join)).digest())
    await fay.command("set_link", link=2, join=join, agreements=None, limits_words=None, next_date=None)
    return second


async def closes_late(fay: Line) -> None:
    terms: dict[str, Any] = {**fay.view["terms"], "late": "closed", "late_after": 0}
    await fay.command("set_terms", terms=terms)


async def test_by_the_old_link_nobody_connects_any_more_and_by_the_fresh_one_they_knock(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada = await circle.people("Ada")
        second = await renews(fay, circle)
        await ada.until(lambda view: view["link"] == 2)
        with pytest.raises(Refused, match="unknown"):
            await circle.at_door()
        newcomer = circle.line()
        await newcomer.connect({"v": 1, "rid": second.rid, "join": second.join})
        await knocks(newcomer, "Bo")
        await fay.until(lambda view: len(view["knocks"]) == 1)


async def test_who_stands_at_the_door_by_the_old_link_cannot_knock_when_it_has_changed(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        stranger = await circle.at_door()
        await renews(fay, circle)
        with pytest.raises(Refused, match="unknown"):
            await knocks(stranger, "Bo")
        assert fay.view["knocks"] == []


async def test_those_inside_come_back_by_their_tokens_whatever_the_link_is(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada = await circle.people("Ada")
        await renews(fay, circle)
        await ada.close()
        again = await circle.back(ada)
        assert (await again.until(lambda view: view["at"] == "circle"))["link"] == 2


async def test_facilitators_learn_the_present_counter_with_the_challenge(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        await renews(fay, circle)
        assert (await fay.post("/api/challenge", {"rid": circle.secret.rid}))["link"] == 2


async def test_who_was_in_may_knock_again_though_it_is_late_and_nobody_else(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada, bo = await circle.people("Ada", "Bo")
        await closes_late(fay)
        await gives(fay, bo)
        with pytest.raises(Refused, match="late"):
            await circle.waiting("Cy")
        await ada.command("leave")
        again = circle.line()
        await again.connect({"v": 1, "rid": circle.secret.rid, "join": circle.secret.join, "token": ada.token})
        await again.until(lambda view: view["at"] == "door")
        await knocks(again, "Ada")
        (knock,) = (await fay.until(lambda view: bool(view["knocks"])))["knocks"]
        assert (knock["returns"], knock["seat"] != ada.seat) == (True, True)


@pytest.mark.parametrize("field", ["was", "link"])
async def test_nobody_says_by_themselves_that_they_were_in(serving: Serving, field: str) -> None:
    async with Circle(serving.base) as circle:
        _fay, ada = await circle.people("Ada")
        stranger = await circle.at_door()
        with pytest.raises(Refused, match="malformed"):
            await stranger.command("knock", name=seal("Bo"), boxes={}, **{field: ada.seat})


async def test_who_was_removed_was_not_in(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada, bo = await circle.people("Ada", "Bo")
        await closes_late(fay)
        await gives(fay, bo)
        await fay.command("remove", seat=ada.seat)
        again = circle.line()
        await again.connect({"v": 1, "rid": circle.secret.rid, "join": circle.secret.join, "token": ada.token})
        with pytest.raises(Refused, match="late"):
            await knocks(again, "Ada")


async def test_a_token_of_a_seat_that_is_gone_opens_nothing_without_the_links_proof(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        _fay, ada = await circle.people("Ada")
        await ada.command("leave")
        with pytest.raises(Refused, match="unknown"):
            await circle.back(ada)


async def test_whom_one_member_does_not_want_today_is_told_so_and_not_by_whom() -> None:
    with Serving(FAST.evolve(consent=0.3)) as hasty:
        async with Circle(hasty.base) as circle:
            fay, ada = await circle.people("Ada")
            await fay.command("set_terms", terms={**fay.view["terms"], "observers": "ask"})
            olive = await circle.waiting("Olive", role="observer")
            await lets_in(fay, olive)
            await ada.until(lambda view: len(view["coming"]) == 1)
            await ada.command("consent", seat=olive.seat, yes=False)
            assert await olive.until_ended() == "not_today"
            await fay.until(lambda view: view["coming"] == [])
