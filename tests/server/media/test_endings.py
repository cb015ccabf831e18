"""Ends: of a connection, a seat, a circle, the relay. Nothing stays behind, and nobody else is disturbed."""

import asyncio
import gc

import pytest
from OpenSSL import SSL

from server.media.relay.relay import SILENCE
from tests.server.media.rig import CIRCLE, Clock, Rig, door_of


async def test_who_is_silent_for_half_a_minute_is_lost() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        clock.time += SILENCE + 1
        await bo.settled()  # bo checks, ann does not
        await rig.until(lambda: bool(rig.lost))
        assert rig.lost == [("ann", "publish")]
        assert {track.seat for track in bo.offers[-1].tracks.values()} == set()
        await bo.settled()
        clock.time += SILENCE + 1
        await rig.until(lambda: len(rig.lost) == 2)
        assert rig.lost[1] == ("bo", "subscribe")
        assert door_of(rig).by_address == {}
        assert ann.publisher.sessions is not None


async def test_packets_alone_keep_nobody() -> None:
    """Whoever owns an address says so by checks; packets could come from anywhere (RFC 7675)."""
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair()
        clock.time += SILENCE + 1
        ann.say("audio", b"x")
        await rig.until(lambda: ("ann", "publish") in rig.lost)


async def test_who_keeps_checking_is_kept() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        await cy.subscribe()
        for _ in range(3):
            clock.time += SILENCE - 1
            await ann.settled()
            await bo.settled()
        await rig.until(lambda: bool(rig.lost))  # so the silent have been looked for
        assert rig.lost == [("cy", "subscribe")]
        ann.say("audio", b"still here")
        await bo.hears(b"still here")


async def test_a_description_without_anybody_behind_it_is_forgotten() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        await rig.relay.publish(CIRCLE, "ann", rig.peer(ssrcs={"audio": 1, "video": 2}).offer())
        await rig.relay.subscribe(CIRCLE, "ann")
        clock.time += SILENCE + 1
        await rig.until(lambda: len(rig.lost) == 2)
        assert door_of(rig).by_ufrag == {}


async def test_who_says_goodbye_is_lost_at_once() -> None:
    async with Rig() as rig:
        ann, _ = await rig.pair()
        ann.publisher.say_goodbye()
        await rig.until(lambda: bool(rig.lost))
        assert rig.lost == [("ann", "publish")]


async def test_dropping_a_seat_ends_both_its_connections_and_says_nothing() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        await bo.publish()
        await rig.gate(bo, "all")
        await ann.subscribe()
        await rig.relay.drop(CIRCLE, "bo")
        ann.say("audio", b"nobody there")
        bo.say("audio", b"gone")
        await ann.settled()
        assert (bo.heard(), ann.heard()) == ([], [])
        assert {track.seat for track in ann.offers[-1].tracks.values()} == set()
        assert rig.lost == []
        assert len(door_of(rig).by_ufrag) == 2


async def test_closing_a_circle_ends_all_of_it_and_no_other() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        await rig.relay.open_circle("other")
        cy = rig.peer(ssrcs={"audio": 1, "video": 2})
        await cy.connect(await rig.relay.publish("other", "cy", cy.offer()))
        await rig.relay.close_circle(CIRCLE)
        ann.say("audio", b"over")
        before = cy.answers
        cy.check()
        await cy.until(lambda: cy.answers > before)
        assert bo.heard() == []
        assert [transport.side for transport in door_of(rig).by_ufrag.values()] == ["publish"]
        assert rig.lost == []


async def test_who_has_left_costs_no_work() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        cy = rig.seat("cy")
        for _ in range(3):
            await bo.subscribe()
            await cy.subscribe()
        await rig.relay.drop(CIRCLE, "cy")
        publication = vars(rig.relay)["_meetings"][CIRCLE].publications["ann"]
        assert [len(track.listeners) for track in publication.tracks] == [1, 1]


async def test_subscribing_afresh_ends_the_connection_before() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        before = bo.listener
        await bo.subscribe()
        ann.say("audio", b"once")
        await bo.hears(b"once")
        assert before.sealed == []
        assert len(door_of(rig).by_ufrag) == 2


@pytest.mark.parametrize("tcp", [False, True])
async def test_a_relay_that_has_stopped_leaves_nothing_behind(tcp: bool) -> None:
    """No task, no timer, no reader on the loop, no open socket: a socket left to the collector would be a warning, and so an error."""
    loop = asyncio.get_running_loop()
    rig = Rig()
    async with rig:
        ann, _ = await rig.pair(tcp=tcp)
        half = rig.peer(ssrcs={"audio": 1, "video": 2}, tcp=tcp)
        await half.begin(await rig.relay.publish(CIRCLE, "cy", half.offer()))
        if not tcp:
            half.close()  # in the middle of the handshake
        _, writer = await asyncio.open_connection("127.0.0.1", rig.relay.port)
        await ann.settled()
        transports = list(door_of(rig).by_ufrag.values())
        port = rig.relay.port
    assert asyncio.all_tasks() == {asyncio.current_task()}
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    assert [timer for timer in vars(loop)["_scheduled"] if not timer.cancelled()] == []
    assert len(transports) == 3
    assert all(transport.closed for transport in transports)
    assert len(vars(loop)["_selector"].get_map()) == 1  # the loop's own
    del rig, ann, half, writer
    gc.collect()


async def test_a_handshake_that_nobody_answers_any_more_is_given_up() -> None:
    """DTLS asks again by itself, and in the end fails: then the connection is lost, not half alive."""
    async with Rig() as rig:
        peer = rig.peer(ssrcs={"audio": 1, "video": 2})
        await peer.begin(await rig.relay.publish(CIRCLE, "ann", peer.offer()))
        peer.close()
        (transport,) = door_of(rig).by_ufrag.values()
        handshake = vars(transport)["_dtls"]

        def fails() -> None:
            raise SSL.Error("timed out too often")

        vars(handshake)["_connection"].DTLSv1_handle_timeout = fails
        await rig.until(lambda: bool(rig.lost))
        assert rig.lost == [("ann", "publish")]
