"""A real browser with the page's own modules, at a real relay."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Page, Route, async_playwright

from rooms.refusals import Refused
from server.media import signals
from server.media.engine import MediaRefused
from tests.journeys.browser import ANSWER_YES, DEVICES, FLAGS, until
from tests.server.media.rig import CIRCLE, Rig

BASE = "http://localhost:9"  # a secure place for a page; nothing listens there
STATIC = Path(__file__).parents[3] / "static" / "js"
PAGE = """async () => {
  const { publish } = await import("/media/publisher.js");
  const { subscribe } = await import("/media/subscriber.js");
  const { makeFrames } = await import("/media/frames.js");
  const keys = () => ["ann", "bo", "cy", "dee"].map((seat, index) =>
    ({ seat, kid: (index << 8) | 1, base: new Uint8Array(32).fill(index + 1) }));
  const keyed = (seat) => {
    const frames = makeFrames(), entries = keys();
    frames.install(1, entries);
    for (const own of entries) if (own.seat === seat) frames.send(1, own.kid);
    return frames;
  };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
  const [sound] = stream.getAudioTracks(), [picture] = stream.getVideoTracks();
  window.publishers = {};
  window.come = async (seat) => {
    publishers[seat] = await publish((message) => signal(seat, message), keyed(seat), () => {});
    await publishers[seat].fill(sound, picture);
  };
  window.go = (seat) => publishers[seat].close();
  window.broken = 0;
  window.listener = subscribe((message) => signal("me", message), keyed("me"),
    { onPictures() {}, onBlocked() {}, onBroken: () => { broken += 1; } });
  window.playing = async () => {
    const found = {};
    for (const one of (await listener.pc.getStats()).values()) {
      if (one.type !== "inbound-rtp") continue;
      found[one.mid] = { decoded: one.framesDecoded ?? 0, packets: one.packetsReceived, bytes: one.bytesReceived, lost: one.packetsLost };
    }
    return found;
  };
  window.sizes = async () => {
    const before = await playing();
    await new Promise((done) => setTimeout(done, 500));
    return [before, await playing()];
  };
}"""
# A snapshot of the counts may for a moment lack a line that was there before. So what a test reads is the very snapshot for which
# its wait has ended.
ONE = "async (given) => {{ const now = await playing(); return ({holds})(now, given) && now; }}"
TWO = "async (given) => {{ const both = await sizes(); return ({holds})(both, given) && both; }}"
PLAYS = """(now, tracks) => Object.entries(tracks).every(([mid, { kind }]) =>
  now[mid]?.packets > 20 && (kind === "audio" || now[mid].decoded > 5))"""

Counts = dict[str, dict[str, int]]
"""by mid: decoded, packets, bytes, lost"""


class Browsing(Rig):
    """A page at the relay. Everybody's sound and picture passes."""

    page: Page

    async def signal(self, seat: str, message: dict[str, Any]) -> dict[str, Any]:
        try:
            signal = signals.parse(message)
            return {"ok": True, **await signals.PERFORM[type(signal)](self.relay, CIRCLE, seat, signal)}
        except (Refused, MediaRefused) as refused:
            return {"refused": str(refused)}

    async def come(self, seat: str) -> None:
        await self.gate(self.seat(seat), "all")
        await self.page.evaluate("(seat) => come(seat)", seat)

    async def go(self, seat: str) -> None:
        await self.relay.unpublish(CIRCLE, seat)
        await self.page.evaluate("(seat) => go(seat)", seat)

    async def answer(self) -> None:
        """The page answers all offers so far."""
        me = self.seat("me")
        while me.offers:
            number, sdp, tracks = me.offers.pop(0)
            shown = {mid: {"seat": track.seat, "kind": track.kind} for mid, track in tracks.items()}
            self.shown = shown
            offer = {"offer": number, "sdp": sdp, "tracks": shown}
            await self.page.evaluate("(offer) => listener.take(offer)", offer)

    async def plays(self, *seats: str) -> Counts:
        """Wait until sound and picture of exactly these are playing. Raises a time-out error."""
        assert {track["seat"] for track in self.shown.values()} == set(seats)
        return await self.counts(PLAYS, self.shown)

    async def counts(self, holds: str, given: Any = None) -> Counts:
        """The first counts of which this holds: JavaScript, (counts by mid, given) => whether. Raises a time-out error."""
        return await self.page.evaluate(until(ONE.format(holds=holds)), given)

    async def two_counts(self, holds: str, given: Any = None) -> tuple[Counts, Counts]:
        """The first two counts, half a second apart, of which this holds: ([before, after], given) => whether."""
        before, after = await self.page.evaluate(until(TWO.format(holds=holds)), given)
        return before, after


@asynccontextmanager
async def browsing() -> AsyncGenerator[Browsing]:
    async with Browsing() as rig, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*FLAGS, DEVICES, ANSWER_YES]
        )
        page = rig.page = await browser.new_page()
        page.set_default_timeout(20_000)
        await page.route(f"{BASE}/**", serve)
        await page.goto(BASE)
        await page.expose_function("signal", rig.signal)
        await page.evaluate(PAGE)
        await rig.relay.subscribe(CIRCLE, "me")
        await rig.answer()
        yield rig
        assert await page.evaluate("broken") == 0
        await browser.close()


async def serve(route: Route) -> None:
    file = STATIC / route.request.url.removeprefix(f"{BASE}/")
    if file.is_file():
        await route.fulfill(body=file.read_text(), content_type="text/javascript")
    else:
        await route.fulfill(body="<!doctype html>", content_type="text/html")
