"""Coming back: a seat outlives its socket, and only its own token brings it back."""

from collections.abc import Iterator

import pytest

from tests.bots import links
from tests.bots.signaling import Line, Refused
from tests.server.people import Circle, gives, lets_in, stick
from tests.serving import FAST, Serving

HASTY = FAST.evolve(holder_grace=0.3, seat_grace=0.6, stand_in=0.3, adrift=0.6)


@pytest.fixture
def hasty() -> Iterator[Serving]:
    """A server that waits for nobody for long."""
    with Serving(HASTY) as server:
        yield server


def present(line: Line, of: Line) -> bool:
    return any(seat["id"] == of.seat and seat["present"] for seat in line.view["seats"])


async def test_who_comes_back_by_a_token_has_the_same_seat_and_still_holds_the_stick(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada, bo = await circle.people("Ada", "Bo")
        await gives(fay, ada)
        before = await bo.until(lambda view: stick(view) == ("held", ada.seat))
        await ada.close()
        await bo.until(lambda _: not present(bo, ada))
        assert stick(bo.view) == ("held", ada.seat)
        again = await circle.back(ada)
        await bo.until(lambda _: present(bo, ada))
        view = await again.until(lambda view: stick(view) == ("held", ada.seat))
        assert view["stick"]["since"] == before["stick"]["since"]
        assert [seat["id"] for seat in view["seats"]] == [seat["id"] for seat in before["seats"]]
        await again.command("pass", to=None, turn=view["turn"])


async def test_somebody_who_waits_may_come_back_to_their_knock(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        ada = await circle.waiting("Ada")
        await ada.close()
        again = await circle.back(ada)
        await again.until(lambda view: view["at"] == "waiting")
        await fay.until(lambda view: len(view["knocks"]) == 1)
        await lets_in(fay, ada)
        await again.until(lambda view: view["at"] == "circle")


async def test_a_second_tab_takes_the_seat_over_and_the_first_is_told(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada = await circle.people("Ada")
        await gives(fay, ada)
        second = await circle.back(ada)
        assert await ada.until_ended() == "elsewhere"
        await ada.until_gone()
        view = await second.until(lambda view: stick(view) == ("held", ada.seat))
        await second.command("lay_down", turn=view["turn"])
        await fay.until(lambda view: stick(view)[0] == "resting")
        assert present(fay, ada)  # the first tab's end is not the seat's


async def test_the_seat_of_a_first_tab_does_not_drop_when_that_tab_ends_late(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada = await circle.people("Ada")
        second = await circle.back(ada)
        await ada.until_gone()
        third = await circle.back(ada)
        assert await second.until_ended() == "elsewhere"
        await second.until_gone()
        await fay.command("offer", to=ada.seat, turn=fay.view["turn"])  # not to somebody who is away
        await third.until(lambda view: stick(view) == ("offered", ada.seat))


async def test_a_holder_who_stays_away_loses_the_stick_to_the_next_one(hasty: Serving) -> None:
    async with Circle(hasty.base) as circle:
        fay, ada, bo = await circle.people("Ada", "Bo")
        await gives(fay, ada)
        await ada.close()
        view = await bo.until(lambda view: stick(view) == ("offered", bo.seat))
        assert [seat["later"] for seat in view["seats"] if seat["id"] == ada.seat] == [True]
        assert view["heard"] == []


async def test_a_seat_is_free_after_its_grace_and_its_token_is_spent(hasty: Serving) -> None:
    async with Circle(hasty.base) as circle:
        fay, ada = await circle.people("Ada")
        await ada.close()
        await fay.until(lambda view: [seat["id"] for seat in view["seats"]] == [fay.seat])
        with pytest.raises(Refused, match="unknown"):
            await circle.back(ada)


async def test_when_the_facilitator_drops_the_successor_stands_in_until_they_are_back(hasty: Serving) -> None:
    async with Circle(hasty.base) as circle:
        fay, ada, bo = await circle.people("Ada", "Bo")
        await fay.command("name_successor", seat=ada.seat)
        with pytest.raises(Refused, match="not_yours"):
            await ada.command("lock", on=True)
        await fay.close()
        await ada.until(lambda view: view["leads"])
        await gives(ada, bo)
        again = await circle.back(fay)
        await again.until(lambda view: view["leads"])
        await ada.until(lambda view: not view["leads"])
        with pytest.raises(Refused, match="not_yours"):
            await ada.command("lock", on=True)


async def test_where_nobody_is_left_to_lead_members_may_offer_the_stick(hasty: Serving) -> None:
    async with Circle(hasty.base) as circle:
        fay, ada, bo = await circle.people("Ada", "Bo")
        await fay.close()
        await ada.until(lambda view: view["adrift"])
        await gives(ada, bo)


@pytest.mark.parametrize("end", ["remove", "turn_away", "leave"])
async def test_a_token_is_void_once_its_seat_has_ended(serving: Serving, end: str) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        ada = await circle.waiting("Ada")
        if end == "turn_away":
            await fay.command("turn_away", seat=ada.seat)
        else:
            await lets_in(fay, ada)
            await (fay.command("remove", seat=ada.seat) if end == "remove" else ada.command("leave"))
        await ada.until_ended()
        with pytest.raises(Refused, match="unknown"):
            await circle.back(ada)


async def test_a_token_opens_no_other_circle(serving: Serving) -> None:
    async with Circle(serving.base) as one, Circle(serving.base) as other:
        fay, finn = await one.facilitator(), await other.facilitator()
        with pytest.raises(Refused, match="unknown"):
            await Line(serving.base, other.secret).connect({"v": 1, "rid": other.secret.rid, "token": fay.token})
        assert finn.ended is None


async def test_a_token_of_another_server_is_unknown(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        with Serving() as other:
            async with Circle(other.base, circle.secret) as twin:
                twin_fay = await twin.facilitator()
                with pytest.raises(Refused, match="unknown"):
                    await twin.line().connect({"v": 1, "rid": circle.secret.rid, "token": fay.token})
                assert twin_fay.ended is None


async def test_every_wrong_proof_is_refused_with_one_and_the_same_code(serving: Serving) -> None:
    async with Circle(serving.base) as circle, Circle(serving.base) as other:
        fay = await circle.facilitator()
        rid, line = circle.secret.rid, circle.line(facilitator=True)
        nonce = (await line.post("/api/challenge", {"rid": rid}))["nonce"]
        elsewhere = (await line.post("/api/challenge", {"rid": other.secret.rid}))["nonce"]
        signed = circle.secret.sign(nonce)
        token = fay.token or ""
        wrong: list[dict[str, object]] = [
            {"join": other.secret.join},
            {"join": links.b64(bytes(32))},
            {"join": None},
            {"join": 7},
            {},
            {"token": token[:-1] + ("A" if token[-1] != "A" else "B")},
            {"token": token.replace(fay.seat or "", "AAAAAAAAAAA")},
            {"token": ""},
            {"token": None},
            {"token": [token]},
            {"token": "é" * 20},
            {"nonce": nonce, "signature": other.secret.sign(nonce)},
            {"nonce": elsewhere, "signature": circle.secret.sign(elsewhere)},
            {"nonce": "made.up.nonce", "signature": circle.secret.sign("made.up.nonce")},
            {"nonce": nonce, "signature": signed[:-1]},
            {"nonce": nonce, "signature": None},
            {"nonce": None, "signature": signed},
            {"signature": signed},
        ]
        for proof in wrong:
            with pytest.raises(Refused) as refused:
                await line.connect({"v": 1, "rid": rid, **proof})
            assert str(refused.value) == "unknown", proof
        for made_up in (links.make().rid, "short", "", None, 7, {"a": 1}):
            with pytest.raises(Refused, match="unknown"):
                await line.connect({"v": 1, "rid": made_up, "join": circle.secret.join})
        await line.connect({"v": 1, "rid": rid, "nonce": nonce, "signature": signed})  # and the right one does open


async def test_another_version_is_told_from_what_cannot_be_read(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        good = {"rid": circle.secret.rid, "join": circle.secret.join}
        for version in (0, 2, "1", None):
            with pytest.raises(Refused, match="version"):
                await circle.line().connect({"v": version, **good})
        with pytest.raises(Refused, match="malformed"):
            await circle.line().connect({"v": 1, **good, "more": 1, "and": 2})


async def test_a_challenge_tells_nobody_whether_a_circle_is_there(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        line = circle.line()
        known = await line.post("/api/challenge", {"rid": circle.secret.rid})
        unknown = await line.post("/api/challenge", {"rid": links.make().rid})
        assert set(known) == set(unknown) == {"nonce", "link"}
        assert len(known["nonce"]) == len(unknown["nonce"])
        assert known["link"] == unknown["link"] == 1
