// The watchdog over tracks whose frames pass the Worker by.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWatchdog } from "../../static/js/media/watchdog.js";

/** What it says at each look. @param {...[packets: number, reached: number][]} looks a row for each look, a pair for each track */
function looked(...looks) {
  const watchdog = makeWatchdog();
  return looks.map((tracks) =>
    watchdog(tracks.map(([packets, reached], at) => ({ mid: String(at), packets, reached }))),
  );
}

test("packets that grow for two seconds while no frame reaches the Worker are told", () => {
  assert.deepEqual(looked([[0, 0]], [[50, 0]], [[100, 0]], [[150, 0]]), [false, false, true, true]);
  assert.deepEqual(looked([[100, 90]], [[150, 90]], [[200, 90]]), [false, false, true]);
});

test("a shut gate, frames that cannot be opened yet, and one late count are no trouble", () => {
  assert.deepEqual(looked([[70, 60]], [[70, 60]], [[70, 60]], [[70, 60]]), [false, false, false, false]);
  assert.deepEqual(looked([[10, 9]], [[20, 19]], [[30, 29]]), [false, false, false]);
  assert.deepEqual(looked([[10, 9]], [[20, 9]], [[30, 29]], [[40, 29]]), [false, false, false, false]);
});

test("one such track among others is enough", () => {
  const last = looked(
    [
      [1, 1],
      [1, 0],
    ],
    [
      [2, 2],
      [2, 0],
    ],
    [
      [3, 3],
      [3, 0],
    ],
  ).at(-1);
  assert.equal(last, true);
});

test("a new track under an old line begins anew", () => {
  const watchdog = makeWatchdog();
  const at = (/** @type {number} */ packets) => watchdog([{ mid: "1", packets, reached: 0 }]);
  assert.deepEqual([at(1), at(2), watchdog([]), at(1), at(2), at(3)], [false, false, false, false, false, true]);
});
