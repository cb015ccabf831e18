// What is said aloud: politely where the stick is and who comes, goes and knocks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMATS } from "../../static/js/protocol.js";
import { firstScreen } from "../../static/js/screen.js";
import { cues, knocking, nearTheEnd, news, passing, quiet } from "../../static/js/views/live.js";
import { words } from "../../static/js/words.js";
import { door, keyState, knock, seat, stick, view } from "./builders.mjs";

const names = { f: "Fay", a: "Ada", b: "Bo", o: "Ola", k: "Kim", n: "Noor" };

/** Somebody's screen with a view on it. @param {object | null} seen @param {string} [me] */
const screen = (seen, me = "a") =>
  /** @type {any} */ ({ ...firstScreen("x", false), at: "circle", view: seen, me, names });

/** What is said when the first view becomes the second. @param {object} before @param {object} after @param {string} [me] */
const said = (before, after, me) => news(screen(view(before), me), screen(view({ version: 2, turn: 2, ...after }), me));

const held = (/** @type {string} */ by) => ({ stick: stick("held", by) });
const offered = (/** @type {string} */ to) => ({ stick: stick("offered", to) });

test("a new holder is named to all, and told so themselves", () => {
  assert.deepEqual(said(offered("b"), held("b")), ["Bo holds the stick"]);
  assert.deepEqual(said(offered("b"), held("b"), "b"), ["You hold the stick"]);
});

test("an offer is said politely to the others; who is offered it hears it at once from the other region", () => {
  assert.deepEqual(said(held("b"), offered("f")), ["The stick is offered to Fay"]);
  assert.deepEqual(said(held("b"), offered("a")), []);
});

test("a stick that is laid down is held by nobody", () => {
  assert.deepEqual(said(held("b"), { stick: stick("resting") }), ["Nobody holds the stick"]);
});

/** Somebody's screen on which these have come or gone. @param {any[]} passages @param {object} [change] @returns {any} */
const passed = (passages, change) => ({ ...screen(view()), keys: keyState({ passages }), ...change });
const noor = { what: "came", seat: "n", name: "Noor", at: 1 };

test("who comes and who goes is named, as the keys name them, once", () => {
  const [gone, quiet] = [
    { what: "went", seat: "b", name: "Bo", at: 2 },
    { what: "came", seat: "o", name: "Ola", at: 3 },
  ];
  assert.deepEqual(passing(passed([noor]), passed([noor, gone])), ["Bo has left"]);
  assert.deepEqual(passing(passed([]), passed([noor, quiet])), ["Noor has joined", "Ola is here to listen"]);
  assert.deepEqual(passing(passed([noor]), passed([noor])), []);
});

test("whoever comes back with other keys is said to, at whatever seat", () => {
  const back = { what: "back", seat: "b", name: "Bo", at: 2 };
  assert.deepEqual(passing(passed([noor]), passed([noor, back])), ["Bo has come back"]);
  assert.deepEqual(passing(passed([]), passed([{ ...back, name: null }])), ["Someone has come back"]);
});

test("whoever comes back in the middle of their turn still has the stick, and that is said last", () => {
  const back = { what: "back", seat: "b", name: "Bo", at: 2 };
  const holds = screen(view(held("b")));
  const after = { ...holds, keys: keyState({ passages: [back] }) };
  assert.deepEqual(passing({ ...holds, keys: keyState({ passages: [] }) }, after), [
    "Bo has come back",
    "Bo holds the stick",
  ]);
});

test("somebody whom nobody can name is not passed over in silence", () => {
  assert.deepEqual(passing(passed([]), passed([{ ...noor, name: null }])), ["Someone has joined"]);
});

test("a seat that the server shows is no coming yet: who has no keys is not in", () => {
  assert.deepEqual(said({}, { turn: 1, stick: stick("resting"), seats: [...view().seats, seat("n")] }), []);
});

test("nobody is told of their own coming, nor who came before them", () => {
  assert.deepEqual(passing(passed([]), passed([{ ...noor, seat: "a", name: "Ada" }])), []);
  assert.deepEqual(passing(passed([], { at: "waiting" }), passed([noor])), []);
});

/** Who is said to knock when the first knocks become the second. @param {any[]} before @param {any[]} after @param {object} [change] */
const knocks = (before, after, change) =>
  knocking(screen(view({ knocks: before })), { ...screen(view({ version: 2, knocks: after })), ...change });

test("a knock is said once to whoever may open the door", () => {
  assert.deepEqual(knocks([], [knock("k")]), ["Kim knocks"]);
  assert.deepEqual(knocks([knock("k")], [knock("k")]), []);
  assert.deepEqual(knocks([knock("k")], [knock("k"), knock("n")]), ["Noor knocks"]);
});

test("a knock that cannot be read is said too, and once more when it can", () => {
  assert.deepEqual(knocks([], [knock("x")]), ["Someone knocks"]);
  assert.deepEqual(knocks([knock("x")], [knock("x")]), []);
  assert.deepEqual(knocks([knock("x")], [knock("x")], { names: { ...names, x: "Xi" } }), ["Xi knocks"]);
});

test("of much that comes together the stick is said last", () => {
  assert.deepEqual(said({}, { ...held("b"), floor: "open" }), ["Open: everybody may speak", "Bo holds the stick"]);
});

test("who comes into a running circle hears where the stick is, and not a list of everybody", () => {
  const coming = { ...screen(door(1, "waiting")), at: /** @type {const} */ ("waiting") };
  assert.deepEqual(news(coming, screen(view({ version: 2, ...held("b") }))), [
    "You are in the circle",
    "Bo holds the stick",
  ]);
  assert.deepEqual(news(null, screen(view(held("b")))), ["You are in the circle", "Bo holds the stick"]);
});

test("another floor is said, since it changes who is heard", () => {
  assert.deepEqual(said({}, { turn: 1, floor: "open" }), ["Open: everybody may speak"]);
});

test("the same view drawn again, another device or a hand says nothing", () => {
  const same = screen(view(held("b")));
  assert.deepEqual(news(same, same), []);
  const hands = view().seats.map((one) => ({ ...one, hand: 1, microphone: true }));
  assert.deepEqual(said({}, { turn: 1, seats: hands }), []);
});

test("at the door nothing is said", () => {
  assert.deepEqual(news(null, screen(door(1))), []);
  assert.deepEqual(news(screen(view()), screen(null)), []);
});

const agenda = FORMATS.quick.map((step) => ({ title: null, ...step }));

test("a new part is said, by its own title if it has one, and an old one is not said again", () => {
  const part = (/** @type {number} */ step) => ({ turn: 1, stick: stick("resting"), agenda, step, step_since: step });
  assert.deepEqual(said(part(0), part(1)), ["Now: Check-in"]);
  assert.deepEqual(said(part(1), part(1)), []);
  const titled = { ...screen(view({ ...part(1), version: 2 })), titles: [null, "Songs"] };
  assert.deepEqual(news(screen(view(part(0))), titled), ["Now: Songs"]);
});

test("a question to all is said once", () => {
  const asked = { ...screen(view({ version: 2, prompt: "sealed" })), prompt: "What helped?" };
  assert.deepEqual(news(screen(view()), asked), ["The question: What helped?"]);
  assert.deepEqual(news(asked, { ...asked, view: view({ version: 3, prompt: "sealed" }) }), []);
});

test("who asks for more time is named to who may give it, and to nobody else", () => {
  const asks = { turn: 1, stick: { ...stick("held", "b"), asks: true } };
  const holds = { turn: 1, ...held("b") };
  assert.deepEqual(said({ ...holds, leads: true }, { ...asks, leads: true }, "f"), ["Bo asks for more time"]);
  assert.deepEqual(said(holds, asks, "b"), []);
  assert.deepEqual(said(holds, asks, "a"), []);
  assert.deepEqual(said({ ...asks, leads: true }, { ...asks, leads: true }, "f"), []);
});

test("the clock says to the holder that a minute is left, and that the time is over, each once", () => {
  const turn = screen(view({ stick: { ...stick("held", "a"), allotted: 120 } }));
  const { minute, over } = words.time.cues;
  assert.deepEqual(cues(turn, turn, 58, 59), []);
  assert.deepEqual(cues(turn, turn, 59, 60), [minute]);
  assert.deepEqual(cues(turn, turn, 60, 61), []);
  assert.deepEqual(cues(turn, turn, 119, 120), [over]);
  assert.deepEqual(cues({ ...turn, me: "b" }, { ...turn, me: "b" }, 119, 120), []);
});

test("a new turn has its own cues, also if the one before was over too", () => {
  const turn = (/** @type {number} */ number) =>
    screen(view({ turn: number, stick: { ...stick("held", "a"), allotted: 120 } }));
  assert.deepEqual(cues(turn(1), turn(2), 300, 301), [words.time.cues.over]);
  assert.deepEqual(cues(null, turn(2), 0, 1), []);
});

/** A screen on which something was said without a voice. @param {object} whispered @param {string} [me] @param {object} [seen] */
const told = (whispered, me, seen) => {
  const one = screen(view(seen ?? held("b")), me);
  return { ...one, whispered: { ...one.whispered, ...whispered } };
};
const share = (/** @type {string} */ text) => ({ share: { by: "b", at: 0, turn: 1, text } });

test("written words are read to all as they are shown, each time once, and to their writer only that they are there", () => {
  assert.deepEqual(quiet(told({}), told(share("It rains."))), ["Bo writes: It rains."]);
  assert.deepEqual(quiet(told(share("It rains.")), told(share("It rains."))), []);
  assert.deepEqual(quiet(told(share("It rains.")), told(share("Less now."))), ["Bo writes: Less now."]);
  assert.deepEqual(quiet(told({}, "b"), told(share("It rains."), "b")), ["Everybody reads your words now"]);
});

test("words of another turn are not read", () => {
  assert.deepEqual(quiet(told({}), told(share("It rains."), "a", { turn: 2, ...held("b") })), []);
  assert.deepEqual(quiet(told({}), told(share("It rains."), "a", { turn: 1, ...held("f") })), []);
});

test("of lines to all the new ones are read, one's own are not", () => {
  const lines = [
    { id: 1, by: "b", text: "Hello" },
    { id: 2, by: "a", text: "Hi" },
  ];
  assert.deepEqual(quiet(told({}), told({ writings: lines })), ["Bo writes to all: Hello"]);
  assert.deepEqual(quiet(told({ writings: lines }), told({ writings: lines })), []);
});

test("a note or a line to who facilitates is said to be there, and not read into somebody's turn", () => {
  const one = [{ id: 1, by: "b", text: "I feel dizzy." }];
  assert.deepEqual(quiet(told({}), told({ notes: one })), ["Bo has a private word for you"]);
  assert.deepEqual(quiet(told({}), told({ lines: one })), ["Bo writes to those who facilitate"]);
});

test("a quiet sign is not said aloud, and what came before one arrived is not read again", () => {
  assert.deepEqual(quiet(told({}), told({ reactions: [{ id: 1, by: "b", reaction: "heart" }] })), []);
  assert.deepEqual(quiet(null, told(share("It rains."))), []);
});

test("of whom the circle is asked is said once to those who may answer, and not to who only listens", () => {
  const coming = [{ seat: "k", name: "sealed k", role: "observer", first_time: false, state: "asked", until: 9 }];
  assert.deepEqual(said({}, { turn: 1, coming }), ["Kim would like to listen. Any objection?"]);
  assert.deepEqual(said({ coming }, { turn: 1, coming }), []);
  assert.deepEqual(said({}, { turn: 1, coming }, "o"), []);
});

test("a seat after listening, the shield, and being asked to facilitate are said once, each to whom it is about", () => {
  const seated = { turn: 1, seats: view().seats.map((one) => ({ ...one, role: "member" })) };
  assert.deepEqual(said({}, seated, "o"), [words.places.seated]);
  assert.deepEqual(said({}, seated, "a"), []);
  assert.deepEqual(said({}, { turn: 1, shielded: true }), [words.shield.state]);
  assert.deepEqual(said({ shielded: true }, { turn: 1, shielded: true }), []);
  assert.deepEqual(said({ shielded: true }, { turn: 1, shielded: false }), [words.shield.over]);
  assert.deepEqual(said({}, { turn: 1, lead_to: "a" }), [words.handing.offered]);
  assert.deepEqual(said({}, { turn: 1, lead_to: "b" }), []);
});

test("who leaves the circle to nobody, who would lead, and into whose hands it comes, is said once", () => {
  const same = { turn: 1 };
  assert.deepEqual(said({}, { ...same, adrift: true }), [words.handing.nobody]);
  assert.deepEqual(said({ adrift: true }, { ...same, adrift: true }), []);
  const asked = { ...same, adrift: true, volunteer: { seat: "b", until: 9, yes: 0, others: 2 } };
  assert.deepEqual(said({ adrift: true }, asked), ["Bo would facilitate. Is that all right with you?"]);
  assert.deepEqual(said(asked, asked), []);
  assert.deepEqual(said({ adrift: true }, asked, "b"), [], "who volunteers knows");
  assert.deepEqual(said({ adrift: true }, asked, "o"), [], "who only listens is not asked");
  assert.deepEqual(said(asked, { ...same, acting: "b" }), ["Bo facilitates for now"]);
  assert.deepEqual(said(asked, { ...same, acting: "b", leads: true }, "b"), [words.handing.yours]);
  assert.deepEqual(said({ leads: true }, { ...same, leads: true }), []);
});

test("who has stepped out and would like someone is named once, to those who are shown the wish", () => {
  const out = (/** @type {string | null} */ wish) => ({
    turn: 1,
    seats: view().seats.map((one) => (one.id === "b" ? { ...one, out: true, wish } : one)),
  });
  assert.deepEqual(said({}, out("someone"), "f"), ["Bo has stepped out and would like someone"]);
  assert.deepEqual(said(out("someone"), out("someone"), "f"), []);
  assert.deepEqual(said({}, out(null), "a"), []);
  assert.deepEqual(said({}, out("someone"), "b"), [words.out.state]);
});

test("who has asked for more time hears that it was given", () => {
  const turn = (/** @type {boolean} */ asks) => ({ turn: 1, stick: { ...stick("held", "b"), asks } });
  assert.deepEqual(said(turn(true), turn(false), "b"), [words.time.given]);
  assert.deepEqual(said(turn(true), turn(false), "a"), []);
  assert.deepEqual(said(turn(true), { turn: 2, stick: stick("held", "f") }, "b"), ["Fay holds the stick"]);
});

test("who is named for the next time hears it, and who leads hears when nobody is any more", () => {
  const one = (/** @type {string | null} */ next_facilitator, /** @type {object} */ more) => ({
    turn: 1,
    next_facilitator,
    ...more,
  });
  assert.deepEqual(said(one(null, {}), one("a", {})), [words.handing.named]);
  assert.deepEqual(said(one("a", {}), one("a", {})), []);
  assert.deepEqual(said(one(null, { leads: true }), one("b", { leads: true }), "f"), [], "who named them knows");
  assert.deepEqual(said(one("b", { leads: true }), one(null, { leads: true }), "f"), [words.handing.unnamed]);
  assert.deepEqual(said(one("a", {}), one(null, {})), [], "who has declined knows");
});

test("near the end who leads hears once who has not been heard in all of it, and nobody else hears of it", () => {
  const there = screen(view({ ends: 1480, leads: true, unheard: ["f", "a", "b"] }), "f");
  assert.deepEqual(nearTheEnd(there, there, 998, 999), []);
  assert.deepEqual(nearTheEnd(there, there, 999, 1000), ["Not yet heard today: Ada and Bo"]);
  assert.deepEqual(nearTheEnd(there, there, 1000, 1001), []);
  const member = screen(view({ ends: 1480 }), "a");
  assert.deepEqual(nearTheEnd(member, member, 999, 1000), []);
});
