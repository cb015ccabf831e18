"""What a patched browser may try, and what comes of it: nothing. Its packets are genuine; they are only not allowed."""

import secrets

from tests.bots.peer import rtp
from tests.bots.secure import CM, Handshake, make_identity
from tests.server.media.rig import CIRCLE, OPUS, VP8, Clock, Rig, Seat, door_of, ssrcs

UNKNOWN = 0x0BADBEEF


async def test_packets_of_an_unknown_ssrc_go_nowhere() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for number in range(200):
            ann.publisher.send_rtp(rtp(UNKNOWN, OPUS, number, b"rogue"))
        ann.say("audio", b"true")
        await bo.hears(b"true")
        assert bo.heard() == [b"true"]


async def test_a_flood_of_ssrcs_is_dropped_before_it_is_unlocked() -> None:
    """Each ssrc that is unlocked costs the relay memory for as long as the connection lasts."""
    async with Rig() as rig:
        ann, _ = await rig.pair()
        packet = ann.publisher.seal(rtp(UNKNOWN, OPUS, 1, b"rogue"))
        ann.publisher.send(packet)
        await ann.settled()
        keys = door_of(rig).by_address[ann.publisher.address].rx
        assert keys is not None
        assert keys.unprotect(packet)  # an ssrc once unlocked would not be unlocked again: a replay


async def test_what_a_listener_sends_is_not_even_unlocked() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        packet = bo.listener.seal(rtp(UNKNOWN, OPUS, 1, b"rogue"))
        bo.listener.send(packet)
        await bo.settled()
        keys = door_of(rig).by_address[bo.listener.address].rx
        assert keys is not None
        assert keys.unprotect(packet)


async def test_reports_of_many_ssrcs_cost_no_memory_without_end() -> None:
    async with Rig() as rig:
        ann, _ = await rig.pair()
        sent = [ann.publisher.seal_rtcp(b"\x80\xc9\x00\x01" + ssrc.to_bytes(4, "big")) for ssrc in range(1000)]
        for at, packet in enumerate(sent):
            ann.publisher.send(packet)
            if at % 50 == 0:
                await ann.settled()
        await ann.settled()
        keys = door_of(rig).by_address[ann.publisher.address].rx
        assert keys is not None
        assert keys.unprotect_rtcp(sent[-1])


async def test_a_payload_type_that_was_not_offered_goes_nowhere() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        ann.publisher.send_rtp(rtp(ann.publisher.ssrcs["audio"], VP8, 1, b"rogue"))
        ann.say("audio", b"true", 2)
        await bo.hears(b"true")
        assert bo.heard() == [b"true"]


async def test_rtp_on_a_subscribe_connection_goes_nowhere() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        await cy.subscribe()
        for ssrc in (UNKNOWN, ann.publisher.ssrcs["audio"], cy.ssrc(ann, "audio")):
            for number in range(50):
                cy.listener.send_rtp(rtp(ssrc, OPUS, number, b"observer"))
        await cy.settled()
        ann.say("audio", b"true")
        await bo.hears(b"true")
        await cy.hears(b"true")
        assert (bo.heard(), cy.heard()) == ([b"true"], [b"true"])


async def test_packets_too_large_for_anybody_disturb_nobody() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for size in range(1200, 1344):
            ann.say("video", secrets.token_bytes(size))
            if size % 32 == 0:
                await ann.settled()
        for size in (1500, 1600, 2000, 2048, 4000, 60_000):
            ann.publisher.send(b"\x80" + secrets.token_bytes(size))
            bo.listener.send(b"\x80\xc9" + secrets.token_bytes(size))
        ann.say("audio", b"true")
        await bo.hears(b"true")
        assert rig.raised == []


async def test_a_flood_is_cut_to_its_allowance() -> None:
    """Nobody's sound may take the others' downlink: so many packets a second, and no more."""
    clock = Clock()
    async with Rig(clock) as rig:
        ann, bo = await rig.pair()
        assert await said(ann, bo, 500, 80) == 200
        clock.time += 1
        assert await said(ann, bo, 500, 80) == 400


async def test_large_packets_are_cut_by_their_bytes() -> None:
    async with Rig(Clock()) as rig:
        ann, bo = await rig.pair()
        assert await said(ann, bo, 100, 1000) == 32


async def said(ann: Seat, bo: Seat, packets: int, size: int) -> int:
    """How many packets of sound bo has heard when ann has said so many more."""
    for at in range(packets):
        ann.say("audio", bytes(size - 12))
        if at % 50 == 0:
            await ann.settled()
    await ann.settled()
    await bo.settled()
    return len(bo.heard())


async def test_a_certificate_that_was_not_described_gets_no_media_through() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        thief, cy = make_identity(CM), rig.seat("cy")
        cy.has("publish", rig.peer(ssrcs=ssrcs()))
        answer = await rig.relay.publish(CIRCLE, "cy", cy.publisher.offer())
        cy.publisher.identity = thief
        await cy.publisher.connect(answer)  # by its own lights it stands
        await rig.gate(cy, "all")
        cy.say("audio", b"stolen")
        await bo.settled()
        ann.say("audio", b"true")
        await bo.hears(b"true")
        assert bo.heard() == [b"true"]
        assert rig.lost == [("cy", "publish")]


async def test_a_listener_with_another_certificate_hears_nothing() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        cy.has("subscribe", rig.peer())
        await rig.relay.subscribe(CIRCLE, "cy")
        offer = await cy.take_offer()
        cy.listener.identity = make_identity(CM)
        await cy.listener.connect(offer.sdp)
        ann.say("audio", b"true")
        await bo.hears(b"true")
        await bo.settled()
        assert cy.listener.sealed == []
        assert rig.lost == [("cy", "subscribe")]


async def test_a_client_that_knows_no_srtp_is_let_go() -> None:
    async with Rig() as rig:
        ann = rig.seat("ann")
        peer = ann.has("publish", rig.peer(ssrcs=ssrcs(), identity=make_identity()))
        await peer.connect(await rig.relay.publish(CIRCLE, "ann", peer.offer()))
        await rig.until(lambda: bool(rig.lost))
        assert rig.lost == [("ann", "publish")]


async def test_a_second_description_cannot_change_who_somebody_is() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        cy = rig.seat("cy")
        await cy.publish()  # a second offer to bo
        thief, before = make_identity(CM), bo.listener.records
        bo.listener.identity = thief
        await bo.take_offer()
        for hello in Handshake(thief, "").go():
            bo.listener.send(hello)
        await bo.settled()
        assert bo.listener.records == before
        ann.say("audio", b"true")
        await bo.hears(b"true")
