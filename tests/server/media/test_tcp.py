"""The same port over TCP, for networks without UDP: RFC 4571, bounded in every way."""

import asyncio
import secrets

from server.media.relay import places, stream
from tests.server.media.rig import HOST, Clock, Rig, Seat, door_of


async def test_all_of_it_works_over_tcp() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair(tcp=True)
        sent = [secrets.token_bytes(1000) for _ in range(50)]
        for payload in sent:
            ann.say("video", payload)
        await bo.hears(sent[-1])
        assert bo.heard() == sent


async def test_tcp_and_udp_meet_in_one_circle() -> None:
    async with Rig() as rig:
        ann, bo, cy = (rig.seat(name) for name in ("ann", "bo", "cy"))
        await ann.publish(tcp=True)
        await rig.gate(ann, "all")
        await bo.subscribe()
        await cy.subscribe(tcp=True)
        ann.say("audio", b"hello")
        await bo.hears(b"hello")
        await cy.hears(b"hello")


async def test_one_may_change_from_udp_to_tcp_and_back() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for tcp in (True, False):
            bo.listener.tcp = tcp
            await bo.listener.move()
            word = secrets.token_bytes(4)
            ann.say("audio", word)
            await bo.hears(word)


async def test_a_frame_that_is_too_long_ends_the_stream() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair(tcp=True)
        bo.listener.send(bytes(stream.FRAME + 1))
        await bo.listener.until_closed()


async def test_whoever_proves_nothing_is_let_go() -> None:
    async with Rig() as rig:
        reader, writer = await asyncio.open_connection(HOST, rig.relay.port)
        writer.write(b"\0\4abcd\0\0")
        assert await ended(reader)  # after the time for a first check
        writer.close()
        assert vars(door_of(rig))["_streams"] == {}


async def test_neighbours_share_what_streams_their_network_may_have() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair(tcp=True)
        many = [await stranger(rig, at + 1) for at in range(places.PER_NETWORK)]
        assert await ended(many[0][0])  # who came first and proved nothing
        assert await ended(many[1][0])
        assert not many[2][0].at_eof()
        assert len(vars(door_of(rig))["_streams"]) == places.PER_NETWORK
        ann.say("audio", b"goes on")
        await bo.hears(b"goes on")
        for _, one in many:
            one.close()


async def stranger(rig: Rig, number: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A stream from one of our many addresses at home."""
    return await asyncio.open_connection(HOST, rig.relay.port, local_addr=(f"127.0.0.{number}", 0))


async def test_a_stream_ends_with_the_connection_that_it_carried() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair(tcp=True)
        await rig.relay.drop("circle", "bo")
        await bo.listener.until_closed()
        await rig.relay.unpublish("circle", "ann")
        await ann.publisher.until_closed()


async def test_a_slow_reader_grows_nothing_and_holds_up_nobody() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        await cy.subscribe(tcp=True)
        slow = next(iter(vars(door_of(rig))["_streams"].values()))
        cy.listener.pause()
        wire = vars(slow)["_wire"]
        while wire.get_write_buffer_size() < stream.BACKLOG - 1300:
            await say_much(ann, bo, clock)
            cy.listener.check()
        await say_much(ann, bo, clock)
        ann.say("audio", b"goes on")
        await bo.hears(b"goes on")
        assert wire.get_write_buffer_size() <= stream.BACKLOG + 1300


async def say_much(ann: Seat, bo: Seat, clock: Clock) -> None:
    """A second's allowance of picture."""
    clock.time += 1
    for at in range(600):
        ann.say("video", bytes(1200))
        if at % 50 == 49:
            await ann.settled()
    await bo.settled()


async def ended(reader: asyncio.StreamReader) -> bool:
    """Wait until the other side has closed. Raises TimeoutError."""
    try:
        async with asyncio.timeout(10):
            return await reader.read() == b""
    except ConnectionResetError:
        return True
