// What one may take along: one's own words, and nothing of anybody else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyCard } from "../../static/js/card.js";
import { firstScreen } from "../../static/js/screen.js";
import { keepsake, saidOf } from "../../static/js/views/keepsake.js";
import { words } from "../../static/js/words.js";

const card = {
  ...emptyCard(),
  wish: /** @type {const} */ ("need"),
  answers: /** @type {const} */ ("listen"),
  mood: "tired",
};
/** @param {object} parting @param {object} [more] */
const leaving = (parting, more) =>
  /** @type {any} */ ({
    ...firstScreen("Wren", false),
    names: { b: "Bo" },
    parting: { card: null, next: null, region: "DE", lead: { handed: "sealed", answer: null }, ...parting },
    ...more,
  });

test("intention, check-in, the next time and one's notes, each with what it is", () => {
  const text = keepsake(leaving({ card, next: "Tuesday" }, { intention: " to stay ", jotted: "One.\nTwo.\n" }));
  assert.equal(
    text,
    "My intention: to stay\nMy check-in: I need time today · as usual · Just listen · tired\n" +
      "The next time: Tuesday\n\nMy notes:\nOne.\nTwo.\n",
  );
});

test("what there is none of has no line, and where there is nothing there is no file", () => {
  assert.equal(keepsake(leaving({}, { jotted: "A thought" })), "My notes:\nA thought\n");
  assert.equal(keepsake(leaving({ next: "Tuesday" })), "The next time: Tuesday\n");
  assert.equal(keepsake(leaving({}, { intention: "  ", jotted: "\n" })), "");
  assert.equal(keepsake(leaving({}, { parting: null })), "");
});

test("no name is in it, not one's own nor another's, and not where it was", () => {
  const text = keepsake(leaving({ card, next: "Tuesday" }, { intention: "to stay", jotted: "A thought" }));
  assert.doesNotMatch(text, /Wren|Bo|Roundhearth|circle|http|sealed/i);
});

test("a check-in says of others what they welcome, and of oneself how one would like it", () => {
  assert.deepEqual(saidOf({ answers: "ideas" }, { weather: "rain", number: "6" }, words.card.marks), [
    "Not sure yet",
    "as usual",
    "welcomes ideas",
    "rainy",
    "6 of 10",
  ]);
  assert.deepEqual(saidOf({ wish: "listen" }, { weather: "hail" }, words.card.answering), ["Just listening"]);
});
