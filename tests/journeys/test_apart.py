"""An aside is private on the way of the packets: whole circles of peers who all send all the time, while it begins, goes on and ends."""

import pytest

from tests.bots.rogue import Rogue
from tests.bots.talking import KINDS, all_talk

pytestmark = pytest.mark.journey


async def test_not_one_packet_goes_between_an_aside_and_the_circle_from_its_beginning_to_its_end() -> None:
    async with all_talk() as here:
        inside, outside = (here.bo, here.cy), (here.fay, here.ada, here.obi)
        await here.do(here.bo, "invite_aside", seats=[here.cy.seat])
        await here.hears(here.ada, here.bo)  # to be asked changes nothing yet
        began = await here.do(here.cy, "accept_aside")
        for listener, of in ((here.bo, here.cy), (here.cy, here.bo), (here.ada, here.fay), (here.obi, here.ada)):
            await here.hears(listener, of)
            await here.hears(listener, of, "video")
        ending = here.mark()
        await here.settled()
        await here.do(here.cy, "leave_aside")
        for listener, of in ((here.ada, here.cy), (here.cy, here.ada), (here.bo, here.fay), (here.obi, here.cy)):
            await here.hears(listener, of)
        for listener, of in ((here.ada, here.bo), (here.obi, here.bo), (here.fay, here.cy)):
            await here.hears(listener, of, "video")
        await here.settled()
        for one in inside:
            for other in outside:
                assert here.leaked(other, one, began, ending) == []
                if other is not here.obi:
                    assert here.leaked(one, other, began, ending) == []


async def test_who_is_called_back_in_the_middle_of_a_word_is_heard_only_after_a_press_of_their_own() -> None:
    async with all_talk() as here:
        await here.do(here.bo, "invite_aside", seats=[here.cy.seat])
        began = await here.do(here.cy, "accept_aside")
        await here.hears(here.bo, here.cy)
        await here.do(here.fay, "come_back", seat=here.bo.seat)
        for listener in (here.fay, here.ada, here.obi):
            for of in (here.bo, here.cy):
                await here.hears(listener, of, "video")
        pressed = here.mark()
        await here.do(here.bo, "set_devices", microphone=True, camera=True)
        await here.hears(here.ada, here.bo)
        await here.settled()
        for listener in (here.fay, here.ada, here.obi):
            assert here.leaked(listener, here.bo, began, pressed, "audio") == []
            assert here.leaked(listener, here.cy, began, None, "audio") == []
        assert here.leaked(here.cy, here.bo, began, pressed, "audio") != []


async def test_the_holder_is_not_heard_in_an_aside_and_whoever_comes_in_meanwhile_hears_nothing_of_it() -> None:
    async with all_talk() as here:
        await here.do(here.fay, "set_floor", floor="round")
        await here.do(here.bo, "invite_aside", seats=[here.cy.seat])
        began = await here.do(here.cy, "accept_aside")
        await here.fay.offer(here.ada)
        await here.ada.accept()
        late = await here.circle.joins(Rogue(here.circle.links.members, "Late"))
        await here.hears(late, here.ada)
        await here.hears(late, here.fay, "video")
        await here.hears(here.cy, here.bo)
        await here.settled()
        await late.settled()
        for kind in KINDS:
            assert [late.numbers(one.seat, kind) for one in (here.bo, here.cy)] == [[], []]
        assert [here.leaked(one, here.ada, began) for one in (here.bo, here.cy)] == [[], []]


async def test_pairs_hear_one_another_and_after_the_bell_nobody_hears_them_until_they_press() -> None:
    async with all_talk() as here:
        groups = [[here.fay.seat, here.ada.seat], [here.bo.seat, here.cy.seat]]
        began = await here.do(here.fay, "pair_up", groups=groups, minutes=5)
        for one, other in ((here.fay, here.ada), (here.bo, here.cy)):
            await here.hears(one, other)
            await here.hears(other, one, "video")
        rung = here.mark()
        await here.settled()
        for of in here.senders:
            assert here.leaked(here.obi, of, began, rung) == []
        for one in (here.fay, here.ada):
            for other in (here.bo, here.cy):
                assert (here.leaked(one, other, began, rung), here.leaked(other, one, began, rung)) == ([], [])
        back = await here.do(here.fay, "come_back")
        for of in here.senders:
            await here.hears(here.obi, of, "video")
        await here.settled()
        for listener in here.people.values():
            for of in here.senders:
                assert here.leaked(listener, of, back, None, "audio") == []


async def test_in_a_pause_and_from_who_stepped_out_not_one_packet_comes() -> None:
    async with all_talk() as here:
        paused = await here.do(here.fay, "pause", on=True)
        await here.hears(here.obi, here.bo, "video")
        await here.settled()
        for listener in here.people.values():
            for of in here.senders:
                assert here.leaked(listener, of, paused, None, "audio") == []
        await here.do(here.fay, "pause", on=False)
        out = await here.do(here.bo, "step_out", wish="fine")
        for of in (here.fay, here.ada, here.cy):
            await here.hears(here.bo, of)  # who is out may still hear
            await here.hears(here.bo, of, "video")
        back = here.mark()
        await here.settled()
        await here.do(here.bo, "step_in")
        await here.hears(here.obi, here.bo)
        for listener in (here.fay, here.ada, here.cy, here.obi):
            assert here.leaked(listener, here.bo, out, back) == []


async def test_behind_the_shield_not_one_packet_comes_from_who_does_not_lead_and_afterwards_all_are_back() -> None:
    async with all_talk() as here:
        shielded = await here.do(here.fay, "shield", on=True)
        for kind in KINDS:
            await here.hears(here.obi, here.fay, kind)
        lifting = here.mark()
        await here.settled()
        await here.do(here.fay, "shield", on=False)
        for kind in KINDS:
            await here.hears(here.obi, here.bo, kind)
        await here.settled()
        for listener in here.people.values():
            for of in (here.ada, here.bo, here.cy):
                assert here.leaked(listener, of, shielded, lifting) == []
