"""Looks at a page as it is now, and says what is wrong with it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
# Everything that can be pressed or filled in: high enough for a finger, and to be brought where nothing lies over it, also by focus alone.
CONTROLS = """([least, within]) => {
  const faults = [];
  const name = (one) => (one.getAttribute("aria-label") ?? one.labels?.[0]?.innerText ?? one.innerText).trim().slice(0, 60);
  const free = (one, spots) => [...one.getClientRects()].some(({ left, right, top, bottom }) =>
    spots.some(([x, y]) => {
      const hit = document.elementFromPoint(left + x * (right - left), top + y * (bottom - top));
      return hit !== null && one.contains(hit);
    }),
  );
  const middle = [[0.5, 0.5]], anywhere = [...middle, [0.05, 0.1], [0.95, 0.1], [0.05, 0.9], [0.95, 0.9]];
  const reached = (one) => {
    one.scrollIntoView({ block: "center" });
    if (free(one, middle)) return true;
    return [0.15, 0.3, 0.45, 0.6, 0.8].some((place) => {
      const { top, bottom } = one.getBoundingClientRect();
      scrollBy(0, (top + bottom) / 2 - place * innerHeight);
      return free(one, middle);
    });
  };
  const [had, x, y] = [document.activeElement, scrollX, scrollY];
  for (const one of document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0']")) {
    if (!one.checkVisibility() || one.closest("[inert]") || !one.closest(within)) continue;
    const target = one.matches("[type=radio], [type=checkbox]") ? one.labels[0] : one;
    const { height } = target.getBoundingClientRect();
    const low = !one.matches("a:not(.button, .exit), [tabindex]") && height < least - 0.5;
    if (low) faults.push(`${Math.round(height)} px high: ${name(one)}`);
    if (!reached(target)) faults.push(`covered: ${name(one)}`);
    scrollTo(0, 0);
    if (!one.matches(":disabled")) {
      one.focus();
      if (!free(target, anywhere)) faults.push(`covered when focused: ${name(one)}`);
    }
  }
  (had ?? document.body).focus({ preventScroll: true });
  scrollTo(x, y);
  return faults;
}"""
WIDER = """(width) => {
  if (document.scrollingElement.scrollWidth <= width) return [];
  const out = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > width + 0.5);
  return [`${document.scrollingElement.scrollWidth} px wide, by ${out.slice(-3).map((one) => one.outerHTML.slice(0, 80)).join(" and ")}`];
}"""


def violations(page: Page) -> list[str]:
    """What axe-core finds."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations', 'passes'] })")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


def wider(page: Page, width: int) -> list[str]:
    """What makes the page scroll sideways, in a window of that many pixels."""
    return list(page.evaluate(WIDER, width))


def beyond_reach(page: Page, least: int, within: str = "body") -> list[str]:
    """Controls that are lower than so many pixels, or covered wherever they are scrolled to, or covered when they have the focus."""
    return list(page.evaluate(CONTROLS, [least, within]))
