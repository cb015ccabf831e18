// Questions about a view: what is to be done now, and who may do it.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as circle from "../../static/js/circle.js";
import { door, seat, stick, view } from "./builders.mjs";

const FLOORS = ["round", "hands", "open", "silence", "facilitator"];
const held = (/** @type {string} */ by, /** @type {object} */ change) => view({ stick: stick("held", by), ...change });
const offered = (/** @type {string} */ to, /** @type {object} */ change) =>
  view({ stick: stick("offered", to), ...change });
const lead = { leads: true };

test("only a view of the circle is one", () => {
  assert.equal(circle.inCircle(null), null);
  assert.equal(circle.inCircle(door(1)), null);
  assert.equal(circle.inCircle(door(1, "waiting")), null);
  assert.equal(circle.inCircle(view())?.at, "circle");
});

test("a seat is found by its id, and nobody by none", () => {
  assert.equal(circle.seatOf(view(), "b")?.id, "b");
  assert.equal(circle.seatOf(view(), "gone"), null);
  assert.equal(circle.seatOf(view(), null), null);
});

test("an offered stick is held by nobody, and a held one is offered to nobody", () => {
  assert.deepEqual([circle.holder(offered("a")), circle.offeredTo(offered("a"))], [null, "a"]);
  assert.deepEqual([circle.holder(held("a")), circle.offeredTo(held("a"))], ["a", null]);
  assert.deepEqual([circle.holder(view()), circle.offeredTo(view())], [null, null]);
});

test("one may be heard when the server says so, and at no other time", () => {
  assert.ok(circle.mayBeHeard(held("a", { heard: ["a"] }), "a"));
  assert.ok(!circle.mayBeHeard(held("a", { heard: ["a"] }), "b"));
  assert.ok(!circle.mayBeHeard(held("a"), "a"), "a held stick alone makes nobody heard");
  assert.ok(!circle.mayBeHeard(view({ heard: ["a"] }), null));
});

const pair = { seats: ["a", "b"], until: 1300 };
const asked = { seats: ["a", "b"], until: null };

test("in an aside one hears its seats, and outside of it the circle", () => {
  const apart = view({ heard: ["f"], asides: [asked] });
  assert.deepEqual(circle.audible(apart, "a"), ["a", "b"]);
  assert.deepEqual(circle.audible(apart, "o"), ["f"]);
  assert.equal(circle.asideOf(apart, "f"), null);
  assert.equal(circle.asideOf(apart, null), null);
});

test("in an aside one sees its seats, outside of it whoever is shown, and behind the shield just those", () => {
  const apart = { shown: ["f"], asides: [asked] };
  assert.deepEqual(circle.visible(view(apart), "a"), ["a", "b"]);
  assert.deepEqual(circle.visible(view(apart), "o"), ["f"]);
  assert.deepEqual(circle.visible(view({ ...apart, shielded: true }), "a"), ["f"]);
});

test("a microphone does not stay on where nobody pressed for it: an open floor, a pair, a call back", () => {
  const hushed = view({ seats: [seat("a", { hushed: true }), seat("b")] });
  const open = view({ floor: "open", heard: ["a", "b"] });
  for (const [was, now, unasked] of /** @type {const} */ ([
    [view(), open, true],
    [open, open, false],
    [view(), held("a", { heard: ["a"] }), false],
    [view(), view({ asides: [pair] }), true],
    [view({ asides: [pair] }), view({ asides: [pair] }), false],
    [view(), view({ asides: [asked] }), false],
    [view({ asides: [asked] }), hushed, true],
    [hushed, hushed, false],
    [hushed, open, false],
    [hushed, held("a", { heard: ["a"] }), false],
    [view({ asides: [asked] }), open, false],
    [view(), view(), false],
  ]))
    assert.equal(circle.opensUnasked(was, now, "a"), unasked);
});

test("observers are counted as who listens, and may hold nothing", () => {
  assert.deepEqual(
    circle.observers(view()).map((one) => one.id),
    ["o"],
  );
  assert.deepEqual(
    view()
      .seats.filter(circle.mayHold)
      .map((one) => one.id),
    ["f", "a", "b"],
  );
  assert.ok(!circle.mayHold(null));
});

test("the stick lies on the floors that know it alone", () => {
  assert.deepEqual(
    FLOORS.filter((floor) => circle.stickFloor(view({ floor }))),
    ["round", "hands"],
  );
});

test("whoever leads may offer the resting stick to each one present but observers", () => {
  const there = view({ ...lead, seats: [...view().seats, seat("away", { present: false })] });
  const able = there.seats.filter((one) => circle.canOffer(there, "f", one)).map((one) => one.id);
  assert.deepEqual(able, ["f", "a", "b"]);
});

test("a stick that is offered or held, or a floor without it, cannot be offered", () => {
  for (const there of [offered("a", lead), held("a", lead), view({ ...lead, floor: "open" })]) {
    assert.ok(!there.seats.some((one) => circle.canOffer(there, "f", one)));
  }
});

test("a member offers nothing, unless nobody is left to lead; an observer never does", () => {
  const [to] = view().seats.slice(2);
  assert.ok(!circle.canOffer(view(), "a", to));
  assert.ok(circle.canOffer(view({ adrift: true }), "a", to));
  assert.ok(!circle.canOffer(view({ adrift: true }), "o", to));
  assert.ok(!circle.canOffer(view({ adrift: true }), null, to));
  assert.ok(!circle.leads(view(lead), "o"));
});

test("where nobody is left to lead, members bring the circle back to a round from where no stick goes", () => {
  const silent = { floor: "silence", adrift: true };
  assert.ok(circle.mayReturn(view(silent), "a"));
  assert.ok(!circle.mayReturn(view(silent), "o"));
  assert.ok(!circle.mayReturn(view({ ...silent, adrift: false }), "a"));
  assert.ok(!circle.mayReturn(view({ ...silent, floor: "hands" }), "a"));
});

test("whoever leads may take the stick back from where it is; adrift, members only an offer", () => {
  assert.ok(circle.canRecall(held("a", lead), "f"));
  assert.ok(circle.canRecall(offered("a", lead), "f"));
  assert.ok(!circle.canRecall(view(lead), "f"));
  assert.ok(!circle.canRecall(held("a"), "b"));
  assert.ok(circle.canRecall(offered("a", { adrift: true }), "b"));
  assert.ok(!circle.canRecall(held("a", { adrift: true }), "b"));
  assert.ok(!circle.canRecall(offered("a", { adrift: true }), "o"));
});

/** @type {[string, string, any, string | null][]} what to do, for whom */
const ACTIONS = [
  ["listen", "an observer, whatever the stick does", held("a"), "o"],
  ["listen", "somebody without a seat", view(), null],
  ["accept", "who is offered the stick", offered("a"), "a"],
  ["accept", "a facilitator who is offered it", offered("f", lead), "f"],
  ["pass", "who holds it", held("a"), "a"],
  ["ask", "a member while another holds it", held("a"), "b"],
  ["ask", "a member while it rests", view(), "a"],
  ["offer", "who leads, while it rests", view(lead), "f"],
  ["ask", "who leads, while another holds it", held("a", lead), "f"],
  ["speak", "a member on the open floor", view({ floor: "open", heard: ["a", "b"] }), "a"],
  ["listen", "a member in silence", view({ floor: "silence" }), "a"],
  ["listen", "a member while facilitators speak", view({ floor: "facilitator", heard: ["f"] }), "a"],
  ["speak", "a facilitator on their floor", view({ floor: "facilitator", heard: ["f"], ...lead }), "f"],
  ["asked", "a member whose hand is up", view({ seats: [seat("a", { hand: 1 })] }), "a"],
];

for (const [action, whom, there, me] of ACTIONS) {
  test(`the one thing to do is ${action} for ${whom}`, () => assert.equal(circle.mainAction(there, me), action));
}
