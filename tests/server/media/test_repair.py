"""What is lost on the way comes again: over real sockets."""

from server.media.engine import Kind
from server.media.relay import rtcp
from tests.server.media.asked import asked_again
from tests.server.media.rig import CIRCLE, Clock, Rig, Seat, number_of

US = 1


async def ask_for(seat: Seat, of: Seat, kind: Kind, *numbers: int) -> list[bytes]:
    """What comes, as it is on the wire, when a listener asks for these numbers."""
    before = len(seat.listener.sealed)
    seat.listener.send_rtcp(rtcp.nack(US, seat.ssrc(of, kind), list(numbers)))
    await seat.settled()
    return seat.listener.sealed[before:]


async def test_a_repair_is_the_same_bytes_again() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for at in range(30):
            ann.say("video", b"picture %d" % at)
        await bo.hears(b"picture 29")
        sent = {number_of(packet): packet for packet in bo.listener.sealed}
        assert await ask_for(bo, ann, "video", 3, 4, 20) == [sent[3], sent[4], sent[20]]


async def test_sound_is_not_repaired() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ann.say("audio", b"sound")
        await bo.hears(b"sound")
        assert await ask_for(bo, ann, "audio", 1) == []


async def test_what_was_never_sent_is_not_repaired() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ann.say("video", b"picture")
        await bo.hears(b"picture")
        assert await ask_for(bo, ann, "video", 0, 2, 40_000) == []


async def test_nothing_is_repaired_through_a_shut_gate_nor_after_it() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ann.say("video", b"before")
        await bo.hears(b"before")
        await rig.gate(ann, "nobody")
        assert await ask_for(bo, ann, "video", 1) == []
        await rig.gate(ann, "all")
        assert await ask_for(bo, ann, "video", 1) == []


async def test_who_is_cut_off_from_an_aside_gets_none_of_it_by_asking() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair(frozenset({"cy"}))
        ann.say("video", b"aside")
        await ann.settled()
        assert await ask_for(bo, ann, "video", 1) == []
        await rig.gate(ann, "all")
        assert await ask_for(bo, ann, "video", 1) == []


async def test_a_newcomer_gets_nothing_from_before_by_asking() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ann.say("video", b"before")
        await bo.hears(b"before")
        cy = rig.seat("cy")
        await cy.subscribe()
        assert await ask_for(cy, ann, "video", 1) == []
        ann.say("video", b"after")
        await cy.hears(b"after")
        assert len(await ask_for(cy, ann, "video", 1, 2)) == 1


async def test_repairs_go_by_the_numbers_that_a_listener_knows() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ann.say("video", b"1")
        await bo.hears(b"1")
        await rig.relay.view(CIRCLE, "bo", "ann", "video", False)
        for _ in range(10):
            ann.say("video", b"hidden")
        await ann.settled()
        await rig.relay.view(CIRCLE, "bo", "ann", "video", True)
        ann.say("video", b"2")
        await bo.hears(b"2")
        second = bo.listener.sealed[-1]
        assert number_of(second) == 2
        assert await ask_for(bo, ann, "video", 2) == [second]
        assert await ask_for(bo, ann, "video", 1, 12) == []


async def test_a_gap_in_a_picture_is_asked_for_again() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        ann.say("video", b"1", 1)
        ann.say("video", b"4", 4)
        await ann.publisher.until(lambda: asked_again(ann) == [2, 3])
        ann.say("video", b"3", 3)
        await bo.hears(b"3")
        clock.time += 0.1
        ann.say("video", b"5", 5)
        await ann.publisher.until(lambda: asked_again(ann) == [2, 3, 2])
        ann.say("video", b"2", 2)
        await bo.hears(b"2")
        assert sorted(number_of(packet) for packet in bo.listener.packets) == [1, 2, 3, 4, 5]


async def test_a_gap_is_asked_for_three_times_and_then_let_be() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair()
        ann.say("video", b"1", 1)
        for number in range(3, 20):
            clock.time += 0.1
            ann.say("video", b"x", number)
            await ann.settled()
        assert asked_again(ann) == [2, 2, 2]


async def test_nothing_is_asked_for_that_a_shut_gate_would_swallow() -> None:
    async with Rig() as rig:
        ann, _ = await rig.pair("nobody")
        ann.say("video", b"1", 1)
        ann.say("video", b"9", 9)
        await ann.settled()
        assert asked_again(ann) == []
