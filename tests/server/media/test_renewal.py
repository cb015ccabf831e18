"""Offers under pressure: others come and go while one is open, or its answer is refused. A listener always comes back to hearing."""

import pytest

from rooms.rules.door import MOST_SEATS
from server.media.engine import MediaRefused
from server.media.relay.sdp import MOST_LINES
from server.media.relay.subscription import MOST_SLOTS
from tests.server.media.rig import CIRCLE, Rig
from tests.server.media.test_offers import lines, shown


def test_the_largest_circle_may_change_wholly_within_one_open_offer() -> None:
    assert 2 * 2 * MOST_SEATS <= MOST_SLOTS < MOST_LINES


async def test_who_comes_and_goes_while_an_offer_is_open_does_not_grow_the_next_one() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for _ in range(40):
            await rig.relay.publish(CIRCLE, "ann", rig.peer(ssrcs={"audio": 1, "video": 2}).offer())
        await ann.publish()
        await bo.take_offer()
        assert len(lines(bo.offers[-1].sdp)) == 1 + 2 + 2
        await bo.take_offer()
        ann.say("audio", b"still")
        await bo.hears(b"still")
        assert rig.lost == []


async def test_who_came_and_went_within_one_open_offer_is_never_offered() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        await rig.seat("dee").publish()
        await rig.seat("cy").publish()
        await rig.relay.unpublish(CIRCLE, "cy")
        await bo.take_offer()
        assert len(lines(bo.offers[-1].sdp)) == 5
        assert {track.seat for track in shown(bo).values()} == {"ann", "dee"}


async def test_an_m_line_used_again_in_vain_keeps_the_name_that_the_browser_knows() -> None:
    """A browser refuses an ended m-line under another mid."""
    async with Rig() as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        await cy.publish()
        await bo.take_offer()
        await rig.relay.unpublish(CIRCLE, "ann")
        await bo.take_offer()
        ended = lines(bo.offers[-1].sdp)
        await rig.relay.unpublish(CIRCLE, "cy")  # now an offer is open
        await rig.seat("dee").publish()
        await rig.relay.unpublish(CIRCLE, "dee")
        await bo.take_offer()
        assert [mid for mid, _ in lines(bo.offers[-1].sdp)] == [mid for mid, _ in ended]
        await bo.take_offer()
        await ann.publish()
        await bo.take_offer()
        ann.say("video", b"back")
        await bo.hears(b"back")


async def test_a_listener_to_whom_no_more_can_be_offered_is_told_to_begin_anew() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for number in range(MOST_SLOTS // 2):
            await rig.relay.publish(CIRCLE, f"seat {number}", rig.peer(ssrcs={"audio": 1, "video": 2}).offer())
        assert rig.lost == [("bo", "subscribe")]
        for number in range(MOST_SLOTS // 2):
            await rig.relay.unpublish(CIRCLE, f"seat {number}")
        await bo.subscribe()
        ann.say("audio", b"goes on")
        await bo.hears(b"goes on")


def bad_answers(good: str, sdp: str, fewer: str) -> list[str]:
    other = good.replace("a=mid:1\r\n", "a=mid:99\r\n")
    assert other != good
    return ["", "v=0", fewer, other, good.replace("a=fingerprint", "a=finger"), "m=" * 10_000]


async def test_after_a_refused_answer_a_listener_begins_anew() -> None:
    """Its offer would stay open for ever, and nobody who comes later would ever be offered."""
    async with Rig() as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        await cy.publish()
        await rig.gate(cy, "all")
        for at in range(6):
            number, sdp = bo.offers[-1].number, bo.offers[-1].sdp
            if at:
                await rig.relay.subscribe(CIRCLE, "bo")
                number, sdp = bo.offers[-1].number, bo.offers[-1].sdp
            bad = bad_answers(bo.listener.answer(sdp), sdp, bo.listener.answer(sdp[: sdp.rindex("m=")]))[at]
            with pytest.raises(MediaRefused) as refused:
                await rig.relay.answer(CIRCLE, "bo", number, bad)
            assert refused.value.code == "malformed"
            assert rig.lost == [("bo", "subscribe")] * (at + 1)
        await bo.subscribe()
        for seat, word in ((ann, b"ann"), (cy, b"cy")):
            seat.say("audio", word)
            await bo.hears(word)


async def test_a_stale_answer_ends_nothing() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        with pytest.raises(MediaRefused):
            await rig.relay.answer(CIRCLE, "bo", bo.offers[-1].number, "v=0")
        ann.say("audio", b"goes on")
        await bo.hears(b"goes on")
        assert rig.lost == []
