// What a tab keeps through a reload, and names for whoever has none in mind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clean } from "../../static/js/keys/words.js";
import { makeMemory } from "../../static/js/memory.js";
import { suggestName } from "../../static/js/names.js";

/** A tab's storage, as the standard has it. @param {Record<string, string>} [held] */
function makeStorage(held = {}) {
  const kept = new Map(Object.entries(held));
  return {
    kept,
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
    removeItem: (/** @type {string} */ key) => kept.delete(key),
  };
}

test("what is kept is read after a reload, and one change leaves the rest", () => {
  const storage = makeStorage();
  makeMemory("r", storage).keep({ fragment: "1.secret" });
  makeMemory("r", storage).keep({ seat: "s", token: "t" });
  const nothing = { present: "", lead: "", resume: "", name: "", intention: "", said: null };
  assert.deepEqual(makeMemory("r", storage).read(), { ...nothing, fragment: "1.secret", seat: "s", token: "t" });
});

test("two circles in one tab know nothing of one another", () => {
  const storage = makeStorage();
  makeMemory("r", storage).keep({ token: "t" });
  assert.equal(makeMemory("other", storage).read().token, null);
});

test("after the end nothing is left of a circle", () => {
  const storage = makeStorage();
  const memory = makeMemory("r", storage);
  memory.keep({ fragment: "f", present: "p", seat: "s", token: "t", intention: "to stay" });
  memory.forget();
  assert.equal(storage.kept.size, 0);
  const { fragment, present, seat, token, intention } = memory.read();
  assert.deepEqual(
    { fragment, present, seat, token, intention },
    { fragment: "", present: "", seat: null, token: null, intention: "" },
  );
});

test("what is kept and unreadable counts as nothing", () => {
  for (const broken of ["{", "null", "7", '"text"', "[]"]) {
    const read = makeMemory("r", makeStorage({ "roundhearth r": broken })).read();
    assert.deepEqual([read.fragment, read.seat, read.token], ["", null, null], broken);
  }
});

/** All names that may be suggested. */
function suggested() {
  const steps = Array.from({ length: 40 }, (_, step) => step / 40);
  return new Set(
    steps.flatMap((how) =>
      steps.map((who) => {
        const chances = [how, who];
        return suggestName(() => chances.shift() ?? 0);
      }),
    ),
  );
}

test("there are names enough that two in a circle seldom meet", () => {
  assert.ok(suggested().size >= 100);
});

test("every suggested name is two plain words that travel unchanged", () => {
  for (const name of suggested()) {
    assert.match(name, /^[A-Z][a-z]+ [A-Z][a-z]+$/);
    assert.ok(name.length <= 20);
    assert.equal(clean(name, "name"), name);
  }
});

test("no suggested name says anything hard about who takes it", () => {
  const hard = /weak|broken|sad|lost|lonely|tired|anxious|afraid|sick|wound|wolf|shark|hunter|storm|grave/i;
  assert.deepEqual(
    [...suggested()].filter((name) => hard.test(name)),
    [],
  );
});

test("chance at its edge still gives a whole name", () => {
  assert.match(
    suggestName(() => 0.9999999),
    /^\w+ \w+$/,
  );
  assert.match(
    suggestName(() => 1),
    /^\w+ \w+$/,
  );
});
