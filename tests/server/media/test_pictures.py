"""A whole picture comes when one is needed, and not for each that is wished for: over real sockets."""

from struct import pack

from server.media.relay import rtcp
from tests.server.media.asked import pictures_asked
from tests.server.media.rig import CIRCLE, Clock, Rig

US = 1


async def test_a_whole_picture_is_asked_for_when_a_gate_opens() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair("nobody")
        await ann.settled()
        before = pictures_asked(ann)
        clock.time += 1
        await rig.gate(ann, "all")
        await ann.settled()
        assert pictures_asked(ann)[len(before) :] == [ann.publisher.ssrcs["video"]]


async def test_a_whole_picture_is_asked_for_when_somebody_begins_to_listen() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair()
        await ann.settled()
        before = len(pictures_asked(ann))
        clock.time += 1
        await rig.seat("cy").subscribe()
        await ann.settled()
        assert len(pictures_asked(ann)) == before + 1


async def test_a_whole_picture_is_asked_for_when_a_tile_is_seen_again() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair()
        await rig.relay.view(CIRCLE, "bo", "ann", "video", False)
        await ann.settled()
        before = len(pictures_asked(ann))
        clock.time += 1
        await rig.relay.view(CIRCLE, "bo", "ann", "video", True)
        await ann.settled()
        assert len(pictures_asked(ann)) == before + 1


async def test_a_listeners_wish_for_a_picture_reaches_the_publisher_at_most_so_often() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        await ann.settled()
        before = len(pictures_asked(ann))
        ssrc = bo.ssrc(ann, "video")
        clock.time += 1
        for _ in range(20):
            bo.listener.send_rtcp(rtcp.pli(US, ssrc))
            bo.listener.send_rtcp(full_intra_request(ssrc))
        await bo.settled()
        await ann.settled()
        assert len(pictures_asked(ann)) == before + 1
        clock.time += 0.31  # the wish that had to wait is not forgotten
        await ann.publisher.until(lambda: len(pictures_asked(ann)) == before + 2)


async def test_a_wish_for_somebody_elses_picture_asks_nobody() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair(frozenset({"cy"}))
        clock.time += 1
        await rig.gate(ann, "nobody")
        clock.time += 1
        await rig.gate(ann, frozenset({"cy"}))  # so that no wish from before is still waiting
        await ann.settled()
        before = len(pictures_asked(ann))
        clock.time += 1
        for ssrc in (bo.ssrc(ann, "video"), bo.ssrc(ann, "audio"), ann.publisher.ssrcs["video"], 0):
            bo.listener.send_rtcp(rtcp.pli(US, ssrc))
        await bo.settled()
        await ann.settled()
        assert len(pictures_asked(ann)) == before


async def test_one_listener_gets_a_whole_picture_every_other_second() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        await ann.settled()
        before = len(pictures_asked(ann))
        for _ in range(40):
            clock.time += 0.25
            bo.listener.send_rtcp(rtcp.pli(US, bo.ssrc(ann, "video")))
            await bo.settled()
        await ann.settled()
        assert len(pictures_asked(ann)) - before in range(5, 2 + 5 + 1)


async def test_a_tile_that_is_hidden_and_seen_all_the_time_asks_no_more_often() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair()
        await ann.settled()
        before = len(pictures_asked(ann))
        for at in range(40):
            clock.time += 0.25
            await rig.relay.view(CIRCLE, "bo", "ann", "video", at % 2 == 1)
        await ann.settled()
        assert len(pictures_asked(ann)) - before in range(5, 2 + 5 + 1)


def full_intra_request(ssrc: int) -> bytes:
    """RFC 5104, 4.3.1."""
    return pack("!BBHIIIBBH", 0x84, 206, 4, US, 0, ssrc, 1, 0, 0)
