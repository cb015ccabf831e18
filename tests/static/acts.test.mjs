// What a press does: only what was pressed, and nothing before the server has said so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeActs } from "../../static/js/acts.js";
import { emptyCard } from "../../static/js/card.js";
import { stepFor } from "../../static/js/holding.js";
import { firstScreen } from "../../static/js/screen.js";
import { makeStore } from "../../static/js/store.js";
import { keyState, keysFor, knock, terms, view } from "./builders.mjs";

/** @param {Partial<import("../../static/js/screen.js").Screen>} screen @param {object} [keyed] what the keys do otherwise */
function pressing(screen, keyed) {
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
    seat: {
      take: note("take"),
      command: note("command"),
      send: note("send"),
      refuse: note("refuse"),
      again: note("again"),
    },
    local: { stopAll: note("stopAll"), set: note("set"), switchDevice: note("switch"), choose: note("choose") },
    media: { play: note("play") },
    whispers: { share: note("share"), react: note("react"), say: note("say"), putAway: note("putAway") },
    keys: keysFor({
      knock: async (/** @type {any} */ { name, note: said }) => ({
        name: `doorstep(${name})`,
        note: said && `doorstep(${said})`,
        boxes: { f: "box" },
      }),
      enter: async (/** @type {string} */ name) => ({ keys: `keys of ${name}` }),
      answer: async (/** @type {string} */ text) => `answer(${text})`,
      ask: async (/** @type {any} */ { seat }, /** @type {string} */ text) => `question to ${seat}(${text})`,
      letIn: async (/** @type {any} */ { name }) => (name.startsWith("sealed ") ? `name(${name.slice(7)})` : null),
      vouch: async (/** @type {string} */ seat) => seat === "b",
      handLead: async (/** @type {string} */ seat) => (seat === "gone" ? null : `box for ${seat}`),
      openLead: async (/** @type {string} */ box) => (box === "box for a" ? "a link" : null),
      freshLink: async () => ({
        counter: 2,
        join: "proof",
        sealDoor: async (/** @type {string} */ text, /** @type {string} */ kind) => `anew ${kind}(${text})`,
      }),
      ...keyed,
    }),
    copy: note("copy"),
    access: {
      lead: note("lead"),
      addresses: (/** @type {string} */ link) => ({ members: `m of ${link}`, facilitators: `f of ${link}` }),
    },
    keep: note("keep"),
    kept: () => ({ said: { mood: "tired", weather: "rain", number: "" } }),
    handed: async () => parts.opened ?? null,
    openAgain: () => Promise.reject(new Error("busy")),
  };
  return { act: makeActs(parts), store, done, parts };
}

/** What was sent, without what only this tab keeps. @param {any[]} done */
const sent = (done) => done.filter(([what]) => what !== "keep");
const none = async () => null;

test("a knock takes name and note only in sealed form, for those who keep the door", async () => {
  const { act, done } = pressing({ name: "Bo", note: "I am new" });
  await act.knock();
  const words = { name: "doorstep(Bo)", note: "doorstep(I am new)", boxes: { f: "box" } };
  assert.deepEqual(sent(done), [["take", { type: "knock", role: "member", first_time: false, ...words }]]);
});

test("whoever only wants to listen gives up every device before the knock", async () => {
  const { act, done } = pressing({ name: "Bo", listenOnly: true });
  await act.knock();
  const words = { name: "doorstep(Bo)", note: null, boxes: { f: "box" } };
  assert.deepEqual(sent(done), [
    ["stopAll"],
    ["take", { type: "knock", role: "observer", first_time: false, ...words }],
  ]);
});

test("a knock that nobody is there to hear goes nowhere, and waits", async () => {
  const { act, store, done } = pressing({ name: "Bo" }, { knock: none });
  await act.knock();
  assert.deepEqual([sent(done), store.get().awaits], [[], true]);
});

test("where somebody has come while a knock was being sealed it is sealed again, for them", async () => {
  const answers = [null, { name: "doorstep(Bo)", note: null, boxes: { f: "box" } }];
  /** @type {any} */
  let store = null;
  const knocking = async () => {
    if (answers.length > 1) store.set({ view: view({ version: 2 }) });
    return answers.shift();
  };
  const page = pressing({ name: "Bo" }, { knock: knocking });
  store = page.store;
  await page.act.knock();
  assert.deepEqual([sent(page.done).length, store.get().awaits], [1, false]);
});

test("a facilitator enters by keys of their own; the name stays inside", async () => {
  const { act, done } = pressing({ name: "Ana" });
  await act.enter();
  assert.deepEqual(sent(done), [["take", { type: "enter", keys: "keys of Ana" }]]);
});

test("one's own name is kept through a reload", async () => {
  for (const press of /** @type {const} */ (["knock", "enter"])) {
    const { act, done } = pressing({ name: "Ana" });
    await act[press]();
    assert.deepEqual(done[0], ["keep", { name: "Ana" }]);
  }
});

test("who is let in is named to those inside, and whoever cannot be read is let in by nobody", async () => {
  const knocks = [knock("k", { name: "sealed Kim" }), knock("x", { name: "forged" })];
  const { act, done } = pressing({ view: /** @type {any} */ (view({ knocks })) });
  await act.letIn("k");
  await act.letIn("x");
  await act.letIn("nobody");
  assert.deepEqual(done, [
    ["command", { type: "admit", seat: "k", name: "name(Kim)" }],
    ["refuse", "no_keys"],
  ]);
});

test("vouching for somebody who has gone meanwhile says so", async () => {
  const { act, done } = pressing({});
  await act.vouch("b");
  await act.vouch("x");
  assert.deepEqual(done, [["refuse", "no_such_seat"]]);
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
      keys: {},
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
  const given = { wish: "need", minutes: "usual", answers: "ideas", open: false, words: sealed };
  assert.deepEqual(sent(done), [["command", { type: "check_in", card: given }]]);
  assert.equal(store.get().checkedIn, true);
  assert.doesNotMatch(JSON.stringify(sent(done)), /stay/);
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
  assert.deepEqual(sent(done), [["command", { type: "check_in", card: null }]]);
  assert.deepEqual([store.get().card, store.get().checkedIn], [null, false]);
});

test("a question to all goes sealed, and its draft is empty again", async () => {
  const { act, store, done } = pressing({ ...circle, question: " What helped? " });
  await act.ask();
  assert.deepEqual(done, [["command", { type: "set_prompt", prompt: "prompt(What helped?)" }]]);
  assert.equal(store.get().question, "");
});

test("words over the doorstep are sealed for that knock, and a draft without words asks nothing", async () => {
  const knocks = [knock("k")];
  const { act, done, store } = pressing({
    view: /** @type {any} */ (view({ knocks })),
    asking: { seat: "k", text: "Who?" },
    answer: "Me",
    me: "k",
  });
  await act.askKnock();
  await act.answerKnock();
  assert.deepEqual(done, [
    ["command", { type: "ask_knock", seat: "k", words: "question to k(Who?)" }],
    ["command", { type: "answer_knock", words: "answer(Me)" }],
  ]);
  assert.deepEqual([store.get().asking, store.get().answer], [null, ""]);
  await act.askKnock();
  await act.answerKnock();
  assert.equal(done.length, 2);
});

test("without keys no word goes out: what was written stays, and it says so", async () => {
  const { act, done, store } = pressing(
    { ...circle, question: "What helped?", card: { ...card, mood: "shy" }, answer: "Me" },
    { sealRoom: none, sealOwn: none, answer: none },
  );
  await act.ask();
  await act.checkIn(true);
  await act.answerKnock();
  assert.deepEqual(done, [
    ["refuse", "no_keys"],
    ["refuse", "no_keys"],
    ["refuse", "no_keys"],
  ]);
  assert.deepEqual([store.get().question, store.get().checkedIn, store.get().answer], ["What helped?", false, "Me"]);
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
  const given = { wish: "unsure", minutes: "usual", answers: null, open: false, words: null };
  assert.deepEqual(sent(done), [["command", { type: "check_in", card: given }]]);
  assert.equal(store.get().checkedIn, true);
});

test("after a reload one's own closed card is there again, with the words that this tab kept, and is not sent once more", async () => {
  const seats = view().seats.map((one) => (one.id === "a" ? { ...one, card: { wish: "need", words: "sealed" } } : one));
  const { act, store, done } = pressing({ view: /** @type {any} */ (view({ seats })), me: "a" });
  await act.seated();
  assert.deepEqual(done, []);
  const { words: _, ...said } = /** @type {any} */ (store.get().card);
  const kept = { mood: "tired", weather: "rain", number: "" };
  assert.deepEqual([said, store.get().checkedIn], [{ ...emptyCard(), wish: "need", ...kept }, true]);
});

test("for who has come in, one's check-in is sealed again as it was sent, and not as it is being changed; no refusal is shown", async () => {
  const { act, store, done } = pressing({ ...circle, card: { ...card, mood: "shy" } });
  await act.writeAgain();
  assert.deepEqual(done, []);
  await act.checkIn(true);
  store.set({ card: { ...card, mood: "shy and", wish: "listen" } });
  done.length = 0;
  await act.writeAgain();
  const words = 'check_in a(["shy","",""])';
  const given = { wish: "need", minutes: "usual", answers: "ideas", open: false, words };
  assert.deepEqual(done, [["send", "command", { type: "check_in", card: given }]]);
  await act.checkIn(false);
  done.length = 0;
  await act.writeAgain();
  assert.deepEqual(done, []);
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

test("who is named for the next time is handed the link in a box for that seat; nobody is handed none", async () => {
  const { act, done } = pressing({ ...circle });
  await act.nameNext("b");
  await act.nameNext(null);
  assert.deepEqual(done, [
    ["command", { type: "name_next", seat: "b", handed: "box for b" }],
    ["command", { type: "name_next", seat: null, handed: null }],
  ]);
});

test("whoever is named has the link in a box anew once they have other keys, and only then", async () => {
  const roster = (/** @type {number} */ index) => keyState({ roster: [{ seat: "b", index }] });
  const { act, store, done } = pressing({ ...circle, keys: roster(1) });
  await act.nameNext("b");
  store.set({ view: /** @type {any} */ (view({ next_facilitator: "b" })) });
  await act.handAgain();
  assert.equal(done.length, 1);
  store.set({ keys: roster(2) });
  await act.handAgain();
  await act.handAgain();
  assert.equal(done.length, 2);
  store.set({ keys: roster(3), view: /** @type {any} */ (view({ next_facilitator: null })) });
  await act.handAgain();
  assert.equal(done.length, 2);
});

test("who is asked to facilitate too is offered it with the link, and where there is no box for them it says so", async () => {
  const { act, done } = pressing({ ...circle });
  await act.offerLead("b");
  await act.offerLead(null);
  await act.offerLead("gone");
  assert.deepEqual(done, [
    ["command", { type: "offer_lead", seat: "b", box: "box for b" }],
    ["command", { type: "offer_lead", seat: null, box: null }],
    ["refuse", "no_keys"],
  ]);
});

test("whoever accepts to facilitate takes the link first, and does not accept what cannot be opened", async () => {
  for (const [box, expected] of [
    [
      "box for a",
      [
        ["lead", "a link"],
        ["command", { type: "accept_lead" }],
      ],
    ],
    ["forged", [["refuse", "no_lead"]]],
  ]) {
    const { act, done } = pressing({ view: /** @type {any} */ (view({ lead_to: "a", lead_box: box })), me: "a" });
    await act.acceptLead();
    assert.deepEqual(done, expected);
  }
});

test("the link that was handed on is there after a press of one's own, or it is said that it cannot be opened", async () => {
  for (const [link, links, answer] of /** @type {const} */ ([
    ["a link", { members: "m of a link", facilitators: "f of a link" }, "taken"],
    [null, null, "lost"],
  ])) {
    const lead = { handed: true, answer: null };
    const { act, store, parts } = pressing({ me: "a", parting: { card: null, next: null, region: null, lead } });
    parts.opened = link;
    assert.equal(store.get().links, null);
    await act.takeLink();
    assert.deepEqual([store.get().links, store.get().parting?.lead?.answer], [links, answer]);
  }
});

test("whoever must not come back is removed, and then the link becomes another one, with what stands at the door sealed anew", async () => {
  const own = { agreements: "One", limits: null, next: "Monday" };
  const { act, done } = pressing({ ...circle, terms: own });
  await act.removeForGood("b");
  const anew = { agreements: "anew agreements(One)", limits_words: null, next_date: "anew title(Monday)" };
  assert.deepEqual(done, [
    ["command", { type: "remove", seat: "b" }],
    ["command", { type: "set_link", link: 2, join: "proof", ...anew }],
  ]);
});

test("who has no seed makes no link", async () => {
  const { act, done } = pressing({ ...circle }, { freshLink: none });
  await act.freshLink();
  assert.deepEqual(done, [["refuse", "no_keys"]]);
});

test("where a circle cannot be opened again just now, it says so", async () => {
  const { act, store } = pressing({});
  await act.openAgain();
  assert.equal(store.get().refused, "busy");
});
