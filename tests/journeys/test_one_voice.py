"""Law 1, one voice, and law 6, nobody's address: whole circles of bots with real sound, and some who do not keep the rules."""

import json
import re

import pytest

from tests.bots.gathering import gathering
from tests.bots.member import Member
from tests.bots.participant import Participant
from tests.bots.rogue import Candid, Loud, Rogue
from tests.bots.signaling import Refused

pytestmark = pytest.mark.journey
SOON = 30.0
"""seconds to wait for sound before giving up, on a machine that may be busy"""


async def hand_over(giver: Participant, taker: Participant) -> None:
    await giver.pass_on(taker)
    await taker.accept()


async def test_over_a_full_round_everybody_hears_the_holder_and_nobody_else() -> None:
    """All microphones stay on all the time, so that nothing but the relay keeps anybody silent."""
    async with gathering() as circle:
        host = await circle.begins(Loud(circle.links.facilitators, "Ada", hz=300))
        tones = (420, 560, 720, 900)
        members = [await circle.joins(Loud(circle.links.members, f"M{hz}", hz=hz)) for hz in tones]
        observer = await circle.joins(Member(circle.links.members, "Obi"), role="observer")
        everybody, order = [host, *members, observer], [*members, host]
        await host.offer(order[0])
        for at, holder in enumerate(order):
            await holder.accept()
            for listener in everybody:
                if listener is not holder:
                    ear = listener.subscriber
                    await ear.until(lambda ear=ear, holder=holder: ear.measures.hears(holder.seat, holder.hz), SOON)
                    assert [one.name for one in order[at + 1 :] if ear.measures.energy[one.seat]] == []
            await holder.pass_on()
        for listener in everybody:
            others = [one for one in order if one is not listener]
            assert listener.subscriber.voices == [one.seat for one in others]
            for one in others:
                assert one.publisher is not None
                assert await one.publisher.sent() > listener.subscriber.packets[one.seat, "audio"]


async def test_everybody_sees_everybodys_own_picture() -> None:
    async with gathering() as circle:
        green, blue = (40, 120, 60), (50, 70, 150)
        host = await circle.begins(Member(circle.links.facilitators, "Ada", colour=green))
        member = await circle.joins(Member(circle.links.members, "Bo", colour=blue))
        observer = await circle.joins(Member(circle.links.members, "Obi"), role="observer")
        for listener, seen in ((observer, host), (observer, member), (host, member), (member, host)):
            ear, measures = listener.subscriber, listener.subscriber.measures
            await ear.until(lambda measures=measures, seen=seen: measures.pictures[seen.seat] >= 4, SOON)
            assert measures.wall(seen.seat) == pytest.approx(seen.colour, abs=16)
        assert {seat for seat, _ in host.subscriber.packets} == {member.seat}


async def test_a_member_who_leaves_is_followed_by_another_who_is_seen_and_heard() -> None:
    async with gathering() as circle:
        host = await circle.begins(Member(circle.links.facilitators, "Ada"))
        gone = await circle.joins(Member(circle.links.members, "Bo", hz=420))
        await host.subscriber.until(lambda: host.subscriber.measures.pictures[gone.seat] > 0, SOON)
        await gone.line.command("leave")
        await gone.line.until_ended()
        follower = await circle.joins(Member(circle.links.members, "Cy", hz=560))
        await host.offer(follower)
        await follower.accept()
        ear = host.subscriber
        await ear.until(
            lambda: ear.measures.hears(follower.seat, 560) and ear.measures.pictures[follower.seat] > 0, SOON
        )
        assert ear.voices == [follower.seat]


async def test_nobody_is_heard_before_the_stick_goes_round_nor_while_it_is_offered() -> None:
    async with gathering() as circle:
        host = await circle.begins(Rogue(circle.links.facilitators, "Ada"))
        member = await circle.joins(Rogue(circle.links.members, "Bo"))
        await member.publish()

        async def heard() -> list[str]:
            member.sound(50)
            await member.settled()
            await host.settled()
            return host.heard()

        assert await heard() == []
        await host.offer(member)
        await member.line.until(member.offered)
        assert await heard() == []
        await member.accept()
        assert await heard() == [member.seat] * 50
        await member.lay_down()
        assert await heard() == [member.seat] * 50


async def test_who_sends_without_the_stick_is_heard_by_nobody() -> None:
    async with gathering() as circle:
        host = await circle.begins(Member(circle.links.facilitators, "Ada", hz=300))
        rogue = await circle.joins(Rogue(circle.links.members, "Ro"))
        light = await circle.joins(Rogue(circle.links.members, "Bo"))
        observer = await circle.joins(Member(circle.links.members, "Obi"), role="observer")
        await rogue.publish()
        await host.offer(host)
        await host.accept()
        ear = observer.subscriber
        await ear.until(lambda: ear.measures.hears(host.seat, host.hz), SOON)
        rogue.sound(150)
        await rogue.settled()
        await light.settled()
        assert set(light.heard()) == {host.seat}
        await hand_over(host, rogue)
        rogue.sound(20)
        await ear.until(lambda: ear.packets[rogue.seat, "audio"] > 0, SOON)
        assert ear.voices == [host.seat, rogue.seat]  # had it been heard before, it would stand there twice


async def test_an_observer_who_sends_is_refused_and_heard_by_nobody() -> None:
    async with gathering() as circle:
        host = await circle.begins(Rogue(circle.links.facilitators, "Ada"))
        member = await circle.joins(Rogue(circle.links.members, "Bo"))
        observer = await circle.joins(Rogue(circle.links.members, "Obi"), role="observer")
        await member.publish()
        with pytest.raises(Refused, match="not_yours"):
            await observer.publish()
        await host.offer(member)
        await member.accept()
        member.sound(10)
        await member.settled()
        await observer.listener.until(lambda: len(observer.heard()) == 10)
        for ssrc in (None, await observer.stream(member.seat), member.publisher.ssrcs["audio"], 0x0BADBEEF):
            observer.sound(50, ssrc=ssrc, on=observer.listener)
        await observer.settled()
        for listener in (host, member, observer):
            await listener.settled()
        assert host.heard() == [member.seat] * 10
        assert member.heard() == []
        assert observer.heard() == [member.seat] * 10


async def test_a_flood_under_streams_that_nobody_announced_reaches_nobody() -> None:
    """Not even with the stick in hand, when the sender's gate stands open."""
    async with gathering() as circle:
        host = await circle.begins(Rogue(circle.links.facilitators, "Ada"))
        rogue = await circle.joins(Rogue(circle.links.members, "Ro"))
        member = await circle.joins(Rogue(circle.links.members, "Bo"))
        await rogue.publish()
        await member.publish()
        await host.offer(rogue)
        await rogue.accept()
        theirs = [member.publisher.ssrcs["audio"], await host.stream(rogue.seat), await host.stream(member.seat)]
        for ssrc in (0x0BADBEEF, *theirs):
            for _ in range(10):
                rogue.sound(100, ssrc=ssrc)
                await rogue.settled()
        await host.settled()
        await member.settled()
        assert host.heard() == member.heard() == []
        rogue.sound(10)
        await rogue.settled()
        await host.settled()
        assert host.heard() == [rogue.seat] * 10


async def test_nothing_that_anybody_receives_holds_anothers_address() -> None:
    async with gathering() as circle:
        host = await circle.begins(Candid(circle.links.facilitators, "Ada"))
        member = await circle.joins(Candid(circle.links.members, "Bo"))
        observer = await circle.joins(Candid(circle.links.members, "Obi"), role="observer")
        for listener, seen in ((host, member), (member, host), (observer, host), (observer, member)):
            ear = listener.subscriber
            await ear.until(lambda ear=ear, seen=seen: ear.measures.pictures[seen.seat] > 0, SOON)
        received = [message for one in (host, member, observer) for _, message in one.line.received]
        own = str(circle.served.settings.media_port)
        candidates = [
            line for text in map(_sdp, received) for line in text.splitlines() if line.startswith("a=candidate")
        ]
        assert {tuple(line.split()[4:6]) for line in candidates} == {("127.0.0.1", own)}
        text = json.dumps(received)
        assert set(re.findall(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b", text)) == {"127.0.0.1", "0.0.0.0"}
        assert re.search(r"IN IP6|::|raddr|\.local\b", text) is None


def _sdp(message: dict[str, str]) -> str:
    return message.get("sdp", "")
