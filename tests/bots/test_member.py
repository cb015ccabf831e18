"""The bots themselves: that a member keeps the rules, and that what it measures is so."""

import asyncio

import numpy as np
import pytest
from av import AudioFrame

from tests.bots.gathering import gathering
from tests.bots.measure import WINDOW, Measures
from tests.bots.member import Member, Writer
from tests.bots.participant import Participant
from tests.bots.signaling import View
from tests.bots.tasks import stop
from tests.bots.tracks import SAMPLES, Picture, Tone


def microphone(of: Participant, view: View) -> bool:
    return next(seat["microphone"] for seat in view["seats"] if seat["id"] == of.seat)


async def test_a_members_microphone_is_on_while_it_holds_the_stick_and_only_then() -> None:
    async with gathering() as circle:
        host = await circle.begins(Member(circle.links.facilitators, "Ada"))
        member = await circle.joins(Member(circle.links.members, "Bo"))
        await host.offer(member)
        await member.line.until(member.offered)
        assert not microphone(member, member.view)
        await member.accept()
        await host.line.until(lambda view: microphone(member, view))
        await member.pass_on(host)
        await host.line.until(lambda view: not microphone(member, view))
        await host.accept()
        await host.line.until(lambda view: microphone(host, view))
        assert not microphone(member, host.view)


async def test_members_left_to_themselves_pass_the_stick_round() -> None:
    async with gathering() as circle:
        host = await circle.begins(Member(circle.links.facilitators, "Ada"))
        first, second = [await circle.joins(Member(circle.links.members, name)) for name in ("Bo", "Cy")]
        lives = [asyncio.create_task(one.follow(0.0, 0.0)) for one in (host, first, second)]
        await host.offer(first)
        await host.line.until(lambda view: view["phase"] == "open" and view["stick"]["state"] == "resting")
        await stop(*lives)
        states = [view["stick"] for kind, view in host.line.received if kind == "view" and view["at"] == "circle"]
        held = [stick["seat"] for stick in states if stick["state"] == "held"]
        assert list(dict.fromkeys(held)) == [first.seat, second.seat, host.seat]


@pytest.mark.parametrize("hz", [196.0, 440.0, 900.0])
async def test_a_tone_is_measured_at_its_own_pitch_and_no_other(hz: float) -> None:
    tone, measures = Tone(hz, 0.3), Measures()
    for _ in range(WINDOW):
        sine = (await tone.recv()).to_ndarray().repeat(2, axis=1)
        measures.take("bo", AudioFrame.from_ndarray(sine, format="s16", layout="stereo"))
    assert measures.hears("bo", hz)
    assert not measures.hears("bo", hz + 40)
    assert not measures.hears("cy", hz)


def test_silence_is_not_heard() -> None:
    measures = Measures()
    nothing = np.zeros((1, 2 * SAMPLES), dtype=np.int16)
    for _ in range(WINDOW):
        measures.take("bo", AudioFrame.from_ndarray(nothing, format="s16", layout="stereo"))
    assert not measures.hears("bo", 0.0)
    assert measures.energy["bo"] == 0


async def test_a_picture_moves_before_a_wall_of_its_own_colour() -> None:
    picture, measures = Picture((40, 120, 60)), Measures()
    first, second = await picture.recv(), await picture.recv()
    measures.take("bo", first)
    assert measures.wall("bo") == (40, 120, 60)
    assert not np.array_equal(first.to_ndarray(), second.to_ndarray())


async def test_who_writes_is_read_by_all_and_heard_by_nobody() -> None:
    async with gathering() as circle:
        host = await circle.begins(Member(circle.links.facilitators, "Ada"))
        writer = Writer(circle.links.members, "Bo")
        await circle.joins(writer)
        life = asyncio.create_task(writer.follow(moment=0.0, hold=0.3))
        await host.offer(writer)
        await host.line.until_whisper(lambda told: host.read(told) == " ".join(writer.words))
        assert host.read(host.line.whispers[0]) == writer.words[0]
        assert writer.seat not in host.subscriber.voices
        assert not microphone(writer, host.view)
        await stop(life)
