"""With Redis a circle outlives the process that serves it, and nothing outlives the circle."""

import signal
import time

import pytest

from tests.bots.signaling import Refused
from tests.redis_server import RedisServer
from tests.server.people import Circle, gives, stick
from tests.server.running import Running
from tests.serving import FAST, Serving, settings

KEPT = {"CIRCLE_SECRET": "the same one for every start of this server"}
# Short waits; the holder's one outlasts a restart.
TIMINGS = FAST.evolve(stand_in=0.3, adrift=0.6, holder_grace=1.0)


@pytest.fixture
def clean(redis_server: RedisServer) -> RedisServer:
    redis_server.ask("FLUSHALL")
    return redis_server


def again(redis: RedisServer, ahead: float = 0.0) -> Serving:
    """One more process on the same circles, perhaps much later."""
    return Serving(TIMINGS, settings(REDIS_URL=redis.url, **KEPT), now=lambda: time.time() + ahead)


async def test_a_restart_keeps_seats_their_order_and_the_stick(clean: RedisServer) -> None:
    with again(clean) as first:
        async with Circle(first.base) as circle:
            lines = await circle.people("Ada", "Bo")
            fay, ada, bo = lines
            await gives(fay, ada)
            before = ada.view
    with again(clean) as second:
        async with Circle(second.base, circle.secret, there=True) as other:
            back_bo = await other.back(bo)
            view = await back_bo.until(lambda view: view["at"] == "circle")
            assert [seat["id"] for seat in view["seats"]] == [line.seat for line in lines]
            assert {seat["id"] for seat in view["seats"] if seat["present"]} == {bo.seat}
            back_ada, back_fay = await other.back(ada), await other.back(fay)
            view = await back_ada.until(lambda view: all(seat["present"] for seat in view["seats"]))
            assert stick(view) == ("held", ada.seat)
            assert view["stick"] == before["stick"]
            await back_ada.command("pass", to=None, turn=view["turn"])
            await back_fay.until(lambda view: view["turn"] > before["turn"])


async def test_who_does_not_come_back_after_a_restart_is_missed_by_the_clock(clean: RedisServer) -> None:
    """The holder's grace runs in the new process too, though the seat dropped in the old one."""
    with again(clean) as first:
        async with Circle(first.base) as circle:
            fay, ada, bo = await circle.people("Ada", "Bo")
            await gives(fay, ada)
    with again(clean) as second:
        async with Circle(second.base, circle.secret, there=True) as other:
            back = await other.back(bo)
            await back.until(lambda view: stick(view)[0] != "held")
            await back.until(lambda view: view["adrift"])


async def test_a_killed_process_leaves_everything_to_the_next_one(clean: RedisServer) -> None:
    with Running(REDIS_URL=clean.url, **KEPT) as server:
        async with Circle(server.base) as circle:
            fay, ada = await circle.people("Ada")
            await gives(fay, ada)
            assert server.stop(signal.SIGKILL) == -signal.SIGKILL
            await ada.until_gone()
            server.start()
            # Nobody could say goodbye, and still nobody counts as here before they are back.
            back = await circle.back(ada)
            view = await back.until(lambda view: view["at"] == "circle")
            assert {seat["id"] for seat in view["seats"] if seat["present"]} == {ada.seat}
            assert stick(view) == ("held", ada.seat)
            await circle.back(fay)
            await back.until(lambda view: all(seat["present"] for seat in view["seats"]))
            server.stop()
            assert server.said == ("", "")


async def test_without_the_same_secret_old_tokens_are_unknown_and_links_still_open(clean: RedisServer) -> None:
    with Serving(FAST, settings(REDIS_URL=clean.url)) as first:
        async with Circle(first.base) as circle:
            fay = await circle.facilitator()
    with Serving(FAST, settings(REDIS_URL=clean.url)) as second:
        async with Circle(second.base, circle.secret, there=True) as other:
            with pytest.raises(Refused, match="unknown"):
                await other.back(fay)
            assert (await other.facilitator()).seat != fay.seat


async def test_without_redis_a_restart_ends_every_circle() -> None:
    with Serving() as first:
        async with Circle(first.base) as circle:
            await circle.facilitator()
    with Serving() as second:
        line = Circle(second.base, circle.secret).line(facilitator=True)
        with pytest.raises(Refused, match="unknown"):
            await line.connect()


async def test_closing_a_circle_leaves_no_key_in_redis(clean: RedisServer) -> None:
    with again(clean) as serving:
        async with Circle(serving.base) as circle:
            fay, ada = await circle.people("Ada")
            assert len(clean.keys()) == 1
            assert clean.ask("PTTL", clean.keys()[0].decode()) > 0
            await fay.command("close")
            await ada.until_ended()
            assert clean.keys() == []


async def test_a_circle_whose_time_ran_out_between_two_processes_leaves_no_key(clean: RedisServer) -> None:
    with again(clean) as first:
        async with Circle(first.base) as circle:
            fay, ada = await circle.people("Ada")
    assert len(clean.keys()) == 1
    with again(clean, ahead=7 * 3600) as second:
        async with Circle(second.base, circle.secret, there=True) as other:
            for line in (fay, ada):
                with pytest.raises(Refused, match="unknown"):
                    await other.back(line)
            assert clean.keys() == []


async def test_a_circle_ends_when_its_time_is_over(clean: RedisServer) -> None:
    with Serving(FAST.evolve(longest=0.7), settings(REDIS_URL=clean.url)) as serving:
        async with Circle(serving.base) as circle:
            fay = await circle.facilitator()
            assert await fay.until_ended() == "closed"
            assert clean.keys() == []


async def test_a_circle_that_nobody_enters_ends_by_itself(clean: RedisServer) -> None:
    with Serving(FAST.evolve(empty=0.5), settings(REDIS_URL=clean.url)) as serving:
        async with Circle(serving.base) as circle:
            door = await circle.at_door()
            assert await door.until_ended() == "closed"
            assert clean.keys() == []


async def test_while_redis_is_gone_commands_fail_softly_and_work_again_after() -> None:
    with RedisServer() as redis, Serving(FAST, settings(REDIS_URL=redis.url)) as serving:
        async with Circle(serving.base) as circle:
            fay = await circle.facilitator()
            redis.stop()
            with pytest.raises(Refused, match="internal"):
                await fay.command("lock", on=True)
            with pytest.raises(Refused, match="internal"):
                await circle.at_door()
            assert not fay.gone
            redis.start()
            # A Redis that kept nothing on disk has lost the circle, and says so.
            with pytest.raises(Refused, match="unknown"):
                await fay.command("lock", on=True)
