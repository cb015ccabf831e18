// What a press does: only what was pressed, and nothing before the server has said so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeActs } from "../../static/js/acts.js";
import { emptyCard } from "../../static/js/card.js";
import { stepFor } from "../../static/js/holding.js";
import { firstScreen } from "../../static/js/screen.js";
import { makeStore } from "../../static/js/store.js";
import { terms, view } from "./builders.mjs";

/** @param {Partial<import("../../static/js/screen.js").Screen>} screen */
function pressing(screen) {
  const store = makeStore(
    { ...firstScreen("Wren", true), ...screen },
    () => {},
    () => {},
  );
  /** @type {any[]} */
  const done = [];
  const note =
    (/** @type {string} */ name) =>
    async (/** @type {any[]} */ ...given) => {
      done.push([name, ...given]);
      return true;
    };
  /** @type {any} */
  const parts = {
    store,
    seat: { take: note("take"), command: note("command"), again: note("again") },
    local: { stopAll: note("stopAll"), set: note("set"), switchDevice: note("switch"), choose: note("choose") },
    media: { play: note("play") },
    whispers: { share: note("share"), react: note("react"), say: note("say"), putAway: note("putAway") },
    words: {
      seal: async (/** @type {string} */ text, /** @type {string[]} */ ...about) => `${about.join(" ")}(${text})`,
    },
    copy: note("copy"),
    access: {
      fresh: async () => ({ type: "set_link", link: 2 }),
      hand: async (/** @type {string} */ seat) => `sealed for ${seat}`,
      take: async (/** @type {string} */ handed) =>
        handed === "sealed for a" ? { members: "m", facilitators: "f" } : null,
    },
    keep: note("keep"),
    openAgain: () => Promise.reject(new Error("busy")),
  };
  return { act: makeActs(parts), store, done };
}

test("a knock takes name and note only in sealed form", async () => {
  const { act, done } = pressing({ name: "Bo", note: "I am new" });
  await act.knock();
  assert.deepEqual(done, [
    ["take", { type: "knock", role: "member", first_time: false, name: "name(Bo)", note: "note(I am new)" }],
  ]);
});

test("whoever only wants to listen gives up every device before the knock", async () => {
  const { act, done } = pressing({ name: "Bo", listenOnly: true });
  await act.knock();
  assert.deepEqual(done, [
    ["stopAll"],
    ["take", { type: "knock", role: "observer", first_time: false, name: "name(Bo)", note: null }],
  ]);
});

test("a facilitator enters by a sealed name", async () => {
  const { act, done } = pressing({ name: "Ana" });
  await act.enter();
  assert.deepEqual(done, [["take", { type: "enter", name: "name(Ana)" }]]);
});

test("a press changes nothing on the screen by itself", async () => {
  const { act, store, done } = pressing({});
  const before = store.get();
  await act.command({ type: "pass", turn: 7 });
  await act.leave();
  await act.withdraw();
  assert.equal(store.get(), before);
  assert.deepEqual(done, [
    ["command", { type: "pass", turn: 7 }],
    ["command", { type: "leave" }],
    ["command", { type: "withdraw" }],
  ]);
});

test("a link is said to be copied only once it is, and not for ever", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { act, store, done } = pressing({ links: { members: "m", facilitators: "f" } });
  await act.copy("facilitators");
  assert.deepEqual(done, [["copy", "f"]]);
  assert.equal(store.get().copied, "facilitators");
  t.mock.timers.tick(10_000);
  assert.equal(store.get().copied, null);
});

test("a link that the browser will not copy is not said to be copied, and how else is", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { store } = pressing({ links: { members: "m", facilitators: "f" } });
  const refusing = makeActs(
    /** @type {any} */ ({
      store,
      seat: {},
      local: {},
      media: {},
      words: {},
      whispers: {},
      copy: () => Promise.reject(new Error("no")),
    }),
  );
  await refusing.copy("members");
  assert.equal(store.get().copied, "nothing");
});

const circle = { view: /** @type {any} */ (view()), me: "a" };
const card = { ...emptyCard(), wish: /** @type {const} */ ("need"), answers: /** @type {const} */ ("ideas") };

test("a format that was chosen at the doorway goes along once one sits, and only once", async () => {
  const { act, store, done } = pressing({ ...circle, fresh: true, kind: "sixty" });
  await act.seated();
  await act.seated();
  assert.deepEqual(done, [["command", { type: "set_agenda", agenda: "sixty" }]]);
  assert.equal(store.get().fresh, false);
});

test("a free circle, or one that others have opened, is given no agenda", async () => {
  for (const screen of [
    { fresh: true, kind: "free" },
    { fresh: false, kind: "sixty" },
    { fresh: true, kind: null },
  ]) {
    const { act, done } = pressing({ ...circle, .../** @type {any} */ (screen) });
    await act.seated();
    assert.deepEqual(done, []);
  }
});

test("the titles of one's own parts go sealed", async () => {
  const steps = [stepFor("sharing"), { ...stepFor("own"), title: "Songs" }];
  const { act, done } = pressing({ ...circle, kind: "own", steps });
  await act.chooseAgenda();
  assert.deepEqual(done, [
    ["command", { type: "set_agenda", agenda: [steps[0], { ...steps[1], title: "title(Songs)" }] }],
  ]);
});

test("a card from the doorway is sent once one sits: wish and minutes as they are, words only sealed", async () => {
  const { act, store, done } = pressing({ ...circle, card: { ...card, mood: "shy" }, intention: "to stay" });
  await act.seated();
  const sealed = 'check_in a(["shy","",""])';
  const sent = { wish: "need", minutes: "usual", answers: "ideas", open: false, words: sealed };
  assert.deepEqual(done, [["command", { type: "check_in", card: sent }]]);
  assert.equal(store.get().checkedIn, true);
  assert.doesNotMatch(JSON.stringify(done), /stay/);
});

test("a card that nobody wrote is not sent, and who only listens sends none", async () => {
  for (const screen of [{}, { me: "o", card }]) {
    const { act, done } = pressing({ ...circle, ...screen });
    await act.seated();
    assert.deepEqual(done, []);
  }
});

test("a check-in is taken back whole", async () => {
  const { act, store, done } = pressing({ ...circle, card, checkedIn: true });
  await act.checkIn(false);
  assert.deepEqual(done, [["command", { type: "check_in", card: null }]]);
  assert.deepEqual([store.get().card, store.get().checkedIn], [null, false]);
});

test("a question to all goes sealed, and its draft is empty again", async () => {
  const { act, store, done } = pressing({ ...circle, question: " What helped? " });
  await act.ask();
  assert.deepEqual(done, [["command", { type: "set_prompt", prompt: "prompt(What helped?)" }]]);
  assert.equal(store.get().question, "");
});

test("words over the doorstep are sealed for that knock, and a draft without words asks nothing", async () => {
  const { act, done, store } = pressing({ asking: { seat: "k", text: "Who?" }, answer: "Me", me: "k" });
  await act.askKnock();
  await act.answerKnock();
  assert.deepEqual(done, [
    ["command", { type: "ask_knock", seat: "k", words: "note question k(Who?)" }],
    ["command", { type: "answer_knock", words: "note answer k(Me)" }],
  ]);
  assert.deepEqual([store.get().asking, store.get().answer], [null, ""]);
  await act.askKnock();
  await act.answerKnock();
  assert.equal(done.length, 2);
});

test("drafted terms go as one whole, the group's own words sealed, an emptied text as none", async () => {
  const seen = /** @type {any} */ (view({ terms: terms({ next_date: "sealed Monday" }) }));
  const { act, done, store } = pressing({ view: seen });
  await act.settle();
  assert.deepEqual(done, []);
  act.draft({ observers: "ask" }, { agreements: "One\nTwo" });
  act.draft({ capacity: 6 }, { next: " " });
  await act.settle();
  const whole = terms({ observers: "ask", capacity: 6, agreements: "agreements(One\nTwo)", next_date: null });
  assert.deepEqual(done, [["command", { type: "set_terms", terms: whole }]]);
  assert.equal(store.get().settling, null);
});

test("whoever steps back to listening gives up every device first", async () => {
  const { act, done } = pressing({});
  await act.stepBack();
  assert.deepEqual(done, [
    ["switch", "microphone", false],
    ["switch", "camera", false],
    ["command", { type: "step_back" }],
  ]);
});

test("what to say in one's own parts goes behind the list, sealed, each to its part", async () => {
  const steps = [
    { ...stepFor("welcome"), script: " " },
    { ...stepFor("own"), title: "Songs", script: "We sing." },
  ];
  const { act, done } = pressing({ ...circle, kind: "own", steps });
  await act.chooseAgenda();
  assert.ok(!JSON.stringify(done[0]).includes("We sing."));
  assert.deepEqual(done.slice(1), [["command", { type: "set_script", step: 1, script: "script(We sing.)" }]]);
});

test("a check-in without a change is one too", async () => {
  const { act, store, done } = pressing({ ...circle });
  await act.checkIn(true);
  const sent = { wish: "unsure", minutes: "usual", answers: null, open: false, words: null };
  assert.deepEqual(done, [["command", { type: "check_in", card: sent }]]);
  assert.equal(store.get().checkedIn, true);
});

test("after a reload one's own closed card is there again, and is not sent once more", async () => {
  const seats = view().seats.map((one) => (one.id === "a" ? { ...one, card: { wish: "need", words: "sealed" } } : one));
  const cards = { a: { mood: "tired", weather: "rain", number: "" } };
  const { act, store, done } = pressing({ view: /** @type {any} */ (view({ seats })), me: "a", cards });
  await act.seated();
  assert.deepEqual(done, []);
  const { words: _, ...said } = /** @type {any} */ (store.get().card);
  assert.deepEqual([said, store.get().checkedIn], [{ ...emptyCard(), wish: "need", ...cards.a }, true]);
});

test("in the time together afterwards no card is sent", async () => {
  const after = view({ agenda: [{ ...stepFor("after"), title: null }], step: 0 });
  const { act, done } = pressing({ view: /** @type {any} */ (after), me: "a", card });
  await act.seated();
  assert.deepEqual(done, []);
});

test("an intention is kept through a reload and sent to nobody", () => {
  const { act, store, done } = pressing({});
  act.intend("to stay");
  assert.equal(store.get().intention, "to stay");
  assert.deepEqual(done, [["keep", { intention: "to stay" }]]);
});

test("who is named for the next time is handed the link, sealed for that seat; nobody is handed none", async () => {
  const { act, done } = pressing({ ...circle });
  await act.nameNext("b");
  await act.nameNext(null);
  assert.deepEqual(done, [
    ["command", { type: "name_next", seat: "b", handed: "sealed for b" }],
    ["command", { type: "name_next", seat: null, handed: null }],
  ]);
});

test("the link that was handed on is there after a press of one's own, or it is said that it cannot be opened", async () => {
  for (const [handed, links, answer] of /** @type {const} */ ([
    ["sealed for a", { members: "m", facilitators: "f" }, "taken"],
    ["forged", null, "lost"],
  ])) {
    const lead = { handed, answer: null };
    const { act, store } = pressing({ me: "a", parting: { card: null, next: null, region: null, lead } });
    assert.equal(store.get().links, null);
    await act.takeLink();
    assert.deepEqual([store.get().links, store.get().parting?.lead?.answer], [links, answer]);
  }
});

test("whoever must not come back is removed, and then the link becomes another one", async () => {
  const { act, done } = pressing({ ...circle });
  await act.removeForGood("b");
  assert.deepEqual(done, [
    ["command", { type: "remove", seat: "b" }],
    ["command", { type: "set_link", link: 2 }],
  ]);
});

test("where a circle cannot be opened again just now, it says so", async () => {
  const { act, store } = pressing({});
  await act.openAgain();
  assert.equal(store.get().refused, "busy");
});
