"""Behind the shield nobody is heard or seen but who leads, whatever anybody sends: whole circles of peers who all send all the time."""

import pytest

from tests.bots.participant import Participant
from tests.bots.signaling import Refused
from tests.bots.talking import KINDS, Talking, all_talk

pytestmark = pytest.mark.journey
FAR = 1_000_000
"""a number that no packet of anybody else's comes to"""


async def fay_alone_comes(here: Talking) -> None:
    """Sound and picture, to everybody else."""
    for listener in (here.ada, here.bo, here.cy, here.obi):
        for kind in KINDS:
            await here.hears(listener, here.fay, kind)


async def test_behind_the_shield_not_one_packet_comes_but_of_who_leads() -> None:
    async with all_talk() as here:
        raised = await here.do(here.fay, "shield", on=True)
        await fay_alone_comes(here)
        falling = here.mark()
        await here.settled()
        await here.do(here.fay, "shield", on=False)
        for listener, of in ((here.fay, here.ada), (here.obi, here.bo), (here.ada, here.cy)):
            for kind in KINDS:
                await here.hears(listener, of, kind)
        for listener in here.people.values():
            for of in (here.ada, here.bo, here.cy):
                assert here.leaked(listener, of, raised, falling) == []


async def test_neither_the_holder_nor_those_apart_are_heard_behind_the_shield() -> None:
    async with all_talk() as here:
        await here.do(here.fay, "set_floor", floor="round")
        await here.fay.offer(here.ada)
        await here.ada.accept()
        await here.do(here.bo, "invite_aside", seats=[here.cy.seat])
        await here.do(here.cy, "accept_aside")
        await here.hears(here.obi, here.ada)
        await here.hears(here.cy, here.bo)
        raised = await here.do(here.fay, "shield", on=True)
        for kind in KINDS:
            await here.hears(here.ada, here.fay, kind)
            await here.hears(here.obi, here.fay, kind)
        await here.settled()
        for listener in here.people.values():
            for of in (here.ada, here.bo, here.cy):
                assert here.leaked(listener, of, raised) == []


async def test_a_rogue_gets_nothing_through_the_shield_neither_afresh_nor_under_anothers_name() -> None:
    async with all_talk() as here:
        raised = await here.do(here.fay, "shield", on=True)
        await here.do(here.cy, "set_devices", microphone=True, camera=True)
        foreign = [here.fay.publisher.ssrcs["audio"], await here.ada.stream(here.fay.seat), 0x0BADBEEF]
        here.cy.sent += FAR
        for ssrc in foreign:
            here.cy.sound(50, ssrc=ssrc)
        await here.cy.publishes_afresh()
        here.cy.sound(50)
        here.cy.picture(50)
        await fay_alone_comes(here)
        await here.settled()
        for listener in here.people.values():
            assert here.leaked(listener, here.cy, raised) == []
            for of in here.senders:
                assert [one for kind in KINDS for one in listener.numbers(of.seat, kind) if one > FAR] == []
            known = {one.seat for one in here.senders}
            assert {*listener.heard("audio"), *listener.heard("video")} <= known


async def test_nobody_comes_in_through_the_shield_and_who_is_removed_sends_to_nobody() -> None:
    async with all_talk() as here:
        raised = await here.do(here.fay, "shield", on=True)
        late = Participant(here.circle.links.members, "Late")
        with pytest.raises(Refused, match="locked"):
            await late.knock()
        await late.close()
        await here.fay.line.command("remove", seat=here.cy.seat)
        assert await here.cy.line.until_ended() == "removed"
        here.cy.sound(50)
        await fay_comes_to_who_stays(here)
        for listener in (here.fay, here.ada, here.bo, here.obi):
            assert here.leaked(listener, here.cy, raised) == []


async def fay_comes_to_who_stays(here: Talking) -> None:
    for listener in (here.ada, here.bo, here.obi):
        await here.hears(listener, here.fay)
    for _ in range(2):
        for one in (here.fay, here.ada, here.bo, here.obi):
            await one.settled()
