"""How long new keys for a full circle take on a facilitator's page: from the press "Let in" to the commit that is sent, in a real Chromium,
by the keys that the page has. The server between is simulated and answers at once, so that no network is measured."""

import statistics
from pathlib import Path

from tests.bench.process import ROOT, serving
from tests.bench.rows import Row
from tests.journeys.browser import chromium

SEATS = 16
PRESSES = 20
LIMIT = 100.0
SIMULATED = Path("tests/static/keysim.mjs")

# The others hear of it only afterwards: in a circle they are on other machines.
SCRIPT = """async ([seats, presses]) => {
  const home = document.querySelector("script[src]").src.replace(/\\/[^/]*$/, "");
  const { makeCircle } = await import(`${home}/keysim.js`);
  let [fay, began, took] = [null, null, []];
  const circle = await makeCircle({
    out: (page, _event, data) => (began !== null && page !== fay ? [] : [data]),
    in: (page, event, data) => {
      if (began !== null && page === fay && event === "keys" && data.type === "commit") {
        took.push([performance.now() - began, Object.keys(data.wraps).length]);
        began = null;
      }
      return data;
    },
  });
  fay = await circle.facilitator("Fay");
  for (let seat = 2; seat < seats; seat += 1) await circle.member(`Member ${seat}`, fay);
  for (let press = 0; press < presses; press += 1) {
    const last = await circle.knock(`Guest ${press}`);
    began = performance.now();
    await fay.keys.letIn(circle.knockOf(last));
    circle.seatThem(last);
    await circle.run(5);
    if (!(await circle.agree(fay, last))) throw new Error("not let in");
    await circle.gone(last);
    await circle.run(2);
  }
  circle.end();
  return took;
}"""


def _took() -> list[float]:
    """Milliseconds."""
    module = (ROOT / SIMULATED).read_text().replace('"../../static/js/', '"./')
    with serving() as (base, _), chromium() as browser:
        page = browser.new_page()
        headers = {"content-type": "text/javascript"}
        page.context.route("**/keysim.js", lambda route: route.fulfill(body=module, headers=headers))
        page.goto(base)
        found: list[tuple[float, int]] = page.evaluate(SCRIPT, [SEATS, PRESSES])
    if len(found) != PRESSES or any(wraps != SEATS for _, wraps in found):
        raise RuntimeError("not all commits were for all seats")
    return [took for took, _ in found]


def measure() -> list[Row]:
    took = _took()
    note = f"p95 of {PRESSES}; median {statistics.median(took):.0f} ms"
    p95 = statistics.quantiles(took, n=20, method="inclusive")[18]
    return [Row(f"new keys for {SEATS} seats, from the press to the commit", p95, "ms", LIMIT, note=note)]
