// Questions about quiet, stepping out and being apart; mirrors of what the rules decide.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  askable,
  bellRings,
  companions,
  drawGroups,
  invited,
  isOut,
  mayGoOn,
  mayHush,
  mayPairUp,
  mayPause,
  mayWarn,
} from "../../static/js/care.js";
import { seat, stick, view } from "./builders.mjs";

const ids = (/** @type {{ id: string }[]} */ seats) => seats.map((one) => one.id);
const four = ["a", "b", "c", "d"].map((id) => seat(id));

test("who guards may pause and hush, who keeps the script may hush only, and who leads may both", () => {
  const duty = (/** @type {string[]} */ duties, leads = false) => {
    const seen = view({ seats: [seat("a", { duties })], leads });
    return [mayPause(seen, "a"), mayHush(seen, "a")];
  };
  assert.deepEqual(duty([]), [false, false]);
  assert.deepEqual(duty(["guardian"]), [true, true]);
  assert.deepEqual(duty(["script"]), [false, true]);
  assert.deepEqual(duty([], true), [true, true]);
});

test("any quiet is ended by who guards or leads, and by any member where nobody is left to lead", () => {
  const seats = [...four, seat("g", { duties: ["guardian"] }), seat("o", { role: "observer" })];
  const [led, adrift] = [view({ seats }), view({ seats, adrift: true })];
  assert.deepEqual(
    ["a", "g", "o"].map((id) => [mayGoOn(led, id), mayGoOn(adrift, id)]),
    [
      [false, true],
      [true, true],
      [false, false],
    ],
  );
});

test("only the holder warns of something hard, and not in a quiet", () => {
  const held = { seats: four, stick: stick("held", "a") };
  assert.equal(mayWarn(view(held), "a"), true);
  assert.equal(mayWarn(view(held), "b"), false);
  assert.equal(mayWarn(view({ ...held, pause: { kind: "pause", since: 0, until: null } }), "a"), false);
});

test("those are asked apart who are here, free and without the stick", () => {
  const seats = [
    seat("a"),
    seat("b"),
    seat("c", { present: false }),
    seat("d"),
    seat("e"),
    seat("o", { role: "observer" }),
  ];
  const seen = view({ seats, stick: stick("held", "e"), asides: [{ seats: ["d", "x"], until: null }] });
  assert.deepEqual(ids(askable(seen, "a")), ["b"]);
  assert.deepEqual(askable(seen, "e"), []);
  assert.deepEqual(askable(seen, "o"), []);
  assert.deepEqual(askable(view({ seats, invitation: { seats: ["b"], asked: ["a"], until: 9 } }), "a"), []);
});

test("an invitation is one that asks me, one that I have asked, or none of mine", () => {
  const seen = view({ seats: four, invitation: { seats: ["a"], asked: ["b"], until: 9 } });
  assert.deepEqual(
    ["a", "b", "c"].map((id) => invited(seen, id)),
    ["asking", "asked", null],
  );
});

test("my companions are those who are apart with me", () => {
  const seen = view({ seats: four, asides: [{ seats: ["a", "b", "c"], until: null }] });
  assert.deepEqual([companions(seen, "a"), companions(seen, "d")], [["b", "c"], []]);
  assert.equal(isOut(view({ seats: [seat("a", { out: true })] }), "a"), true);
});

test("groups are drawn of everybody who can be reached, and nobody is left alone", () => {
  for (let count = 2; count <= 12; count += 1) {
    for (const size of /** @type {const} */ ([2, 3])) {
      const seats = Array.from({ length: count }, (_, index) => seat(`s${index}`));
      const seen = view({ seats: [...seats, seat("away", { present: false }), seat("out", { out: true })] });
      const groups = drawGroups(seen, size, Math.random);
      assert.deepEqual(groups.flat().sort(), ids(seats).sort());
      assert.ok(
        groups.every((group) => group.length >= 2 && group.length <= 4),
        JSON.stringify(groups),
      );
    }
  }
});

test("small groups need a resting stick and two people", () => {
  assert.equal(mayPairUp(view({ seats: four, stick: stick("resting") })), true);
  assert.equal(mayPairUp(view({ seats: four, stick: stick("held", "a") })), false);
  assert.equal(mayPairUp(view({ seats: [seat("a")], stick: stick("resting") })), false);
});

test("a bell rings at both ends of a quiet, when groups come back, and at nothing else", () => {
  const plain = view({ version: 1, seats: four });
  const quiet = view({ version: 2, seats: four, pause: { kind: "silence", since: 0, until: 9 } });
  const paired = view({ version: 3, seats: four, asides: [{ seats: ["a", "b"], until: 99 }] });
  const aside = view({ version: 3, seats: four, asides: [{ seats: ["a", "b"], until: null }] });
  const later = view({ version: 4, seats: four });
  assert.deepEqual(
    [bellRings(plain, quiet, "a"), bellRings(quiet, later, "a"), bellRings(paired, later, "a")],
    [true, true, true],
  );
  assert.deepEqual(
    [
      bellRings(null, quiet, "a"),
      bellRings(plain, paired, "a"),
      bellRings(aside, later, "a"),
      bellRings(plain, later, "a"),
      bellRings(paired, later, "c"),
      bellRings(quiet, quiet, "a"),
    ],
    [false, false, false, false, false, false],
  );
});

test("a silent part begins and ends by the bell too, and no other change of floor rings", () => {
  const there = (/** @type {number} */ version, /** @type {string} */ floor) => view({ version, floor });
  const rings = (/** @type {string} */ before, /** @type {string} */ after) =>
    bellRings(there(1, before), there(2, after), "a");
  assert.deepEqual([rings("facilitator", "silence"), rings("silence", "hands")], [true, true]);
  assert.deepEqual([rings("round", "open"), rings("silence", "silence")], [false, false]);
});
