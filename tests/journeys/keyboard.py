"""Somebody with a keyboard and nothing else, who must see at every step where they are."""

import time
from typing import Any

from playwright.sync_api import Browser

from tests.journeys.browser import PATIENCE, Person

# Whatever a mouse or a finger does, and a focus that falls to the page itself after a press, is told as it happens.
WATCH = """
let key = "", at = null;
addEventListener("keydown", (event) => { key = event.key; }, true);
for (const kind of ["pointerdown", "pointermove", "mousedown", "mousemove", "touchstart", "wheel"])
  addEventListener(kind, () => faulty(kind), true);
const watch = () => {
  const now = document.activeElement;
  if (now === document.body && at && key !== "Tab") faulty(`focus lost from ${at.outerHTML.slice(0, 120)}`);
  at = now === document.body ? null : now;
  requestAnimationFrame(watch);
};
addEventListener("DOMContentLoaded", watch);
"""
# Where the focus is: what it is called, whether its mark is drawn, and whether anything of it can be seen.
LOOK = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const lines = (text) => text.trim().split("\\n")[0].replace(/\\s+/g, " ");
  const label = at.labels?.[0];
  const name = at.getAttribute("aria-label") ?? (label ? lines(label.innerText) : at.innerText.trim().replace(/\\s+/g, " "));
  const drawn = at.matches(".chip input") ? at.nextElementSibling : at;
  const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
  const { left, right, top, bottom } = drawn.getBoundingClientRect();
  const spots = [[0.5, 0.5], [0.05, 0.1], [0.95, 0.1], [0.05, 0.9], [0.95, 0.9]];
  const seen = spots.some(([x, y]) => {
    const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
    return hit !== null && (drawn.contains(hit) || Boolean(label?.contains(hit)));
  });
  return { name, tag: at.localName, marked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, seen };
}"""
MOST_TABS = 150


class Typist(Person):
    """Does by keys what others do with a mouse. What goes wrong on the way stands in `faults`."""

    def __init__(self, browser: Browser, name: str, **options: Any) -> None:
        super().__init__(browser, name, **options)
        self.faults: list[str] = []
        self.page.expose_function("faulty", lambda fault: self.faults.append(fault))
        self.context.add_init_script(WATCH)

    def press(self, name: str) -> None:
        self.goes_to(name, "button", "a")
        self.page.keyboard.press("Enter")

    def opens(self, heading: str) -> None:
        self.goes_to(heading, "summary")
        if not self.page.evaluate("document.activeElement.parentElement.open"):
            self.page.keyboard.press("Enter")

    def writes(self, label: str, text: str) -> None:
        self.goes_to(label, "input", "textarea")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def chooses(self, name: str) -> None:
        """By arrows, from wherever its group is entered."""
        group = self.option(name).get_attribute("name")
        for _ in range(MOST_TABS):
            self._checks()
            if self.page.evaluate("document.activeElement.name") == group:
                break
            self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if self._checks()["name"] == name:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.name} cannot choose {name!r} by keyboard")

    def picks(self, label: str, option: str) -> None:
        self.goes_to(label, "select")
        self.page.keyboard.type(option)

    def ticks(self, label: str) -> None:
        self.goes_to(label, "input")
        self.page.keyboard.press("Space")

    def folds(self, heading: str) -> None:
        self.goes_to(heading, "summary")
        self.page.keyboard.press("Enter")

    def goes_to(self, name: str, *tags: str) -> None:
        """By the Tab key alone, once round the page and again as long as it may yet come. Where the focus is already, it stays."""
        until = time.monotonic() + PATIENCE / 1000
        tabs = 0
        while tabs < MOST_TABS or time.monotonic() < until:
            found = self._checks()
            if found and found["name"] == name and found["tag"] in tags:
                return
            self.page.keyboard.press("Tab")
            tabs += 1
        raise AssertionError(f"{self.name} cannot reach {name!r} by keyboard")

    def _checks(self) -> dict[str, Any]:
        """Where the focus is; noted, if it cannot be seen there."""
        found: dict[str, Any] | None = self.page.evaluate(LOOK)
        if found and not (found["marked"] and found["seen"]):
            self.faults.append(f"focus not seen at {found}")
        return found or {}
