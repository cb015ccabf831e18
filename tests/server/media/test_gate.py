"""Law 1 at the relay: what passes is what the gates let pass, over real sockets."""

from server.media.engine import Kind
from tests.server.media.rig import CIRCLE, Rig, Seat, number_of


def say_all(seat: Seat, *payloads: bytes, kind: Kind = "audio") -> None:
    for payload in payloads:
        seat.say(kind, payload)


async def test_nothing_passes_a_gate_that_was_never_opened() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair("nobody")
        say_all(ann, *[b"shut %d" % at for at in range(20)])
        say_all(ann, *[b"picture %d" % at for at in range(20)], kind="video")
        await ann.settled()
        await rig.gate(ann, "all")
        ann.say("audio", b"open")
        await bo.hears(b"open")
        assert bo.heard() == [b"open"]


async def test_everything_passes_an_open_gate_in_order() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        sent = [b"sound %d" % at for at in range(100)]
        say_all(ann, *sent)
        await bo.hears(sent[-1])
        assert bo.heard() == sent


async def test_not_one_packet_passes_once_the_gate_has_returned() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        say_all(ann, b"before")
        await bo.hears(b"before")
        say_all(ann, *[b"under way %d" % at for at in range(20)])  # in the relay's socket, not yet read
        await rig.gate(ann, "nobody")
        say_all(ann, *[b"after %d" % at for at in range(20)])
        await ann.settled()
        await bo.settled()
        assert bo.heard() == [b"before"]


async def test_numbers_go_on_without_a_hole_over_a_shut_gate() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        say_all(ann, b"1", b"2")
        await ann.settled()
        await rig.gate(ann, "nobody")
        say_all(ann, *[b"shut"] * 50)
        await ann.settled()
        await rig.gate(ann, "all")
        say_all(ann, b"3", b"4")
        await bo.hears(b"4")
        numbers = [number_of(packet) for packet in bo.listener.packets]
        assert (bo.heard(), numbers) == ([b"1", b"2", b"3", b"4"], [1, 2, 3, 4])


async def test_sound_and_picture_have_gates_of_their_own() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair("nobody")
        await rig.gate(ann, "all", ("video",))
        say_all(ann, b"sound")
        say_all(ann, b"picture", kind="video")
        await bo.hears(b"picture")
        assert bo.heard() == [b"picture"]


async def test_an_aside_is_heard_by_its_own_seats_only() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair(frozenset({"bo"}))
        cy = rig.seat("cy")
        await cy.subscribe()
        say_all(ann, b"aside")
        await bo.hears(b"aside")
        await cy.settled()
        assert cy.heard() == []
        await rig.gate(ann, "all")
        say_all(ann, b"to all")
        await cy.hears(b"to all")
        await bo.hears(b"to all")
        assert (bo.heard(), cy.heard()) == ([b"aside", b"to all"], [b"to all"])


async def test_who_leaves_an_aside_hears_on_without_a_hole_when_it_ends() -> None:
    async with Rig() as rig:
        ann, _ = await rig.pair()
        cy = rig.seat("cy")
        await cy.subscribe()
        say_all(ann, b"1")
        await cy.hears(b"1")
        await rig.gate(ann, frozenset({"bo"}))
        say_all(ann, *[b"aside"] * 10)
        await ann.settled()
        await rig.gate(ann, "all")
        say_all(ann, b"2", b"3")
        await cy.hears(b"3")
        assert [number_of(packet) for packet in cy.listener.packets] == [1, 2, 3]
        assert cy.heard() == [b"1", b"2", b"3"]


async def test_a_hidden_tile_costs_nothing_until_it_is_seen_again() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        await rig.relay.view(CIRCLE, "bo", "ann", "video", False)
        say_all(ann, b"hidden", kind="video")
        say_all(ann, b"sound")
        await bo.hears(b"sound")
        await rig.relay.view(CIRCLE, "bo", "ann", "video", True)
        say_all(ann, b"seen", kind="video")
        await bo.hears(b"seen")
        assert bo.heard() == [b"sound", b"seen"]


async def test_what_one_has_hidden_is_forgotten_when_one_leaves() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        await rig.relay.view(CIRCLE, "bo", "ann", "video", False)
        await rig.relay.drop(CIRCLE, "bo")
        await bo.subscribe()
        say_all(ann, b"seen", kind="video")
        await bo.hears(b"seen")


async def test_what_nobody_publishes_cannot_be_hidden() -> None:
    """Else anybody could fill our memory with seats that do not exist."""
    async with Rig() as rig:
        ann = rig.seat("ann")
        await rig.relay.view(CIRCLE, "bo", "ann", "video", False)
        _, bo = await rig.pair()
        say_all(ann, b"seen", kind="video")
        await bo.hears(b"seen")


async def test_a_view_opens_no_gate() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair(frozenset({"cy"}))
        await rig.relay.view(CIRCLE, "bo", "ann", "audio", False)
        await rig.relay.view(CIRCLE, "bo", "ann", "audio", True)
        say_all(ann, b"aside")
        await ann.settled()
        await bo.settled()
        assert bo.heard() == []


async def test_gates_outlive_connections() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair(frozenset({"bo"}))
        cy = rig.seat("cy")
        await cy.subscribe()
        await ann.publish()
        await bo.take_offer()
        await cy.take_offer()
        say_all(ann, b"again")
        await bo.hears(b"again")
        await cy.settled()
        assert cy.heard() == []


async def test_nobody_hears_themselves() -> None:
    async with Rig() as rig:
        ann, bo = await rig.pair()
        await bo.publish()
        await rig.gate(bo, "all")
        await ann.subscribe()
        say_all(bo, b"from bo")
        await ann.hears(b"from bo")
        await bo.settled()
        assert bo.heard() == []
        assert all(track.seat != "bo" for track in bo.offers[-1].tracks.values())
