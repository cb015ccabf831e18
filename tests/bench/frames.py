"""What encryption adds to each frame, in a Worker of a real Chromium, by the modules that the page has: the whole turn of a frame, with the
key looked up and a replay looked for."""

import statistics
from typing import Any

from tests.bench.process import serving
from tests.bench.rows import Row
from tests.journeys.browser import chromium

BUDGET = 20.0
"""milliseconds from one frame of sound to the next"""
SHARE = 0.25
FRAMES = 2000
WARM_UP = 200
SIZES = {"sound": ("audio", 80), "picture": ("video", 3_000), "key picture": ("video", 20_000)}
"""bytes: what Opus comes to at our constant rate, and VP8 at the holder's"""

# Beside the page's own modules, so that it finds them. The page may start one script by its policy, here this one.
SCRIPT = """
import { makeKeyring } from "./keyring.js";
const entries = () => [{ seat: "bo", kid: 0x101, base: new Uint8Array(32).fill(7) }];
onmessage = async ({ data: { kind, size, frames, warmUp } }) => {
  const [bo, ana] = [makeKeyring(), makeKeyring()];
  for (const ring of [bo, ana]) ring.install(1, entries());
  bo.send(1, 0x101);
  const times = { seal: [], open: [], opened: 0 };
  for (let at = 0; at < frames + warmUp; at += 1) {
    const frame = crypto.getRandomValues(new Uint8Array(size));
    const began = performance.now();
    const sealed = await bo.seal(kind, frame);
    const between = performance.now();
    const opened = await ana.open("bo", kind, sealed);
    const ended = performance.now();
    if (opened?.every((byte, place) => byte === frame[place])) times.opened += 1;
    if (at < warmUp) continue;
    times.seal.push(between - began);
    times.open.push(ended - between);
  }
  postMessage(times);
};
"""
MEASURE = """async (wanted) => {
  const home = document.querySelector("script[src]").src.replace(/\\/[^/]*$/, "");
  const policy = trustedTypes.createPolicy("circle", { createScriptURL: (address) => address });
  const worker = new Worker(policy.createScriptURL(`${home}/media/bench.js`), { type: "module" });
  const found = [];
  for (const one of wanted) {
    worker.postMessage(one);
    found.push(await new Promise((done, failed) => { worker.onmessage = ({ data }) => done(data); worker.onerror = failed; }));
  }
  return found;
}"""


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _times() -> dict[str, dict[str, Any]]:
    wanted = [{"kind": kind, "size": size, "frames": FRAMES, "warmUp": WARM_UP} for kind, size in SIZES.values()]
    with serving() as (base, _), chromium() as browser:
        page = browser.new_page()
        headers = {"content-type": "text/javascript", "cross-origin-embedder-policy": "require-corp"}
        page.context.route("**/media/bench.js", lambda route: route.fulfill(body=SCRIPT, headers=headers))
        # A page that does not start the product's own Worker: each page may make its policy once.
        page.goto(f"{base}/nothing")
        found = dict(zip(SIZES, page.evaluate(MEASURE, wanted), strict=True))
    if any(times["opened"] != FRAMES + WARM_UP for times in found.values()):
        raise RuntimeError("a frame did not come back as it was")
    return found


def measure() -> list[Row]:
    found = _times()
    rows: list[Row] = []
    for name, turn in (("encrypt", "seal"), ("decrypt", "open")):
        said = [f"{what} {statistics.median(one[turn]):.2f}/{p99(one[turn]):.2f}" for what, one in found.items()]
        worst = max(p99(one[turn]) for one in found.values())
        note = f"median/p99 in ms of {FRAMES} frames each: {', '.join(said)}"
        rows.append(Row(f"frames, {name}, p99 of the slowest kind", worst, "ms", SHARE * BUDGET, note=note))
    return rows
