"""Real Chromium with fake devices, and the few gestures that all journeys share, in a person's words."""

import re
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DEVICES = "--use-fake-device-for-media-stream"
ANSWER_YES = "--use-fake-ui-for-media-stream"
# Journeys read the browsers' own counts; each page's connections are remembered for that.
REMEMBER = """
window.connections = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...options) { super(...options); window.connections.push(this); }
};
"""
# A report may be missing from a snapshot for a moment; then the last one counts.
COUNTS = """async (seat) => {
  const out = { frames: 0, energy: 0, packets: 0, width: 0 };
  for (const pc of window.connections) {
    if (pc.connectionState === "closed") continue;
    const text = pc.remoteDescription?.sdp ?? "";
    for (const part of text.split(/\\r\\nm=/).slice(1)) {
      const mid = /a=mid:(\\S+)/.exec(part)?.[1];
      if (!part.includes("a=msid:" + seat + " ")) continue;
      pc.reports ??= {};
      for (const one of (await pc.getStats()).values())
        if (one.type === "inbound-rtp" && one.mid === mid) pc.reports[seat + mid] = one;
      const report = pc.reports[seat + mid] ?? {};
      out.frames += report.framesDecoded ?? 0;
      out.energy += report.totalAudioEnergy ?? 0;
      out.packets += report.packetsReceived ?? 0;
      out.width = Math.max(out.width, report.frameWidth ?? 0);
    }
  }
  return out;
}"""

PATIENCE = 20_000
"""milliseconds to wait for what should come at once, on a machine that may be busy"""
expect.set_options(timeout=PATIENCE)

# Playwright's own wait_for_function takes the promise of an asynchronous function for a yes, and waits for nothing.
UNTIL = """async (given) => {
  const look = %s, until = performance.now() + %d;
  for (;;) {
    const found = await look(given);
    if (found) return found;
    if (performance.now() > until) throw new Error("waited in vain: " + look);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


def until(look: str) -> str:
    """For `evaluate`: looks again and again, an asynchronous function too, until it finds something, which is returned."""
    return UNTIL % (look, PATIENCE)


Launch = Callable[..., Browser]


@contextmanager
def chromiums() -> Generator[Launch]:
    """Starts the system's Chromium, as often as wanted. `answer`: whether questions for permission answer themselves with yes."""
    launched: list[Browser] = []
    with sync_playwright() as playwright:

        def launch(*, answer: bool = True, devices: bool = True) -> Browser:
            flags = [*FLAGS, *([DEVICES] if devices else []), *([ANSWER_YES] if answer else [])]
            launched.append(playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags))
            return launched[-1]

        try:
            yield launch
        finally:
            for browser in launched:
                browser.close()


@contextmanager
def chromium() -> Generator[Browser]:
    """One with fake devices, where every permission is given."""
    with chromiums() as launch:
        yield launch()


class Person:
    """Somebody in front of a browser of their own. What the page throws or prints as an error is kept."""

    def __init__(self, browser: Browser, name: str, **options: Any) -> None:
        self.name = name
        permissions = options.pop("permissions", ["camera", "microphone", "clipboard-read", "clipboard-write"])
        self.context: BrowserContext = browser.new_context(permissions=permissions, **options)
        self.context.add_init_script(REMEMBER)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.received: list[str] = []
        self.sent: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("websocket", self._listen)

    def _listen(self, socket: Any) -> None:
        socket.on("framereceived", lambda payload: self.received.append(str(payload)))
        socket.on("framesent", lambda payload: self.sent.append(str(payload)))

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def sees(self, name: str) -> None:
        expect(self.page.get_by_role("button", name=name, exact=True)).to_be_visible()

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False).first).to_be_visible()

    def hears_said(self, text: str) -> None:
        """The polite live region has said it."""
        expect(self.page.locator("#polite")).to_contain_text(text)

    def opens(self, heading: str) -> None:
        """What is folded away under it."""
        fold = self.page.locator("details").filter(has=self.page.locator("> summary").get_by_text(heading, exact=True))
        if fold.last.get_attribute("open") is None:
            fold.last.locator("> summary").click()

    def folds(self, heading: str) -> None:
        """Opens it, or closes it again."""
        self.page.locator("summary").get_by_text(heading, exact=True).click()

    def writes(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def option(self, name: str) -> Locator:
        """One of a group of which one is chosen; a hint may stand behind its name."""
        return self.page.get_by_role("radio", name=re.compile(rf"^{re.escape(name)}\b"))

    def chooses(self, name: str) -> None:
        self.option(name).check()

    def picks(self, label: str, option: str) -> None:
        """From a list."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def ticks(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def calls_themselves(self, name: str) -> None:
        self.writes("Your name in the circle", name)

    def opens_a_circle(self, base: str, kind: str = "Free circle") -> str:
        """Opens one and takes their seat. Returns the members' link."""
        self.page.goto(base)
        self.press("Open a circle")
        members = self.page.get_by_role("textbox", name="Link for members").input_value()
        self.chooses(kind)
        self.calls_themselves(self.name)
        self.press("Enter the circle")
        expect(self.circle).to_be_visible()
        return members

    def knocks(self, link: str, *, listen: bool = False, devices: bool = False) -> None:
        self.page.goto(link)
        self.calls_themselves(self.name)
        if listen:
            self.ticks("I only want to listen this time")
        if devices:
            self.switches_on("Microphone")
            self.switches_on("Camera")
        self.press("Knock")

    def switches_on(self, device: str) -> None:
        self.press(device)
        expect(self.page.get_by_role("button", name=device, exact=True)).to_have_attribute("aria-pressed", "true")

    @property
    def circle(self) -> Any:
        return self.page.get_by_role("list", name="The circle")

    def sits_with(self, count: int) -> None:
        """All of them with their keys, so that each is named."""
        expect(self.circle.get_by_role("listitem")).to_have_count(count)
        expect(self.circle.locator(".unnamed")).to_have_count(0)

    def seats(self) -> dict[str, str]:
        """Seat ids by name, as this page shows them."""
        rows = self.circle.get_by_role("listitem").all()
        named = {re.sub(r"\s*\(you\)", "", row.locator(".name").inner_text()): row for row in rows}
        return {name: row.get_attribute("data-seat") or "" for name, row in named.items()}

    def counts(self, seat: str) -> dict[str, float]:
        """Decoded frames, sound energy and packets that this browser has had from a seat so far, and its picture's width now."""
        return dict(self.page.evaluate(COUNTS, seat))

    def closes(self) -> None:
        self.context.close()


def comes(holds: Callable[[], bool], within: float = 20.0) -> bool:
    """Whether this comes to hold by itself within that many seconds."""
    until = time.monotonic() + within
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(0.1)
    return held


def grows(count: Callable[[], float]) -> bool:
    """Whether a count rises by itself; twice, as the first time it may only have come to be counted."""
    first = count()
    return comes(lambda: count() > first) and (second := count()) > first and comes(lambda: count() > second)
