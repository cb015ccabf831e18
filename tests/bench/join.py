"""How long somebody who joins a running circle waits for the first picture: from the click that seats them, in real Chromium."""

import statistics
from typing import Any

from playwright.sync_api import Browser, expect

from tests.bench.process import serving
from tests.bench.rows import Row
from tests.journeys.browser import Person, chromium, until

JOINS = 8
CIRCLES = 2
"""on a server each: five knocks from one network are let through at once, and all of these come from this machine"""
LIMIT = 350.0
# Wall clock, so that a click in one page and a picture in another can be told apart by a difference.
NOTE_CLICK = """
addEventListener("click", (event) => { window.clicked = performance.timeOrigin + event.timeStamp; }, true);
"""
NOTE_PICTURE = """
window.shown = new Promise((resolve) => {
  const known = new WeakSet();
  const look = () => {
    for (const one of document.querySelectorAll("ol video")) {
      if (known.has(one)) continue;
      known.add(one);
      one.requestVideoFrameCallback((now) => resolve(performance.timeOrigin + now));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
});
"""
SHOWN = """Promise.race([window.shown, new Promise((_, reject) => setTimeout(() => reject(new Error("no picture")), 10000))])"""

SENDING = """async () => {
  for (const one of window.connections)
    for (const report of (await one.getStats()).values())
      if (report.type === "outbound-rtp" && report.framesSent > 10) return true;
  return false;
}"""


def _running_circle(browser: Browser, base: str) -> tuple[Person, str]:
    """Somebody with a camera who leads, and the link for members."""
    lead = Person(browser, "Ada")
    lead.context.add_init_script(NOTE_CLICK)
    link = lead.opens_a_circle(base)
    lead.switches_on("Camera")
    return lead, link


def _sending(lead: Person) -> None:
    """Wait until the picture leaves: only then is it a running circle."""
    lead.page.evaluate(until(SENDING))


def _decodes(joiner: Person, lead: Person) -> None:
    """Raises RuntimeError unless frames of this very seat were decoded. The browser counts a little later than it shows."""
    seat = lead.seats()[lead.name]
    for _ in range(100):
        if joiner.counts(seat)["frames"] > 0:
            return
        joiner.page.wait_for_timeout(20)
    raise RuntimeError("a picture without a decoded frame")


def _join(browser: Browser, lead: Person, link: str, at: int) -> float:
    """Milliseconds from "Let in" to the first frame on the newcomer's screen."""
    name = f"Member {at}"
    joiner = Person(browser, name)
    joiner.context.add_init_script(NOTE_PICTURE)
    joiner.knocks(link)
    lead.sees(f"Let in {name}")
    lead.press(f"Let in {name}")
    shown: Any = joiner.page.evaluate(SHOWN)
    clicked: Any = lead.page.evaluate("window.clicked")
    _decodes(joiner, lead)
    joiner.press("Leave the circle")
    expect(joiner.circle).to_be_hidden()
    joiner.closes()
    return float(shown) - float(clicked)


def measure() -> list[Row]:
    took: list[float] = []
    with chromium() as browser:
        for _ in range(CIRCLES):
            with serving() as (base, _):
                lead, link = _running_circle(browser, base)
                _sending(lead)
                took += [_join(browser, lead, link, at) for at in range(1, JOINS // CIRCLES + 1)]
                lead.closes()
    each = " ".join(f"{one:.0f}" for one in took)
    return [Row("click to first decoded picture", statistics.median(took), "ms", LIMIT, note=f"{JOINS} joins: {each}")]
