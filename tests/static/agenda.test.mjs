// Questions about the agenda, the time and the order: who goes on, who waits, how much time, which order.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as agenda from "../../static/js/agenda.js";
import * as holding from "../../static/js/holding.js";
import { FORMATS } from "../../static/js/protocol.js";
import { seat, stick, view } from "./builders.mjs";

const rows = FORMATS.quick.map((step) => ({ turn: null, breath: 0, title: null, ...step }));
const at = (/** @type {number} */ step, /** @type {object} */ change) =>
  view({ agenda: rows, step, floor: rows[step].floor, ...change });
const held = (/** @type {string} */ by, /** @type {object} */ change) => ({ ...stick("held", by), ...change });

test("where we are and what comes next, up to the last part", () => {
  assert.equal(agenda.stepNow(at(1))?.part, "check_in");
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((step) => agenda.nextStep(at(step))),
    [1, 2, 3, 4, null],
  );
});

test("without an agenda there is no part, and nothing comes next", () => {
  assert.equal(agenda.stepNow(view()), null);
  assert.equal(agenda.nextStep(view()), null);
});

test("every part has its usual step, also one of our own", () => {
  assert.deepEqual(
    holding.stepFor("sharing"),
    FORMATS.sixty.find((step) => step.part === "sharing"),
  );
  assert.equal(holding.stepFor("second").part, "second");
  assert.equal(holding.stepFor("own").part, "own");
});

test("who leads holds every duty, a member only the one they were given, who only listens none", () => {
  const there = view({ seats: [seat("a", { duties: ["time"] }), seat("o", { role: "observer", duties: ["time"] })] });
  assert.ok(agenda.keeps(there, "a", "time"));
  assert.ok(!agenda.keeps(there, "a", "script"));
  assert.ok(!agenda.keeps(there, "o", "time"));
  assert.ok(!agenda.keeps(there, null, "time"));
  assert.ok(agenda.keeps(view({ leads: true }), "f", "script"));
});

test("a part waits for another who holds the stick, not for an offer and not for oneself", () => {
  assert.equal(agenda.waitsFor(at(1, { stick: held("a") }), "f"), "a");
  assert.equal(agenda.waitsFor(at(1, { stick: held("f") }), "f"), null);
  assert.equal(agenda.waitsFor(at(1, { stick: stick("offered", "a") }), "f"), null);
});

test("what comes next is the one thing to do without the stick, or when the round is through", () => {
  const heard = ["f", "a", "b"].map((id) => seat(id, { heard: true }));
  assert.ok(agenda.readyToGoOn(at(0)));
  assert.ok(!agenda.readyToGoOn(at(1)));
  assert.ok(agenda.readyToGoOn(at(1, { seats: heard })));
  assert.ok(!agenda.readyToGoOn(at(1, { seats: heard, stick: held("a") })));
  assert.ok(!agenda.readyToGoOn(at(1, { seats: [...heard, seat("c")] })));
  assert.ok(
    agenda.readyToGoOn(at(1, { seats: [...heard, seat("c", { present: false }), seat("o", { role: "observer" })] })),
  );
  assert.ok(!agenda.readyToGoOn(at(4, { seats: heard })), "behind the last part nothing comes");
});

test("eight minutes before the end those not heard in all of the circle are named to who leads, and not before", () => {
  const names = (/** @type {object} */ change) =>
    agenda.missed(view({ unheard: ["f", "a", "b"], ends: 1480, ...change }), "f", 1000);
  assert.deepEqual(names({ ends: 1481 }), []);
  assert.deepEqual(names({}), ["a", "b"]);
  assert.deepEqual(names({ floor: "open", ends: 900 }), ["a", "b"], "on any floor, and later too");
  assert.deepEqual(names({ ends: null }), []);
  assert.deepEqual(names({ unheard: [] }), [], "who does not lead is told of nobody");
});

test("the light fills from nothing to whole, and stays there", () => {
  const there = at(2, { stick: held("a", { since: 1000, allotted: 100 }) });
  assert.deepEqual(
    [990, 1000, 1050, 1300].map((now) => agenda.turnTime(there, now)?.gone),
    [0, 0, 0.5, 1],
  );
  assert.equal(agenda.turnTime(there, 1300)?.left, -200);
});

test("a turn without a limit, or one whose time is not ours to see, has no light", () => {
  assert.equal(agenda.turnTime(at(2, { stick: held("a") }), 1000), null);
  assert.equal(agenda.turnTime(at(2, { stick: { ...stick("offered", "a"), allotted: 60 } }), 1000), null);
});

test("the holder has a cue at one minute and at the end; a short turn only at its end; nobody else has one", () => {
  const long = at(2, { stick: held("a", { since: 0, allotted: 120 }) });
  assert.deepEqual(
    [59, 60, 119, 120, 500].map((now) => agenda.cue(long, "a", now)),
    [null, "minute", "minute", "over", "over"],
  );
  const short = at(3, { stick: held("a", { since: 0, allotted: 45 }) });
  assert.deepEqual(
    [1, 44, 45].map((now) => agenda.cue(short, "a", now)),
    [null, null, "over"],
  );
  assert.equal(agenda.cue(long, "b", 500), null);
});

test("minutes are told to the half, and never as none", () => {
  assert.deepEqual([0, 20, 60, 100, 210].map(agenda.minutesOf), [0.5, 0.5, 1, 1.5, 3.5]);
});

test("one's own share is told while it is planned or shared, not in other parts", () => {
  const plan = [{ seat: "a", seconds: 210, adjust: 0 }];
  assert.deepEqual(
    [0, 1, 2, 3].map((step) => agenda.myShare(at(step, { plan }), "a")),
    [null, null, 210, null],
  );
  assert.equal(agenda.myShare(at(2, { plan }), "b"), null);
});

test("the plan's table has whoever is still to speak, and whoever could", () => {
  const plan = [{ seat: "a", seconds: 210, adjust: 1 }];
  const seats = [seat("f", { heard: true }), seat("a"), seat("b"), seat("o", { role: "observer" })];
  assert.deepEqual(holding.planRows(at(2, { plan, seats })), [plan[0], { seat: "b", seconds: null, adjust: 0 }]);
  assert.deepEqual(holding.planRows(at(2, { plan: [], seats })), []);
});

test("one seat moves by one place, and stays at either end", () => {
  const all = ["a", "b", "c"];
  assert.deepEqual(holding.moved(all, 1, -1), ["b", "a", "c"]);
  assert.deepEqual(holding.moved(all, 1, 1), ["a", "c", "b"]);
  assert.deepEqual(holding.moved(all, 0, -1), all);
  assert.deepEqual(holding.moved(all, 2, 1), all);
  assert.deepEqual(all, ["a", "b", "c"]);
});

test("an order by chance has everybody once, also when chance is at its edge", () => {
  const all = ["a", "b", "c", "d"];
  for (const chance of [0, 0.3, 0.9999999, 1]) {
    assert.deepEqual(holding.shuffled(all, () => chance).sort(), all);
  }
  const orders = new Set(Array.from({ length: 300 }, () => holding.shuffled(all, Math.random).join("")));
  assert.ok(orders.size > 12);
});
