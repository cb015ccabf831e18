// Shift three times, alone and quickly: that is an exit. Anything else is typing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { read } from "./source.mjs";

/** The module, with the little of a page that it touches. */
globalThis.document = /** @type {any} */ ({ querySelector: () => null });
const { makeCount } = await import("../../static/js/exit.js");

/** @param {[key: string, at: number, repeated?: boolean][]} presses */
function counted(presses) {
  let time = 0;
  const count = makeCount(() => time);
  return presses.map(([key, at, repeated = false]) => {
    time = at;
    return count(key, repeated);
  });
}

test("three presses within five seconds count to three", () => {
  assert.deepEqual(
    counted([
      ["Shift", 0],
      ["Shift", 2000],
      ["Shift", 4900],
    ]),
    [1, 2, 3],
  );
});

test("what lies more than five seconds back no longer counts", () => {
  assert.deepEqual(
    counted([
      ["Shift", 0],
      ["Shift", 4000],
      ["Shift", 5000],
    ]),
    [1, 2, 2],
  );
});

test("another key in between is typing, and the count begins anew", () => {
  assert.deepEqual(
    counted([
      ["Shift", 0],
      ["A", 100],
      ["Shift", 200],
      ["b", 300],
      ["Shift", 400],
    ]),
    [1, 0, 1, 0, 1],
  );
});

test("a key that is held down is one press", () => {
  assert.deepEqual(
    counted([
      ["Shift", 0],
      ["Shift", 500, true],
      ["Shift", 530, true],
      ["Shift", 900],
    ]),
    [1, 1, 1, 2],
  );
});

test("devices stop before anything else, and the page is covered before the browser goes anywhere", () => {
  const source = read("static/js/exit.js");
  const order = ["letGo();", "dataset.gone", "sessionStorage.clear()", "sendBeacon", "location.replace"].map((part) =>
    source.indexOf(part, source.indexOf("function exit(")),
  );
  assert.ok(order.every((at, index) => at > 0 && (index === 0 || at > order[index - 1])));
});
