"""What a listener is offered as others come and go: one offer at a time, m-lines used again, nobody's address."""

import re

import pytest

from server.media.engine import MediaRefused, Track
from tests.server.media.rig import CIRCLE, HOST, Rig, Seat, ssrc_of


def lines(sdp: str) -> list[tuple[str, int]]:
    """(mid, port) of each m-line, in order."""
    found = re.findall(r"^m=\w+ (\d+) .*?^a=mid:(\S+)", sdp, re.MULTILINE | re.DOTALL)
    return [(mid, int(port)) for port, mid in found]


def shown(seat: Seat) -> dict[str, Track]:
    return dict(seat.offers[-1].tracks)


async def listening(rig: Rig, name: str) -> Seat:
    seat = rig.seat(name)
    await seat.subscribe()
    return seat


async def test_who_is_alone_is_offered_a_connection_already() -> None:
    async with Rig() as rig:
        bo = await listening(rig, "bo")
        assert shown(bo) == {}
        assert rig.connected == [("bo", "subscribe")]


async def test_a_connection_survives_the_last_ones_leaving() -> None:
    """A browser drops a connection of which every m-line has ended; so one of them never does."""
    async with Rig() as rig:
        ann, bo = await rig.pair()
        await rig.relay.unpublish(CIRCLE, "ann")
        assert [port for _, port in lines(bo.offers[-1].sdp)] == [rig.relay.port, 0, 0]
        assert "a=group:BUNDLE 0\r\n" in bo.offers[-1].sdp
        await bo.take_offer()
        await ann.publish()
        await bo.take_offer()
        ann.say("audio", b"back")
        await bo.hears(b"back")


async def test_each_track_of_an_offer_has_its_m_line() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        assert set(shown(bo).values()) == {Track("ann", "audio"), Track("ann", "video")}
        assert set(shown(bo)) == {mid for mid, _ in lines(bo.offers[-1].sdp)} - {"0"}
        for mid, track in shown(bo).items():
            ann.say(track.kind, track.kind.encode())
            await bo.hears(track.kind.encode())
            packet = bo.listener.packets[-1]
            assert int.from_bytes(packet[8:12], "big") == ssrc_of(bo.offers[-1].sdp, mid)


async def test_an_m_line_of_the_departed_is_used_again_under_a_new_mid() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        cy = rig.seat("cy")
        await rig.gate(cy, "all")
        old = set(shown(bo))
        await rig.relay.unpublish(CIRCLE, "ann")
        await bo.take_offer()
        await cy.publish()
        assert len(lines(bo.offers[-1].sdp)) == 3
        assert not old & set(shown(bo))
        await bo.take_offer()
        cy.say("audio", b"cy")
        await bo.hears(b"cy")


async def test_an_m_line_is_not_used_again_before_the_browser_knows_that_it_has_ended() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        await rig.relay.unpublish(CIRCLE, "ann")  # offered, not yet answered
        await rig.seat("cy").publish()
        await bo.take_offer()
        assert [port > 0 for _, port in lines(bo.offers[-1].sdp)] == [True, False, False, True, True]


async def test_a_seat_that_comes_and_goes_all_the_time_does_not_grow_the_offer() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        for _ in range(10):
            await ann.publish()
            await bo.take_offer()
            await bo.take_offer()
        assert len(lines(bo.offers[-1].sdp)) <= 5
        ann.say("audio", b"still")
        await bo.hears(b"still")


async def test_while_an_offer_is_open_there_is_no_other() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        await rig.seat("cy").publish()
        open_ = len(bo.offers)
        await rig.seat("dee").publish()
        await rig.relay.unpublish(CIRCLE, "ann")
        assert len(bo.offers) == open_
        await bo.take_offer()
        assert len(bo.offers) == open_ + 1
        assert {track.seat for track in shown(bo).values()} == {"cy", "dee"}
        await bo.take_offer()
        assert len(bo.offers) == open_ + 1


async def test_an_answer_to_another_offer_is_stale() -> None:
    async with Rig() as rig:
        _, bo = await rig.pair()
        answer = bo.listener.answer(bo.offers[-1].sdp)
        with pytest.raises(MediaRefused) as refused:
            await rig.relay.answer(CIRCLE, "bo", bo.offers[-1].number, answer)  # answered already
        assert refused.value.code == "stale"
        await rig.seat("cy").publish()
        for number in (0, bo.offers[-1].number - 1, bo.offers[-1].number + 1):
            with pytest.raises(MediaRefused) as refused:
                await rig.relay.answer(CIRCLE, "bo", number, bo.listener.answer(bo.offers[-1].sdp))
            assert refused.value.code == "stale"
        await bo.take_offer()


async def test_a_refused_offer_leaves_the_publication_that_stands() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        with pytest.raises(MediaRefused):
            await rig.relay.publish(CIRCLE, "ann", "v=0\r\n")
        ann.say("audio", b"goes on")
        await bo.hears(b"goes on")


async def test_unknown_circles_and_connections_are_refused_on_the_way_in_and_no_error_on_the_way_out() -> None:
    async with Rig() as rig:
        relay, offer = rig.relay, rig.peer(ssrcs={"audio": 1, "video": 2}).offer()
        for asked in (
            relay.publish("nowhere", "ann", offer),
            relay.subscribe("nowhere", "ann"),
            relay.answer("nowhere", "ann", 1, ""),
            relay.view("nowhere", "ann", "bo", "audio", True),
            relay.answer(CIRCLE, "ann", 1, ""),
        ):
            with pytest.raises(MediaRefused) as refused:
                await asked
            assert refused.value.code == "not_now"
        await relay.unpublish("nowhere", "ann")
        await relay.unpublish(CIRCLE, "ann")
        await relay.drop("nowhere", "ann")
        await relay.drop(CIRCLE, "ann")
        await relay.close_circle("nowhere")


async def test_nothing_that_a_seat_is_sent_holds_an_address_but_the_relays_own() -> None:
    """Law 6. The clients' descriptions are full of made-up candidates; none of it may come out anywhere."""
    async with Rig() as rig:
        seats = [rig.seat(name) for name in ("ann", "bo", "cy")]
        answers: list[str] = []
        for seat in seats:
            peer = seat.has("publish", rig.peer(ssrcs={"audio": len(answers) + 1, "video": len(answers) + 11}))
            answers.append(await rig.relay.publish(CIRCLE, seat.name, with_addresses(peer.offer())))
            await peer.connect(answers[-1])
        for seat in seats:
            peer = seat.has("subscribe", rig.peer())
            await rig.relay.subscribe(CIRCLE, seat.name)
            offer = seat.offers[-1]
            await rig.relay.answer(CIRCLE, seat.name, offer.number, with_addresses(peer.answer(offer.sdp)))
            await peer.connect(offer.sdp)
        await rig.relay.unpublish(CIRCLE, "cy")
        texts = [*answers, *(offer.sdp for seat in seats for offer in seat.offers)]
        ports = {peer.address[1] for seat in seats for peer in (seat.publisher, seat.listener)}
        for text in texts:
            assert set(re.findall(r"\d+\.\d+\.\d+\.\d+", text)) <= {HOST, "0.0.0.0"}
            assert set(re.findall(rf"{re.escape(HOST)} (\d+) typ", text)) == {str(rig.relay.port)}
            assert not ports & {int(number) for number in re.findall(r"\d+", text)}
            assert "203.0.113" not in text
            assert "fe80" not in text
            assert "secret.local" not in text


def with_addresses(sdp: str) -> str:
    """As a browser writes it after gathering, and worse."""
    sdp = sdp.replace("c=IN IP4 0.0.0.0", "c=IN IP4 203.0.113.7").replace(
        "o=- 1 1 IN IP4 0.0.0.0", "o=- 1 1 IN IP4 203.0.113.8"
    )
    more = (
        "a=candidate:1 1 udp 2122260223 203.0.113.9 50000 typ host\r\n"
        "a=candidate:2 1 udp 2122260222 fe80::1 50001 typ srflx raddr 203.0.113.10 rport 9\r\n"
        "a=candidate:3 1 udp 2122260221 secret.local 50002 typ host\r\n"
        "a=remote-candidates:1 203.0.113.11 50003\r\n"
        "a=rtcp:50004 IN IP4 203.0.113.12\r\n"
        "a=end-of-candidates\r\n"
    )
    return sdp.replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\n" + more)
