"""The relay and a real browser with the page's own modules: what plays, over comings and goings."""

import pytest

from tests.server.media.browsing import browsing

pytestmark = pytest.mark.journey

ENCRYPTED = 16 + 1 + 2
"""bytes that encryption adds: the tag, and a header with the counter"""


async def test_a_browser_plays_who_comes_and_who_comes_after_all_have_gone() -> None:
    async with browsing() as rig:
        await rig.come("ann")
        await rig.answer()
        await rig.plays("ann")
        await rig.go("ann")
        await rig.answer()  # nobody is left
        await rig.come("bo")
        await rig.answer()
        await rig.plays("bo")
        assert rig.connected.count(("me", "subscribe")) == 1  # all over one connection
        assert rig.lost == []


async def test_a_browser_plays_m_lines_that_are_used_again_and_their_number_does_not_grow() -> None:
    async with browsing() as rig:
        await rig.come("ann")
        await rig.come("bo")
        await rig.answer()
        await rig.plays("ann", "bo")
        for gone, new in (("ann", "cy"), ("bo", "dee"), ("cy", "ann")):
            await rig.go(gone)
            await rig.answer()
            await rig.come(new)
            await rig.answer()
            await rig.plays(*{track["seat"] for track in rig.shown.values()})
        assert {track["seat"] for track in rig.shown.values()} == {"dee", "ann"}
        assert await rig.page.evaluate("listener.pc.getTransceivers().length") == 5


async def test_over_a_shut_gate_a_browser_loses_nothing_and_the_picture_comes_back() -> None:
    async with browsing() as rig:
        await rig.come("ann")
        await rig.answer()
        await rig.plays("ann")
        await rig.gate(rig.seat("ann"), "nobody")
        _, stopped = await rig.two_counts(
            "([was, now], tracks) => Object.keys(tracks).every((mid) => was[mid] && was[mid].packets === now[mid]?.packets)",
            rig.shown,
        )
        await rig.gate(rig.seat("ann"), "all")
        now = await rig.counts(
            """(now, [tracks, was]) => Object.entries(tracks).every(([mid, { kind }]) =>
              now[mid]?.packets > was[mid].packets + 20 && (kind === "audio" || now[mid].decoded > was[mid].decoded))""",
            [rig.shown, stopped],
        )
        assert [now[mid]["lost"] for mid in rig.shown] == [0, 0]


async def test_every_packet_of_sound_is_as_long_as_every_other() -> None:
    """What is spoken must not show in sizes: constant bit rate, no pauses."""
    async with browsing() as rig:
        await rig.come("ann")
        await rig.answer()
        await rig.plays("ann")
        (mid,) = [mid for mid, track in rig.shown.items() if track["kind"] == "audio"]
        # From here on the frames' counter takes two bytes, for a quarter of an hour.
        held = "([was, now], mid) => was[mid]?.packets > 256 && now[mid]?.packets > was[mid].packets"
        before, after = await rig.two_counts(held, mid)
        packets = after[mid]["packets"] - before[mid]["packets"]
        assert after[mid]["bytes"] - before[mid]["bytes"] == (80 + ENCRYPTED) * packets


async def test_a_browser_plays_on_after_somebody_came_and_went_while_its_offer_was_open() -> None:
    async with browsing() as rig:
        await rig.come("ann")
        await rig.come("bo")
        await rig.answer()
        await rig.go("ann")
        await rig.answer()
        await rig.go("bo")  # an offer is open from here on
        await rig.come("cy")
        await rig.go("cy")
        await rig.answer()
        await rig.come("dee")
        await rig.answer()
        await rig.plays("dee")
        assert rig.lost == []


async def test_a_browser_keeps_its_small_picture_within_what_is_let_through() -> None:
    """Of whom nobody hears: else the picture would have holes from its first second on."""
    async with browsing() as rig:
        ann = rig.seat("ann")
        await rig.gate(ann, "all", ("video",))
        await rig.page.evaluate("come('ann')")
        await rig.answer()
        (video,) = (mid for mid, track in rig.shown.items() if track["kind"] == "video")
        now = await rig.counts("(now, mid) => now[mid]?.decoded > 30", video)
        assert now[video]["lost"] == 0
