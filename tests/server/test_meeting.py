"""Whole paths over real sockets, media aside: from opening a circle to its end."""

import pytest

from rooms.opaque import NOTE
from tests.bots.signaling import Refused
from tests.builders import introduction, sealed
from tests.server.people import Circle, gives, knocks, lets_in, seal, seated, stick
from tests.serving import Serving


async def test_a_circle_opens_people_knock_are_let_in_and_see_the_same_ring(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        lines = await circle.people("Ada", "Bo")
        views = [await line.until(lambda view: seated(view, lines)) for line in lines]
        assert [view["seats"] for view in views] == [views[0]["seats"]] * 3
        assert [seat["keys"] is not None for seat in views[0]["seats"]] == [True, False, False]
        assert [seat["role"] for seat in views[0]["seats"]] == ["facilitator", "member", "member"]


async def test_whoever_waits_sees_the_door_only_and_facilitators_see_who_waits(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada = await circle.people("Ada")
        bo = await circle.at_door()
        view = await bo.until(lambda view: view["at"] == "door")
        assert view["terms"] == fay.view["terms"]
        assert not {"seats", "knocks", "stick", "coming"} & set(view)
        note = seal("hi", NOTE)
        await knocks(bo, "Bo", note=note, role="observer")
        await bo.until(lambda view: view["at"] == "waiting")
        (knock,) = (await fay.until(lambda view: bool(view["knocks"])))["knocks"]
        assert (knock["seat"], knock["role"]) == (bo.seat, "observer")
        assert (knock["note"], set(knock["boxes"])) == (note, {fay.seat})
        assert ada.view["knocks"] == []
        assert "seats" not in bo.view


async def test_the_stick_goes_round_and_only_its_holder_may_be_heard(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        lines = await circle.people("Ada", "Bo")
        fay, ada, bo = lines
        assert fay.view["phase"] == "lobby"
        await gives(fay, ada)
        for line in lines:
            view = await line.until(lambda view: stick(view) == ("held", ada.seat))
            assert view["heard"] == [ada.seat]
            assert view["phase"] == "open"
        await ada.command("pass", to=None, turn=ada.view["turn"])
        view = await bo.until(lambda view: stick(view) == ("offered", bo.seat))
        assert view["heard"] == []
        await bo.command("accept", turn=view["turn"])
        for line in lines:
            assert (await line.until(lambda view: stick(view) == ("held", bo.seat)))["heard"] == [bo.seat]
        await bo.command("lay_down", turn=bo.view["turn"])
        for line in lines:
            assert (await line.until(lambda view: stick(view)[0] == "resting"))["heard"] == []


async def test_who_declines_is_passed_over_and_who_says_later_is_come_back_to(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada, bo, cy = await circle.people("Ada", "Bo", "Cy")
        await fay.command("offer", to=ada.seat, turn=fay.view["turn"])
        view = await ada.until(lambda view: stick(view) == ("offered", ada.seat))
        await ada.command("later", turn=view["turn"])
        view = await bo.until(lambda view: stick(view) == ("offered", bo.seat))
        assert [seat["later"] for seat in view["seats"] if seat["id"] == ada.seat] == [True]
        await bo.command("decline", turn=view["turn"])
        view = await cy.until(lambda view: stick(view) == ("offered", cy.seat))
        await cy.command("decline", turn=view["turn"])
        view = await fay.until(lambda view: stick(view) == ("offered", fay.seat))
        await fay.command("decline", turn=view["turn"])
        await ada.until(lambda view: stick(view) == ("offered", ada.seat))


async def test_a_command_that_saw_an_older_turn_is_stale(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada = await circle.people("Ada")
        turn = fay.view["turn"]
        await fay.command("offer", to=ada.seat, turn=turn)
        with pytest.raises(Refused, match="stale"):
            await fay.command("offer", to=ada.seat, turn=turn)


async def test_who_only_waits_or_stands_at_the_door_can_do_nothing_inside(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        door, waiting = await circle.at_door(), await circle.waiting("Ada")
        for line in (door, waiting):
            for command in (
                {"type": "lock", "on": True},
                {"type": "admit", "seat": waiting.seat, "name": sealed("name", 285)},
                {"type": "close"},
            ):
                with pytest.raises(Refused, match="not_yours"):
                    await line.call("command", command)
            with pytest.raises(Refused, match="not_yours"):
                await line.call("media", {"type": "subscribe"})
        with pytest.raises(Refused, match="not_yours"):
            await knocks(waiting, "Ada")
        with pytest.raises(Refused, match="not_yours"):
            await door.take_seat("enter", keys=introduction("Ada", 1))
        assert fay.view["locked"] is False


async def test_an_observer_sits_in_the_ring_and_may_not_send(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        olive = await circle.member(fay, "Olive", role="observer")
        assert [seat["role"] for seat in olive.view["seats"]] == ["facilitator", "observer"]
        with pytest.raises(Refused, match="not_yours"):
            await olive.call("media", {"type": "publish", "sdp": "v=0"})
        with pytest.raises(Refused, match="malformed"):
            await fay.call("media", {"type": "publish", "sdp": "v=0"})
        assert await olive.call("media", {"type": "subscribe"}) == {"ok": True}


async def test_a_locked_door_is_seen_and_keeps_knocks_out(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        ada = await circle.at_door()
        await fay.command("lock", on=True)
        await ada.until(lambda view: view["locked"])
        with pytest.raises(Refused, match="locked"):
            await knocks(ada, "Ada")
        assert ada.seat is None
        await fay.command("lock", on=False)
        await knocks(ada, "Ada")


async def test_a_full_circle_says_so_at_the_door(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay = await circle.facilitator()
        waiting = await circle.waiting("Ada")
        for _ in range(11):
            await circle.facilitator()
        with pytest.raises(Refused, match="full"):
            await lets_in(fay, waiting)
        bo = await circle.at_door()
        await bo.until(lambda view: view["full"])
        with pytest.raises(Refused, match="full"):
            await knocks(bo, "Bo")


async def test_who_is_turned_away_removed_or_leaves_is_told_why(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada, bo = await circle.people("Ada", "Bo")
        cy = await circle.waiting("Cy")
        await fay.command("turn_away", seat=cy.seat)
        assert await cy.until_ended() == "turned_away"
        await fay.command("remove", seat=ada.seat)
        assert await ada.until_ended() == "removed"
        assert await bo.command("leave") == {"ok": True}
        assert await bo.until_ended() == "left"
        for line in (ada, bo, cy):
            await line.until_gone()
        await fay.until(lambda view: [seat["id"] for seat in view["seats"]] == [fay.seat])


async def test_closing_tells_everybody_inside_waiting_and_at_the_door(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        fay, ada = await circle.people("Ada")
        waiting, door = await circle.waiting("Bo"), await circle.at_door()
        assert await fay.command("close") == {"ok": True}
        for line in (fay, ada, waiting, door):
            assert await line.until_ended() == "closed"
            await line.until_gone()
        for line in (fay, ada, waiting, door):
            with pytest.raises(Refused, match="unknown"):
                await line.connect()
        await circle.line(facilitator=True).open_circle()  # nothing of it is left, not even that it was there


async def test_a_circle_that_is_open_cannot_be_opened_again(serving: Serving) -> None:
    async with Circle(serving.base) as circle:
        with pytest.raises(Refused, match="exists"):
            await circle.line(facilitator=True).open_circle()


async def test_circles_do_not_see_one_another(serving: Serving) -> None:
    async with Circle(serving.base) as one, Circle(serving.base) as other:
        fay, ada = await one.people("Ada")
        finn = await other.facilitator()
        with pytest.raises(Refused, match="no_such_seat"):
            await finn.command("remove", seat=ada.seat)
        await finn.command("close")
        await finn.until_ended()
        await gives(fay, ada)
        assert ada.ended is None
