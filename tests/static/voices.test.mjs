// What may be said without a voice now, and by whom: signs, lines, notes; and what of it a screen shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMATS } from "../../static/js/protocol.js";
import { nothingWhispered } from "../../static/js/screen.js";
import * as voices from "../../static/js/voices.js";
import { seat, stick, view } from "./builders.mjs";

/** A circle as the server shows it when nobody has changed its terms. @param {object} [change] */
const there = (change) =>
  /** @type {any} */ (view({ terms: { reactions: true }, shielded: false, acting: null, ...change }));
const rows = FORMATS.sixty.map((step) => ({
  turn: null,
  breath: 0,
  title: null,
  reactions: false,
  writing: false,
  ...step,
}));
const part = (/** @type {string} */ name) => {
  const step = rows.findIndex((row) => row.part === name);
  return there({ agenda: rows, step, floor: rows[step].floor });
};
/** @param {object} [change] @returns {any} */
const whispered = (change) => ({ ...nothingWhispered().whispered, ...change });
const FLOORS = ["round", "hands", "open", "silence", "facilitator"];
const pause = { kind: "pause", since: 0, until: null };

test("with an agenda the step says whether signs and lines are welcome, whatever its floor", () => {
  for (const { part: name, reactions, writing } of rows) {
    assert.equal(voices.signsWelcome(part(name)), reactions, name);
    assert.equal(voices.linesWelcome(part(name)), writing, name);
  }
  assert.ok(voices.signsWelcome({ ...part("answers"), floor: "round" }));
  assert.ok(!voices.signsWelcome({ ...part("sharing"), floor: "open" }));
});

test("without an agenda signs are welcome on the open floor and on the facilitators', lines on the open one", () => {
  assert.deepEqual(
    FLOORS.filter((floor) => voices.signsWelcome(there({ floor }))),
    ["open", "facilitator"],
  );
  assert.deepEqual(
    FLOORS.filter((floor) => voices.linesWelcome(there({ floor }))),
    ["open"],
  );
});

test("in a quiet nobody is offered signs or lines, and nothing of before is shown", () => {
  const quiet = there({ floor: "open", pause });
  const sent = whispered({ reactions: [{ by: "b", reaction: "heart" }], writings: [{ by: "b", text: "hi" }] });
  assert.deepEqual([voices.signsWelcome(quiet), voices.linesWelcome(quiet)], [false, false]);
  assert.equal(voices.signOf(quiet, sent, "b"), null);
  assert.equal(voices.ways(quiet, "a", sent).writing, false);
});

test("who only listens is offered no sign and no line, reads the lines of others, and may ask the facilitators for something", () => {
  const open = there({ floor: "open" });
  const none = { share: false, signs: false, writing: false, notes: false, line: false, note: true };
  assert.deepEqual(voices.ways(open, "o", whispered()), none);
  assert.deepEqual(voices.ways(open, "o", whispered({ writings: [{}] })), { ...none, writing: true });
  assert.deepEqual(voices.ways(open, "a", whispered()), { ...none, signs: true, writing: true });
});

test("a note is offered while somebody is here to read it: a facilitator, or who stands in", () => {
  const read = (/** @type {object} */ fay, /** @type {string | null} */ acting = null) =>
    voices.isRead(there({ acting, seats: [seat("f", { role: "facilitator", ...fay }), seat("a"), seat("b")] }), "a");
  assert.ok(read({}));
  for (const gone of [{ present: false }, { out: true }]) {
    assert.ok(!read(gone));
    assert.ok(read(gone, "b"));
    assert.ok(!read(gone, "a"));
  }
});

test("behind the shield, or where the terms have no reactions, no sign is welcome; behind the shield no line either", () => {
  const shielded = there({ floor: "open", shielded: true });
  assert.deepEqual([voices.signsWelcome(shielded), voices.linesWelcome(shielded)], [false, false]);
  const plain = there({ floor: "open", terms: { reactions: false } });
  assert.deepEqual([voices.signsWelcome(plain), voices.linesWelcome(plain)], [false, true]);
});

test("who holds the stick may write instead as long as they may be heard, and nobody else may", () => {
  const held = (/** @type {string[]} */ heard) => there({ stick: stick("held", "a"), heard });
  assert.deepEqual(
    ["a", "b", "o"].map((id) => voices.ways(held(["a"]), id, whispered()).share),
    [true, false, false],
  );
  assert.ok(!voices.ways(held([]), "a", whispered()).share);
  assert.ok(!voices.ways(there({ floor: "open", heard: ["a"] }), "a", whispered()).share);
});

test("who leads alone has nobody to write to, and still reads what has come", () => {
  const alone = there({ leads: true });
  const two = there({ leads: true, seats: [...alone.seats, seat("g", { role: "facilitator" })] });
  assert.equal(voices.ways(alone, "f", whispered()).line, false);
  assert.equal(voices.ways(alone, "f", whispered({ lines: [{}] })).line, true);
  assert.equal(voices.ways(two, "f", whispered()).line, true);
  assert.equal(voices.ways(two, "f", whispered()).notes, false);
  assert.equal(voices.ways(two, "f", whispered({ notes: [{}] })).notes, true);
});

test("lines and notes for who leads are shown to nobody else, also if they were there", () => {
  const { line, notes } = voices.ways(there(), "a", whispered({ lines: [{}], notes: [{}] }));
  assert.deepEqual([line, notes], [false, false]);
});

test("a seat shows its latest sign, and only where signs are welcome", () => {
  const sent = whispered({
    reactions: [
      { by: "a", reaction: "heart" },
      { by: "a", reaction: "thanks" },
      { by: "b", reaction: "with_you" },
    ],
  });
  const open = there({ floor: "open" });
  assert.deepEqual(
    ["a", "b", "f"].map((id) => voices.signOf(open, sent, id)),
    ["thanks", "with_you", null],
  );
  assert.equal(voices.signOf(there(), sent, "a"), null);
});

test("what would be cut off in any script is said to be too long before it is sent", () => {
  assert.ok(voices.fits("share", "ä".repeat(2000)) && !voices.fits("share", "ä".repeat(2001)));
  for (const kind of /** @type {const} */ (["writing", "line", "note"])) {
    assert.ok(voices.fits(kind, ` ${"漢".repeat(333)} `) && !voices.fits(kind, "漢".repeat(334)));
  }
});
