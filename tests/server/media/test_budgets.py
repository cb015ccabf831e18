"""What one member may make the relay do for, and to, the others: so much, and then no more. Over real sockets."""

from collections import Counter
from struct import pack

from server.media.engine import Kind
from server.media.relay import rtcp
from tests.server.media.rig import Clock, Rig, Seat, number_of
from tests.server.media.test_reports import TIMES, packets

US = 1
EVERY: tuple[Kind, ...] = ("audio", "video")


def begged(ssrc: int, first: int) -> bytes:
    """Seventeen packets, asked for 320 times in one datagram."""
    pairs = pack("!HH", first, 0xFFFF) * 64
    return (pack("!BBHII", 0x81, rtcp.RTPFB, 2 + 64, US, ssrc) + pairs) * 5


async def test_what_is_asked_for_again_and_again_comes_three_times() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        for at in range(30):
            ann.say("video", b"picture %d" % at)
        await bo.hears(b"picture 29")
        for _ in range(10):
            clock.time += 1
            bo.listener.send_rtcp(begged(bo.ssrc(ann, "video"), 5))
            await bo.settled()
        times = Counter(number_of(packet) for packet in bo.listener.sealed)
        assert {times[number] for number in range(5, 22)} == {1 + 3}


async def test_repairs_have_a_pace() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        for at in range(300):
            ann.say("video", b"picture %d" % at)
            if at % 50 == 49:
                await ann.settled()
                await bo.settled()
        assert await repaired(bo, ann, 300) == 100
        clock.time += 0.25
        assert await repaired(bo, ann, 300) == 50


async def repaired(seat: Seat, of: Seat, many: int) -> int:
    """How many come when so many are asked for, sixty at a time."""
    before = len(seat.listener.sealed)
    for first in range(1, many + 1, 60):
        seat.listener.send_rtcp(rtcp.nack(US, seat.ssrc(of, "video"), list(range(first, min(first + 60, many + 1)))))
        await seat.settled()
    return len(seat.listener.sealed) - before


def sender_report(ssrc: int, count: int) -> bytes:
    return pack("!BBHIIIIII", 0x80, rtcp.SR, 6, ssrc, *TIMES, count, 0)


async def test_of_a_heap_of_reports_the_last_one_of_each_track_goes_on() -> None:
    async with Rig(Clock()) as rig:
        ann, bo = await rig.pair()
        ssrcs = ann.publisher.ssrcs
        ann.publisher.send_rtcp(b"".join(sender_report(ssrcs[kind], at) for at in range(16) for kind in EVERY))
        await ann.settled()
        await bo.settled()
        told = [(one.body[:4], one.body[16:20]) for one in packets(bo.listener.reports, rtcp.SR)]
        assert told == [(pack("!I", bo.ssrc(ann, kind)), pack("!I", 15)) for kind in EVERY]


async def test_reports_go_on_at_most_twice_a_second() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        for at in range(20):
            ann.publisher.send_rtcp(sender_report(ann.publisher.ssrcs["audio"], at))
            await ann.settled()
            clock.time += 0.125
        await bo.settled()
        counts = [int.from_bytes(one.body[16:20], "big") for one in packets(bo.listener.reports, rtcp.SR)]
        assert counts == [0, 4, 8, 12, 16]


async def test_a_picture_of_somebody_who_is_not_heard_is_a_small_one() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair("nobody")
        await rig.gate(ann, "all", ("video",))
        assert await brought(ann, bo) == 30
        await rig.gate(ann, "all", ("audio",))
        assert await brought(ann, bo) == 220  # at once: nobody waits for a second to begin
        clock.time += 1
        assert await brought(ann, bo) == 250
        await rig.gate(ann, "nobody", ("audio",))
        clock.time += 1
        assert await brought(ann, bo) == 250  # the browser has not heard of it yet
        clock.time += 2
        assert await brought(ann, bo) == 30


async def test_a_stick_that_goes_to_and_fro_gives_no_second_allowance() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        assert await brought(ann, bo) == 250
        for _ in range(5):
            await rig.gate(ann, "nobody", ("audio",))
            await rig.gate(ann, "all", ("audio",))
        assert await brought(ann, bo) == 0


async def test_small_packets_of_somebody_who_is_not_heard_are_counted_too() -> None:
    async with Rig(Clock()) as rig:
        ann, bo = await rig.pair("nobody")
        await rig.gate(ann, "all", ("video",))
        assert await brought(ann, bo, 20) == 150


async def brought(ann: Seat, bo: Seat, size: int = 1000) -> int:
    """How many packets of picture reach bo when ann sends 300 at once."""
    before = len(bo.listener.packets)
    for at in range(300):
        ann.say("video", bytes(size - 12))
        if at % 50 == 49:
            await ann.settled()
            await bo.settled()
    return len(bo.listener.packets) - before
