// Names and notes of a view, opened once each.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReader } from "../../static/js/readable.js";
import { nothingShown } from "../../static/js/screen.js";
import { door, knock, seat, terms, view } from "./builders.mjs";

/** A reader that opens "sealed x" as "x", and what it was asked to open. */
function makeTestReader() {
  /** @type {string[]} */
  const asked = [];
  const reader = makeReader(
    async (sealed, kind, ...about) => {
      asked.push(`${[kind, ...about].join(" ")}: ${sealed}`);
      return sealed.startsWith("sealed ") ? sealed.slice(7) : null;
    },
    (text) => (text === "odd" ? null : { mood: text, weather: "", number: "" }),
  );
  return { reader, asked };
}

test("names of seats and of who knocks, and notes, are given by seat", async () => {
  const { reader } = makeTestReader();
  const seen = view({ seats: [seat("a")], knocks: [knock("k", { note: "sealed hello" }), knock("n")] });
  assert.deepEqual(await reader.read(seen), {
    ...nothingShown(),
    names: { a: "a", k: "k", n: "n" },
    notes: { k: "hello" },
  });
});

test("what cannot be opened is left out, so that a plain word stands in its place", async () => {
  const { reader } = makeTestReader();
  const seen = view({ seats: [seat("a", { name: "forged" })], knocks: [knock("k", { note: "forged" })] });
  assert.deepEqual(await reader.read(seen), { ...nothingShown(), names: { k: "k" } });
});

test("each sealed text is opened once, over many views and also while it is being opened", async () => {
  const { reader, asked } = makeTestReader();
  const seen = view({ seats: [seat("a"), seat("b")], knocks: [knock("k", { note: "sealed hello" })] });
  await Promise.all([reader.read(seen), reader.read(seen)]);
  await reader.read({ ...seen, version: 2 });
  assert.deepEqual(asked.sort(), ["name: sealed a", "name: sealed b", "name: sealed k", "note: sealed hello"]);
});

test("a text that could not be opened is not tried again either", async () => {
  const { reader, asked } = makeTestReader();
  const seen = view({ seats: [seat("a", { name: "forged" })] });
  await reader.read(seen);
  await reader.read(seen);
  assert.deepEqual(asked, ["name: forged"]);
});

test("at the door there is nothing to read", async () => {
  const { reader, asked } = makeTestReader();
  assert.deepEqual(await reader.read(door(1)), nothingShown());
  assert.deepEqual(asked, []);
});

test("the same sealed text as name and as note are two texts", async () => {
  const { reader, asked } = makeTestReader();
  await reader.read(view({ seats: [seat("a")], knocks: [knock("k", { name: "sealed a", note: "sealed a" })] }));
  assert.deepEqual(asked, ["name: sealed a", "note: sealed a"]);
});

test("the question, the titles of parts and the words of cards are opened too; what is no card is none", async () => {
  const { reader } = makeTestReader();
  const card = (/** @type {string | null} */ words) => ({ card: { words } });
  const seen = view({
    prompt: "sealed why",
    agenda: [
      { part: "own", title: "sealed songs" },
      { part: "quiet", title: null },
    ],
    seats: [seat("a", card("sealed fine")), seat("b", card("sealed odd")), seat("c", card(null)), seat("d")],
  });
  const { prompt, titles, cards } = await reader.read(seen);
  assert.deepEqual([prompt, titles, cards], ["why", ["songs", null], { a: { mood: "fine", weather: "", number: "" } }]);
});

test("a card's words are opened for their writer's seat, so that nobody's are shown as somebody else's", async () => {
  const { reader, asked } = makeTestReader();
  const card = { wish: "share", minutes: "usual", answers: null, open: true, words: "sealed shy" };
  await reader.read(view({ seats: [seat("a", { card }), seat("b", { card })] }));
  assert.deepEqual(
    asked.filter((one) => one.startsWith("check_in")),
    ["check_in a: sealed shy", "check_in b: sealed shy"],
  );
});

test("what the group has written of its own terms is opened for whoever comes to the door", async () => {
  const { reader, asked } = makeTestReader();
  const own = terms({ agreements: "sealed one", limits_words: "sealed two", next_date: "sealed three" });
  const shown = await reader.read(/** @type {any} */ ({ ...door(1), terms: own }));
  assert.deepEqual(shown.terms, { agreements: "one", limits: "two", next: "three" });
  assert.deepEqual(asked.sort(), ["agreements: sealed one", "settings: sealed two", "title: sealed three"]);
});

test("a question at the door and its answer open for that knock alone, and for nothing else", async () => {
  const { reader, asked } = makeTestReader();
  const words = { question: "sealed who", answer: "sealed me" };
  const shown = await reader.read(/** @type {any} */ ({ ...door(1, "waiting"), ...words }), "k");
  assert.deepEqual([shown.questions, shown.answers], [{ k: "who" }, { k: "me" }]);
  const inside = await reader.read(view({ seats: [], knocks: [knock("n", words)] }));
  assert.deepEqual([inside.questions, inside.answers], [{ n: "who" }, { n: "me" }]);
  assert.deepEqual(
    asked.filter((one) => one.startsWith("note")),
    [
      "note question k: sealed who",
      "note answer k: sealed me",
      "note question n: sealed who",
      "note answer n: sealed me",
    ],
  );
});

test("whoever is about to come has a name for all, also for those who do not keep the door", async () => {
  const { reader } = makeTestReader();
  const coming = [{ seat: "k", name: "sealed Kim", role: "observer", first_time: false, state: "asked", until: 9 }];
  assert.deepEqual((await reader.read(view({ seats: [], coming }))).names, { k: "Kim" });
});
