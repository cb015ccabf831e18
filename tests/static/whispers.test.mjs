// What is said without a voice: who sends what, what is kept for the screen, and how soon it is gone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { written } from "../../static/js/circle.js";
import { clean } from "../../static/js/keys/words.js";
import { firstScreen } from "../../static/js/screen.js";
import { makeStore } from "../../static/js/store.js";
import { makeWhispers } from "../../static/js/whispers.js";
import { door, seat, stick, view } from "./builders.mjs";

/** Sealed as one's own by a page that sits at `about`'s first; opened only as what it is, where the server names that seat. */
const sealOwn = async (/** @type {string} */ text, /** @type {any[]} */ ...about) =>
  JSON.stringify([about.join(" "), clean(text, about[0])]);
const openOwn = async (/** @type {string} */ by, /** @type {string} */ sealed, /** @type {any[]} */ ...about) => {
  // Longer texts take longer.
  for (let wait = 0; wait < sealed.length; wait += 500) await null;
  try {
    const [of, text] = JSON.parse(sealed);
    return of === about.join(" ") && about[1] === by ? text : null;
  } catch {
    return null;
  }
};
const held = (/** @type {object} */ change) =>
  view({ turn: 3, step_since: 900, stick: stick("held", "a"), heard: ["a"], ...change });

/** Somebody's page, whose whispers go into a list. @param {object} given @param {string} [me] */
function makePage(given, me = "a") {
  const store = makeStore(
    { ...firstScreen("Wren", false), at: "circle", me },
    () => {},
    () => {},
  );
  /** @type {any} */
  const page = { store, sent: [], answers: [], hidden: false, keyless: false, refused: [] };
  page.whispers = makeWhispers({
    store,
    keys: {
      sealOwn: async (text, kind, ...about) => (page.keyless ? null : sealOwn(text, kind, ...about)),
      openOwn: /** @type {any} */ (openOwn),
    },
    refuse: (code) => page.refused.push(code),
    hidden: () => page.hidden,
    tell: async (whisper, shown) => {
      page.sent.push([whisper, shown]);
      return page.answers.shift() ?? null;
    },
  });
  page.sees = (/** @type {any} */ next) => {
    store.set({ view: next, clock: next.now * 1000 - Date.now() });
    return page.whispers.seen();
  };
  page.whispered = () => store.get().whispered;
  page.texts = (/** @type {"writings" | "lines" | "notes"} */ where) =>
    page.whispered()[where].map((/** @type {any} */ one) => one.text);
  /** Written and sent in one go: nothing is drawn between the two. */
  page.shares = (/** @type {string} */ text) => {
    store.set((now) => ({ saying: { ...now.saying, share: text } }));
    return page.whispers.share();
  };
  page.sees(given);
  return page;
}

/** @param {"writing" | "line" | "note"} type @param {string} by @param {string} text @param {number} [at] */
const told = async (type, by, text, at = 1000) => ({ type, by, at, text: await sealOwn(text, type, by) });

/** @param {string} by @param {number} turn @param {string} text */
const share = async (by, turn, text) => ({
  type: "share",
  by,
  turn,
  at: 1000,
  text: await sealOwn(text, "share", by, turn),
});

test("what a server tells twice is shown once, and an older share never comes back over a newer one", async () => {
  const page = makePage(held({ stick: stick("held", "b"), heard: ["b"] }));
  const [line, first, second] = [await told("line", "b", "so"), await share("b", 3, "one"), await share("b", 3, "two")];
  for (const one of [line, first, second, line, first]) await page.whispers.take({ ...one });
  assert.equal(page.whispered().lines.length, 1);
  assert.equal(page.whispered().share.text, "two");
});

const reaction = (/** @type {number} */ at) => ({ type: "reaction", reaction: "heart", by: "b", at });
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** What was sent, opened. @param {any} page */
const opened = (page) =>
  Promise.all(
    page.sent.map(async ([{ type, text, turn }]) =>
      type === "share"
        ? openOwn("a", text, type, "a", turn)
        : openOwn(page.store.get().me, text, type, page.store.get().me),
    ),
  );

test("what the holder writes is shown as far as it is written, the latest only", async () => {
  const page = makePage(held(), "b");
  await page.whispers.take(await share("a", 3, "It was"));
  await page.whispers.take(await share("a", 3, "It was a long week.\nAnd now it rains."));
  assert.equal(page.whispered().share.text, "It was a long week.\nAnd now it rains.");
  assert.equal(written(held(), page.whispered())?.by, "a");
  await page.whispers.take(await share("a", 3, ""));
  assert.equal(page.whispered().share, null);
});

test("whispers are shown in the order in which they came, however long each takes to open", async () => {
  const page = makePage(held(), "b");
  const all = [await share("a", 3, "長".repeat(1300)), await share("a", 3, "It"), await share("a", 3, "It was")];
  await Promise.all(all.map((one) => page.whispers.take(one)));
  assert.equal(page.whispered().share.text, "It was");
});

test("what was written in a turn is gone with the turn, and nothing of an older turn comes back", async () => {
  const page = makePage(held(), "b");
  await page.whispers.take(await share("a", 3, "It was a long week."));
  await page.sees(held({ version: 2, turn: 4, stick: stick("offered", "b") }));
  assert.equal(page.whispered().share, null);
  await page.whispers.take(await share("a", 3, "It was a long week, too late."));
  assert.equal(page.whispered().share, null);
});

test("what is written before its turn's view has come waits for it, unseen", async () => {
  const page = makePage(held(), "b");
  await page.whispers.take(await share("b", 5, "I begin."));
  assert.equal(written(held(), page.whispered()), null);
  const mine = held({ version: 2, turn: 5, stick: stick("held", "b") });
  await page.sees(mine);
  assert.equal(written(mine, page.whispered())?.text, "I begin.");
});

test("nothing is shown of somebody who does not hold the stick", async () => {
  const page = makePage(held(), "b");
  await page.whispers.take(await share("f", 3, "Not mine to say."));
  assert.equal(written(held(), page.whispered()), null);
});

test("words that were sealed for another seat, turn or kind are not shown", async () => {
  const page = makePage(held({ leads: true }), "f");
  const [mine, note] = [await share("a", 3, "Mine"), await told("note", "a", "Please look at this.")];
  const forged = [
    { ...mine, by: "b" },
    { ...mine, turn: 4 },
    { ...note, by: "b" },
    { ...note, type: "line" },
    { ...note, text: "no seal at all" },
    { ...note, type: "a kind of tomorrow" },
    { ...note, type: "toString" },
  ];
  for (const one of forged) await page.whispers.take(one);
  assert.deepEqual(page.whispered(), firstScreen("", false).whispered);
});

test("what the server says again is not shown again", async () => {
  const page = makePage(held({ floor: "open" }));
  await page.sees(held({ floor: "open" }));
  const text = await sealOwn("With you.", "writing", "b");
  for (const at of [1000, 1001]) await page.whispers.take({ type: "writing", by: "b", at, text });
  assert.deepEqual(page.texts("writings"), ["With you."]);
});

test("lines to all are kept for their step, and only the last ones", async () => {
  const page = makePage(held(), "b");
  for (let number = 1; number <= 23; number += 1)
    await page.whispers.take(await told("writing", "a", `line ${number}`));
  assert.equal(page.texts("writings").length, 20);
  assert.deepEqual(page.texts("writings").slice(-2), ["line 22", "line 23"]);
  await page.sees(held({ version: 2, step_since: 900 }));
  assert.equal(page.texts("writings").length, 20);
  await page.sees(held({ version: 3, step: 2, step_since: 1001 }));
  assert.deepEqual(page.texts("writings"), []);
});

test("a line of the new step that comes before its view is not cleared by it", async () => {
  const page = makePage(held(), "b");
  await page.whispers.take(await told("writing", "a", "old", 1000));
  await page.whispers.take(await told("writing", "a", "new", 1002));
  await page.sees(held({ version: 2, step_since: 1001 }));
  assert.deepEqual(page.texts("writings"), ["new"]);
});

test("what facilitators write to one another just before a step is still there in it, and then goes", async () => {
  const page = makePage(held({ leads: true }), "f");
  await page.whispers.take(await told("line", "f", "earlier", 930));
  await page.whispers.take(await told("line", "f", "Shall we skip the break?", 1000));
  await page.sees(held({ version: 2, leads: true, step_since: 1001 }));
  assert.deepEqual(page.texts("lines"), ["Shall we skip the break?"]);
  await page.sees(held({ version: 3, leads: true, step_since: 1061 }));
  assert.deepEqual(page.texts("lines"), []);
});

test("notes stay until each is put away, over steps and turns", async () => {
  const page = makePage(held({ leads: true }), "f");
  await page.whispers.take(await told("note", "a", "I'd like someone."));
  await page.whispers.take(await told("note", "b", "Please look at this."));
  await page.sees(held({ version: 2, leads: true, turn: 9, step_since: 5000 }));
  assert.deepEqual(page.texts("notes"), ["I'd like someone.", "Please look at this."]);
  page.whispers.putAway(page.whispered().notes[0].id);
  assert.deepEqual(page.texts("notes"), ["Please look at this."]);
});

test("whoever no longer facilitates keeps neither notes nor lines", async () => {
  const page = makePage(held({ leads: true }), "b");
  await page.whispers.take(await told("note", "a", "I'd like someone."));
  await page.whispers.take(await told("line", "f", "Are you there?"));
  await page.sees(held({ version: 2, leads: false }));
  assert.deepEqual([page.texts("notes"), page.texts("lines")], [[], []]);
});

test("a reaction is there for five seconds, and of many at once the last ones", async () => {
  const page = makePage(held());
  for (let number = 0; number < 30; number += 1) await page.whispers.take(reaction(1000));
  assert.equal(page.whispered().reactions.length, 24);
  page.whispers.fade();
  assert.equal(page.whispered().reactions.length, 24);
  page.store.set({ clock: page.store.get().clock + 5000 });
  page.whispers.fade();
  assert.deepEqual(page.whispered().reactions, []);
});

test("reactions that nobody could see do not pile up, nor do those that come late", async () => {
  const page = makePage(held());
  page.hidden = true;
  await page.whispers.take(reaction(1000));
  page.hidden = false;
  await page.whispers.take(reaction(994));
  assert.deepEqual(page.whispered().reactions, []);
  await page.whispers.take(reaction(1000));
  assert.equal(page.whispered().reactions.length, 1);
});

test("whoever holds the stick writes: sealed for this seat and turn, drafts not faster than they can be read", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = makePage(held());
  page.shares("It");
  await until(() => page.sent.length === 1);
  page.shares("It was");
  page.shares("It was a long week.");
  await settled();
  assert.equal(page.sent.length, 1);
  t.mock.timers.tick(1200);
  await until(() => page.sent.length === 2);
  assert.deepEqual(await opened(page), ["It", "It was a long week."]);
  for (const [whisper, shown] of page.sent) assert.deepEqual([whisper.type, whisper.turn, shown], ["share", 3, false]);
});

test("nobody writes a share without the stick, nor after its turn", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = makePage(held(), "b");
  await page.shares("Not yet.");
  assert.deepEqual(page.sent, []);
  const holder = makePage(held());
  holder.shares("It");
  await until(() => holder.sent.length === 1);
  holder.shares("It was");
  holder.sees(held({ version: 2, turn: 4, stick: stick("resting") }));
  t.mock.timers.tick(1200);
  await settled();
  await settled();
  assert.equal(holder.sent.length, 1);
});

test("what was shared is out of one's own page with the turn; what is only being prepared stays", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = makePage(held({ turn: 2, stick: stick("offered", "a") }));
  page.store.set({ saying: { ...page.store.get().saying, share: "Prepared." } });
  page.sees(held({ version: 2 }));
  assert.equal(page.store.get().saying.share, "Prepared.");
  page.shares("Prepared.");
  await until(() => page.sent.length === 1);
  page.sees(held({ version: 3, turn: 4, stick: stick("resting") }));
  assert.equal(page.store.get().saying.share, "");
});

test("whoever comes or comes back during a written share is told it again, others cause nothing", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const away = held({ seats: [seat("f"), seat("a"), seat("b", { present: false })] });
  const page = makePage(away);
  page.shares("It was a long week.");
  await until(() => page.sent.length === 1);
  t.mock.timers.tick(1200);
  await settled();
  page.sees({ ...away, version: 2 });
  await settled();
  assert.equal(page.sent.length, 1);
  page.sees({ ...away, version: 3, seats: [seat("f"), seat("a"), seat("b")] });
  await until(() => page.sent.length === 2);
  assert.deepEqual(await opened(page), ["It was a long week.", "It was a long week."]);
});

test("a share that could not be sent is tried again: when too much came at once, and with the next view", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const page = makePage(held());
  page.answers = ["busy", "not_now"];
  page.shares("It was a long week.");
  await until(() => page.sent.length === 1);
  t.mock.timers.tick(1200);
  await until(() => page.sent.length === 2);
  await settled();
  t.mock.timers.tick(1200);
  await settled();
  assert.equal(page.sent.length, 2);
  page.sees(held({ version: 2 }));
  await until(() => page.sent.length === 3);
});

test("a line or a note goes out sealed as drafted, and the draft is empty", async () => {
  const page = makePage(held(), "b");
  page.store.set({ saying: { ...page.store.get().saying, note: " I'd like someone. " } });
  await page.whispers.say("note");
  assert.deepEqual(await opened(page), ["I'd like someone."]);
  assert.deepEqual(page.sent[0][1], true);
  assert.equal(page.store.get().saying.note, "");
  await page.whispers.say("note");
  assert.equal(page.sent.length, 1);
});

test("what was refused is in its field again, unless something else stands there by now", async () => {
  const page = makePage(held(), "b");
  page.answers = ["not_now", "not_now"];
  page.store.set({ saying: { ...page.store.get().saying, writing: "Thank you for that." } });
  await page.whispers.say("writing");
  assert.equal(page.store.get().saying.writing, "Thank you for that.");
  const saying = page.whispers.say("writing");
  page.store.set({ saying: { ...page.store.get().saying, writing: "Something else" } });
  await saying;
  assert.equal(page.store.get().saying.writing, "Something else");
});

test("one's own words are shown when they come back from the circle, not before", async () => {
  const page = makePage(held(), "b");
  page.store.set({ saying: { ...page.store.get().saying, writing: "Thank you." } });
  await page.whispers.say("writing");
  assert.deepEqual(page.texts("writings"), []);
  await page.whispers.take({ ...page.sent[0][0], by: "b", at: 1000 });
  assert.deepEqual(page.texts("writings"), ["Thank you."]);
});

test("a reaction is sent with no words at all", async () => {
  const page = makePage(held(), "b");
  await page.whispers.react("with_you");
  assert.deepEqual(page.sent, [[{ type: "reaction", reaction: "with_you" }, true]]);
});

test("outside of the circle nothing is kept of what was whispered or drafted in it", async () => {
  const first = firstScreen("Wren", false);
  for (const leave of [(page) => page.sees(door(9)), (page) => page.whispers.forget()]) {
    const page = makePage(held({ leads: true }), "f");
    await page.whispers.take(await told("note", "a", "I'd like someone."));
    await page.whispers.take(await share("a", 3, "It was a long week."));
    await page.whispers.take(reaction(1000));
    page.store.set({ saying: { share: "x", writing: "x", line: "x", note: "x" } });
    await leave(page);
    assert.deepEqual([page.whispered(), page.store.get().saying], [first.whispered, first.saying]);
  }
});

/** Let promises, and the browser's ciphers, come to this. @param {() => boolean} holds */
async function until(holds) {
  for (let tries = 0; !holds(); tries += 1) {
    assert.ok(tries < 10_000);
    await settled();
  }
}

test("without keys nothing is said: what was written is there again, and it says so", async () => {
  const page = makePage(held({ leads: true }));
  page.keyless = true;
  page.store.set({ saying: { ...page.store.get().saying, line: "Shall we go on?" } });
  await page.whispers.say("line");
  assert.deepEqual([page.sent, page.refused, page.store.get().saying.line], [[], ["no_keys"], "Shall we go on?"]);
});

test("what the holder writes without keys goes out with the next ones, and again with others", async () => {
  const page = makePage(held());
  page.keyless = true;
  await page.shares("It was");
  assert.deepEqual(page.sent, []);
  page.keyless = false;
  page.whispers.renew();
  await settled();
  assert.deepEqual(await opened(page), ["It was"]);
});

test("a beat is no whisper of anybody's words", async () => {
  const page = makePage(held());
  const before = page.whispered();
  await page.whispers.take(/** @type {any} */ ({ type: "beat", by: "f", at: 1000, beat: "signed" }));
  assert.equal(page.whispered(), before);
});

test("a draft without words shares nothing, and what was shared is taken away by a press", async () => {
  const page = makePage(held());
  await page.shares(" ");
  assert.deepEqual(page.sent, []);
  page.whispers.share("");
  await settled();
  assert.deepEqual(await opened(page), [""]);
});
