"""Reports: what a publisher is told of its own, and what listeners are told of a publisher. Over real sockets."""

from struct import pack, unpack_from

from server.media.relay import rtcp
from tests.server.media.feedback import parse
from tests.server.media.rig import Clock, Rig, Seat

TIMES = (0x11223344, 0x55667788, 0x01020304)


def packets(reports: list[bytes], type_: int, form: int | None = None) -> list[rtcp.Packet]:
    every = [packet for report in reports for packet in rtcp.split(report)]
    return [packet for packet in every if packet.type == type_ and form in (None, packet.form)]


def sender_report(ssrc: int) -> bytes:
    return pack("!BBHIIIIII", 0x80, rtcp.SR, 6, ssrc, *TIMES, 10, 1000)


async def test_a_publishers_report_reaches_listeners_under_the_ssrc_they_know() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ann.publisher.send_rtcp(sender_report(ann.publisher.ssrcs["audio"]))
        await bo.listener.until(lambda: bool(bo.listener.reports))
        (report,) = packets(bo.listener.reports, rtcp.SR)
        assert unpack_from("!IIIIII", report.body) == (bo.ssrc(ann, "audio"), *TIMES, 10, 1000)


async def test_a_name_in_reports_says_nothing_and_is_the_one_in_the_offer() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        theirs = pack("!BBHIBB", 0x81, rtcp.SDES, 3, ann.publisher.ssrcs["audio"], 1, 4) + b"home\0\0"
        ann.publisher.send_rtcp(sender_report(ann.publisher.ssrcs["audio"]) + theirs)
        await bo.listener.until(lambda: bool(bo.listener.reports))
        (told,) = packets(bo.listener.reports, rtcp.SDES)
        name = told.body[6 : 6 + told.body[5]].decode()
        assert f"a=ssrc:{bo.ssrc(ann, 'audio')} cname:{name}\r\n" in bo.offers[-1].sdp
        assert b"home" not in b"".join(bo.listener.reports)


async def test_no_report_passes_a_shut_gate() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair("nobody")
        ann.publisher.send_rtcp(sender_report(ann.publisher.ssrcs["audio"]))
        await ann.settled()
        await rig.gate(ann, frozenset({"cy"}))
        ann.publisher.send_rtcp(sender_report(ann.publisher.ssrcs["audio"]))
        await ann.settled()
        await bo.settled()
        assert bo.listener.reports == []


async def test_nothing_else_that_a_client_reports_is_passed_on() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ssrc = ann.publisher.ssrcs["audio"]
        for kind in (rtcp.SDES, 203, 204, 207, 201, 205, 206, 210):
            ann.publisher.send_rtcp(pack("!BBHII", 0x81, kind, 2, ssrc, bo.ssrc(ann, "audio")))
            bo.listener.send_rtcp(pack("!BBHII", 0x81, kind, 2, ssrc, bo.ssrc(ann, "audio")))
        ann.publisher.send_rtcp(sender_report(0x777))  # of nobody
        await ann.settled()
        await bo.settled()
        assert bo.listener.reports == []


async def reports_once(ann: Seat) -> rtcp.Packet:
    await ann.publisher.until(lambda: bool(packets(ann.publisher.reports, rtcp.RR)))
    return packets(ann.publisher.reports, rtcp.RR)[0]


async def test_a_publisher_learns_each_second_what_has_come() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair()
        ann.publisher.send_rtcp(sender_report(ann.publisher.ssrcs["video"]))
        await ann.settled()
        clock.time += 0.5
        for number in (1, 2, 3, 5):
            ann.say("video", b"x", number)
        report = await reports_once(ann)
        us, ssrc, lost, highest, jitter, last_report, delay = unpack_from("!IIIIIII", report.body)
        assert (us, ssrc, highest, jitter) == (1, ann.publisher.ssrcs["video"], 5, 0)
        assert (lost >> 24, lost & 0xFFFFFF) == (256 // 5, 1)
        assert (last_report, delay) == (0x33445566, 0x8000)


async def test_a_publisher_is_held_to_two_megabits() -> None:
    async with Rig() as rig:
        ann, _ = await rig.pair()
        ann.say("video", b"x")
        await reports_once(ann)
        (remb,) = packets(ann.publisher.reports, rtcp.PSFB, rtcp.REMB)[:1]
        name, rate = unpack_from("!4sI", remb.body, 8)
        assert name == b"REMB"
        assert (rate & 0x3FFFF) << (rate >> 18 & 0x3F) == 2_000_000
        assert unpack_from("!II", remb.body, 16) == tuple(ann.publisher.ssrcs.values())


async def test_a_publisher_who_says_nothing_is_told_nothing() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        await bo.publish()
        bo.say("audio", b"x")
        await reports_once(bo)
        assert packets(ann.publisher.reports, rtcp.RR) == []


async def test_transport_feedback_says_when_each_packet_came_even_through_a_shut_gate() -> None:
    clock = Clock()
    async with Rig(clock) as rig:
        ann, _ = await rig.pair("nobody")
        for number in (40_000, 40_001, 40_003):  # they may begin anywhere
            ann.say("audio", b"x", twcc=number)
            await ann.settled()
            clock.time += 0.01
        told: dict[int, int] = {}
        while len(told) < 3:
            seen = len(ann.publisher.reports)
            for packet in packets(ann.publisher.reports, rtcp.RTPFB, rtcp.TWCC):
                told |= parse(packet.body).arrivals
            if len(told) < 3:
                await ann.publisher.until(lambda seen=seen: len(ann.publisher.reports) > seen)
        assert list(told) == [40_000, 40_001, 40_003]
        assert [at - told[40_000] for at in told.values()] == [0, 10_000, 20_000]


async def test_transport_numbers_may_go_round() -> None:
    async with Rig() as rig:
        ann, _ = await rig.pair()
        numbers = [65_534, 65_535, 0, 1]
        for number in numbers:
            ann.say("video", b"x", twcc=number)
        await ann.settled()
        await ann.publisher.until(lambda: bool(packets(ann.publisher.reports, rtcp.RTPFB, rtcp.TWCC)))
        every = [parse(one.body).arrivals for one in packets(ann.publisher.reports, rtcp.RTPFB, rtcp.TWCC)]
        assert [number for arrivals in every for number in arrivals] == numbers
