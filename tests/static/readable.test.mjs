// The sealed words of a view, opened once each, by the keys of their sort.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReader } from "../../static/js/readable.js";
import { nothingShown } from "../../static/js/screen.js";
import { door, keysFor, knock, seat, terms, view } from "./builders.mjs";

/** A reader whose keys open "sealed x" as "x", and what they were asked to open. @param {object} [change] */
function makeTestReader(change) {
  const keys = keysFor(change);
  const reader = makeReader(keys, (text) => (text === "odd" ? null : { mood: text, weather: "", number: "" }));
  return { reader, asked: keys.asked };
}

test("who knocks is named by what their knock says, with their words; who sits is named by the keys alone", async () => {
  const { reader } = makeTestReader();
  const seen = view({ seats: [seat("a")], knocks: [knock("k", { note: "sealed hello" }), knock("n")] });
  assert.deepEqual(await reader.read(seen, "a"), {
    ...nothingShown(),
    names: { k: "k", n: "n" },
    notes: { k: "hello" },
  });
});

test("a knock without a box for this page is read by it in no word", async () => {
  const { reader } = makeTestReader();
  const seen = view({ knocks: [knock("k", { note: "sealed hello", boxes: { f: "a box for f" } })] });
  assert.deepEqual(await reader.read(seen, "a"), nothingShown());
});

test("what cannot be opened is left out, so that a plain word stands in its place", async () => {
  const { reader } = makeTestReader();
  const seen = view({ prompt: "forged", knocks: [knock("k", { note: "forged" })] });
  assert.deepEqual(await reader.read(seen, "a"), { ...nothingShown(), names: { k: "k" } });
});

test("each sealed text is opened once, over many views and also while it is being opened", async () => {
  const { reader, asked } = makeTestReader();
  const seen = view({ prompt: "sealed What helped?", knocks: [knock("k", { note: "sealed hello" })] });
  await Promise.all([reader.read(seen, "a"), reader.read(seen, "a")]);
  await reader.read({ ...seen, version: 2 }, "a");
  assert.deepEqual(asked.sort(), ["knock k", "room sealed What helped? prompt"]);
});

test("what could not be opened is tried again, since the keys for it may have come", async () => {
  let there = false;
  const { reader } = makeTestReader({ openRoom: async () => (there ? "What helped?" : null) });
  const seen = view({ prompt: "sealed" });
  assert.equal((await reader.read(seen)).prompt, null);
  there = true;
  assert.equal((await reader.read(seen)).prompt, "What helped?");
});

test("a knock is read again once there is a box for this page", async () => {
  const { reader } = makeTestReader();
  const late = view({ knocks: [knock("k", { boxes: {} })] });
  assert.deepEqual((await reader.read(late, "a")).names, {});
  assert.deepEqual((await reader.read(view({ knocks: [knock("k")] }), "a")).names, { k: "k" });
});

test("at the door there is nothing to read but what the circle is held by", async () => {
  const { reader, asked } = makeTestReader();
  assert.deepEqual(await reader.read(door(1)), nothingShown());
  assert.deepEqual(asked, []);
});

test("the question, titles and script stand in the room; a card is its writer's alone, and what is no card is none", async () => {
  const { reader, asked } = makeTestReader();
  const card = (/** @type {string | null} */ words) => ({ card: { words } });
  const seats = [seat("a", card("sealed tired")), seat("b", card(null)), seat("f", card("sealed odd"))];
  const agenda = [{ title: "sealed Songs" }, { title: null }];
  const shown = await reader.read(
    view({ seats, agenda, prompt: "sealed What helped?", script: "sealed We sing." }),
    "a",
  );
  assert.deepEqual([shown.prompt, shown.script, shown.titles], ["What helped?", "We sing.", ["Songs", null]]);
  assert.deepEqual(shown.cards, { a: { mood: "tired", weather: "", number: "" } });
  assert.ok(asked.includes("own a sealed tired check_in a"));
  assert.ok(asked.includes("room sealed Songs title"));
});

test("the circle's own words are there before one comes in, for whoever has the link", async () => {
  const { reader, asked } = makeTestReader();
  const own = terms({
    agreements: "sealed One\nTwo",
    limits_words: "sealed All stays here.",
    next_date: "sealed Monday",
  });
  const read = { agreements: "One\nTwo", limits: "All stays here.", next: "Monday" };
  assert.deepEqual((await reader.read({ ...door(1), terms: own })).terms, read);
  assert.deepEqual((await reader.read(view({ terms: own }))).terms, read);
  assert.deepEqual(asked.sort(), [
    "door sealed All stays here. settings",
    "door sealed Monday title",
    "door sealed One\nTwo agreements",
  ]);
});

test("what is asked and answered over a knock is read by both sides", async () => {
  const { reader, asked } = makeTestReader();
  const words = { question: "sealed who", answer: "sealed me" };
  const shown = await reader.read(/** @type {any} */ ({ ...door(1, "waiting"), ...words }), "k");
  assert.deepEqual([shown.questions, shown.answers], [{ k: "who" }, { k: "me" }]);
  const inside = await reader.read(view({ seats: [], knocks: [knock("n", words)] }), "a");
  assert.deepEqual([inside.questions, inside.answers], [{ n: "who" }, { n: "me" }]);
  assert.deepEqual(asked, ["doorstep sealed who question", "doorstep sealed me answer", "knock n"]);
});

test("whoever is on the way in has a name for all, also for those who do not keep the door", async () => {
  const { reader, asked } = makeTestReader();
  const coming = [{ seat: "k", name: "sealed Kim", role: "observer", first_time: false, state: "asked", until: 9 }];
  assert.deepEqual((await reader.read(view({ coming }))).names, { k: "Kim" });
  assert.deepEqual(asked, ["room sealed Kim name"]);
});
