// One's seat from the door to the goodbye, over a line that the test holds in hand: what is drawn, kept and let go.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyCard } from "../../static/js/card.js";
import { makeLocalMedia } from "../../static/js/localmedia.js";
import { makeMemory } from "../../static/js/memory.js";
import { makeReader } from "../../static/js/readable.js";
import { firstScreen } from "../../static/js/screen.js";
import { makeSeat } from "../../static/js/seat.js";
import { makeStore } from "../../static/js/store.js";
import { door, keyState, keysFor, seat, stick, terms, view } from "./builders.mjs";

/** Everything but the line, the browser's media and the opening of words is the real part. */
function makeTestSeat() {
  const kept = new Map();
  const storage = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
    removeItem: (/** @type {string} */ key) => kept.delete(key),
  };
  const store = makeStore(
    firstScreen("Wren", false),
    () => {},
    () => {},
  );
  /** @type {any[]} */
  const done = [];
  /** @type {any[]} what was told to the keeper of whispers */
  const whispered = [];
  /** @type {Map<string, (text: string | null) => void>} */
  const opening = new Map();
  /** @type {any} */
  const media = {
    start: (/** @type {boolean} */ publishes) => done.push(["start", publishes]),
    stop: () => done.push(["stop"]),
    lost: () => done.push(["lost"]),
    warm: () => done.push(["warm"]),
    wish: (/** @type {any} */ wish) => done.push(["wish", wish]),
  };
  /** @type {any} */
  const devices = {
    tracks: { microphone: "my microphone", camera: "my camera" },
    stopAll: () => {
      devices.tracks.microphone = devices.tracks.camera = null;
    },
    stop: (/** @type {"microphone" | "camera"} */ kind) => {
      devices.tracks[kind] = null;
    },
    list: async () => ({ microphones: [], cameras: [] }),
  };
  /** @type {any[]} */
  const lines = [];
  /** @type {any} */
  const local = makeLocalMedia({
    store,
    devices,
    media,
    tell: (command) => mine.command(command),
    meter: () => () => {},
  });
  const memory = makeMemory("r", /** @type {any} */ (storage));
  /** @type {any[]} what the keys were told */
  const keyed = [];
  const note =
    (/** @type {string} */ what) =>
    async (/** @type {any[]} */ ...given) =>
      void keyed.push([what, ...given]);
  const keys = keysFor({
    openRoom: (/** @type {string} */ sealed) => new Promise((resolve) => opening.set(sealed, resolve)),
    see: async (/** @type {any} */ seen) => void keyed.push(["see", seen.version]),
    take: note("take"),
    beat: note("beat"),
    connected: note("connected"),
  });
  const mine = makeSeat({
    store,
    memory,
    reader: makeReader(keys, () => null),
    keys,
    media,
    local,
    whispers: {
      take: async (/** @type {any} */ told) => void whispered.push(told),
      seen: async () => void whispered.push(store.get().view?.version),
      renew: async () => void whispered.push("renewed"),
      forget: () => void whispered.push("forgotten"),
    },
    on: {
      seated: () => done.push(["seated"]),
      awaited: () => done.push(["awaited"]),
      changed: () => {},
      arrived: () => done.push(["arrived"]),
      over: (box) => keyed.push(["over", box]),
    },
    connect: (told) => {
      const line = {
        told,
        sent: /** @type {any[]} */ ([]),
        answer: /** @type {any} */ ({ ok: true }),
        send: async (/** @type {string} */ _event, /** @type {any} */ data) => {
          line.sent.push(data);
          return line.answer;
        },
        again: () => {},
        finish: () => done.push(["finish"]),
      };
      lines.push(line);
      return line;
    },
  });
  /** Lets all words that wait be opened, and what follows happen. */
  const openAll = async () => {
    do {
      for (const [sealed, resolve] of opening) resolve(sealed.replace("sealed ", ""));
      opening.clear();
      await new Promise(setImmediate);
    } while (opening.size);
  };
  return { store, memory, kept, mine, lines, done, whispered, keyed, opening, openAll, devices };
}

/** A person who sits in seat a. */
async function seated() {
  const all = makeTestSeat();
  all.memory.keep({ fragment: "f", seat: "a", token: "t", resume: "a proof" });
  all.mine.begin();
  all.lines[0].told.onState("connected");
  all.lines[0].told.onView(view());
  await all.openAll();
  await all.mine.onKeys(keyState());
  all.done.length = all.whispered.length = all.keyed.length = 0;
  return all;
}

test("the page stands where the view says: door, waiting, circle", async () => {
  const { store, mine, lines, openAll } = makeTestSeat();
  mine.begin();
  const { told } = lines[0];
  for (const [seen, at] of [
    [door(1), "doorway"],
    [door(2, "waiting"), "waiting"],
    [view({ version: 3 }), "circle"],
  ]) {
    told.onView(/** @type {any} */ (seen));
    await openAll();
    assert.equal(store.get().at, at);
  }
});

test("an older view never replaces a newer one, also if its words were opened later", async () => {
  const { store, lines, opening, openAll } = await seated();
  lines[0].told.onView(view({ version: 2, prompt: "sealed late" }));
  lines[0].told.onView(view({ version: 3 }));
  await new Promise(setImmediate);
  assert.equal(store.get().view?.version, 3);
  assert.ok(opening.has("sealed late"));
  await openAll();
  assert.equal(store.get().view?.version, 3);
  assert.equal(store.get().prompt, null);
});

test("what is drawn of a view has its words already", async () => {
  const { store, lines, openAll } = await seated();
  lines[0].told.onView(view({ version: 2, prompt: "sealed new" }));
  await new Promise(setImmediate);
  assert.equal(store.get().view?.version, 1);
  await openAll();
  assert.deepEqual([store.get().view?.version, store.get().prompt], [2, "new"]);
});

test("the keys see every view before it is drawn, and whatever the line says of keys", async () => {
  const { lines, keyed, openAll, mine } = await seated();
  lines[0].told.onView(view({ version: 2 }));
  lines[0].told.onView(view({ version: 1 }));
  await openAll();
  lines[0].told.onKeys({ type: "switch", n: 2 });
  lines[0].told.onWhisper({ type: "beat", beat: "signed", by: "f", at: 1 });
  lines[0].told.onState("lost");
  lines[0].told.onState("connected");
  assert.deepEqual(keyed, [["see", 2], ["take", { type: "switch", n: 2 }], ["beat", "f", "signed"], ["connected"]]);
  assert.ok(mine);
});

test("with other keys the view that is shown is read once more; words go out again once one sends under those", async () => {
  const { store, lines, openAll, mine, whispered } = await seated();
  lines[0].told.onView(view({ version: 2, prompt: "sealed with new keys" }));
  await new Promise(setImmediate);
  await openAll();
  store.set({ prompt: null });
  const reading = mine.onKeys(keyState({ epoch: 2 }));
  await openAll();
  await reading;
  assert.deepEqual([store.get().prompt, whispered], ["with new keys", [2]]);
  await mine.onKeys(keyState({ epoch: 2, sending: 2 }));
  assert.deepEqual(whispered, [2, "renewed"]);
});

test("whatever else the keys tell is shown, and reads nothing again", async () => {
  const { store, mine, whispered } = await seated();
  await mine.onKeys(keyState({ warning: "beat" }));
  assert.deepEqual([store.get().keys.warning, whispered], ["beat", []]);
});

for (const what of ["came", "back"])
  test(`when somebody has new keys (${what}), what was written for the circle is written again; not when somebody goes`, async () => {
    const { mine, done } = await seated();
    const passages = [{ what: "went", seat: "b", name: "Bo", at: 1 }];
    await mine.onKeys(keyState({ epoch: 2, passages }));
    await mine.onKeys(keyState({ epoch: 2, sending: 2, passages }));
    const came = [...passages, { what, seat: "n", name: "Noor", at: 2 }];
    const times = () => done.filter(([what]) => what === "arrived").length;
    await mine.onKeys(keyState({ epoch: 3, sending: 2, passages: came }));
    assert.equal(times(), 0, "what goes out now is still sealed by keys that they do not have");
    await mine.onKeys(keyState({ epoch: 3, sending: 3, passages: came }));
    await mine.onKeys(keyState({ epoch: 4, sending: 4, passages: came }));
    assert.equal(times(), 1);
  });

test("without keys that may be used nothing is sent, and with them it is again", async () => {
  const { mine, done } = await seated();
  await mine.onKeys(keyState({ sending: 0, warning: "stopped" }));
  assert.deepEqual(done.at(-1), ["wish", { sound: null, picture: null, focus: false }]);
  await mine.onKeys(keyState());
  assert.deepEqual(done.at(-1), ["wish", { sound: null, picture: "my camera", focus: false }]);
});

test("a knock that waits for somebody to be there is tried with each view of the door, and with no other", async () => {
  const { store, mine, lines, done, openAll } = makeTestSeat();
  mine.begin();
  lines[0].told.onView(door(1));
  await openAll();
  assert.deepEqual(done, []);
  store.set({ awaits: true });
  lines[0].told.onView(door(2));
  await openAll();
  assert.deepEqual(done, [["awaited"]]);
});

test("who hands over to another window keeps nothing, ends without leaving, and gives what was kept", async () => {
  const { mine, store, kept, done, lines } = await seated();
  const given = mine.handOver();
  assert.deepEqual([given.seat, given.token, given.fragment], ["a", "t", "f"]);
  assert.deepEqual([store.get().at, store.get().ended, kept.size, lines[0].sent], ["ended", "elsewhere", 0, []]);
  assert.deepEqual(done, [["finish"], ["stop"]]);
});

test("at the end the keys are told so, with what was handed on for the next time", async () => {
  const { lines, keyed, openAll } = await seated();
  lines[0].told.onView(view({ version: 2, next_facilitator: "a", handed: "a box" }));
  await openAll();
  keyed.length = 0;
  lines[0].told.onEnded("closed");
  assert.deepEqual(keyed, [["over", "a box"]]);
});

test("media begin with the circle, once, and an observer publishes nothing", async () => {
  for (const [me, publishes] of [
    ["a", true],
    ["o", false],
  ]) {
    const { mine, memory, lines, done, openAll } = makeTestSeat();
    memory.keep({ seat: /** @type {string} */ (me), token: "t" });
    mine.begin();
    lines[0].told.onView(view());
    await openAll();
    lines[0].told.onView(view({ version: 2 }));
    await openAll();
    assert.deepEqual(
      done.filter(([what]) => what === "start"),
      [["start", publishes]],
    );
  }
});

test("sound is wished for only while one may be heard, and the holder's picture is the sharp one", async () => {
  const { lines, done, openAll } = await seated();
  const wished = async (/** @type {object} */ change) => {
    lines[0].told.onView(view(change));
    await openAll();
    return done.filter(([what]) => what === "wish").at(-1)[1];
  };
  const silent = { sound: null, picture: "my camera", focus: false };
  assert.deepEqual(await wished({ version: 2, stick: stick("offered", "a") }), silent);
  assert.deepEqual(await wished({ version: 3, stick: stick("held", "a"), heard: ["a"] }), {
    ...silent,
    sound: "my microphone",
    focus: true,
  });
  assert.deepEqual(await wished({ version: 4, stick: stick("held", "b"), heard: ["b"] }), silent);
});

test("the circle is told what is on when it shows something else, and not again", async () => {
  const { store, mine, lines, openAll } = await seated();
  const told = () => lines[0].sent.filter((/** @type {any} */ one) => one.type === "set_devices");
  assert.deepEqual(told(), []);
  store.set({ devices: { ...store.get().devices, microphoneOn: true } });
  lines[0].told.onState("lost");
  lines[0].told.onState("connected");
  assert.deepEqual(told(), [{ type: "set_devices", microphone: true, camera: false }]);
  lines[0].told.onView(view({ version: 2, seats: [seat("a", { microphone: true })] }));
  await openAll();
  lines[0].told.onState("lost");
  lines[0].told.onState("connected");
  assert.equal(told().length, 1);
  assert.ok(mine);
});

test("while the line is lost media are let go of, and begin anew when it is back", async () => {
  const { lines, done, store } = await seated();
  lines[0].told.onState("lost");
  assert.deepEqual(done, [["lost"]]);
  assert.equal(store.get().at, "circle");
  lines[0].told.onState("connected");
  assert.deepEqual(done[1], ["start", true]);
});

test("a token that is good no more leads back to the door by the link, with the link still kept", async () => {
  const { lines, store, memory } = await seated();
  lines[0].told.onRefused("unknown");
  assert.equal(lines.length, 2);
  const { fragment, seat: kept, token } = memory.read();
  assert.deepEqual([fragment, kept, token], ["f", null, null]);
  assert.deepEqual([store.get().me, store.get().view], [null, null]);
  lines[1].told.onView(door(1));
  await new Promise(setImmediate);
  assert.equal(store.get().at, "doorway");
});

test("a link that the server does not know is a plain page, and nothing is tried again", async () => {
  const { lines, store, mine, memory, kept } = makeTestSeat();
  memory.keep({ fragment: "f" });
  mine.begin();
  lines[0].told.onRefused("unknown");
  assert.deepEqual([store.get().at, store.get().ended, lines.length, kept.size], ["broken", "unknown", 1, 0]);
});

test("after the end nothing is kept of who was there, and no device stays on", async () => {
  const { lines, store, kept, done, devices } = await seated();
  lines[0].told.onEnded("closed");
  const { at, ended, view: seen, names, notes, pictures } = store.get();
  assert.deepEqual([at, ended, seen, names, notes, pictures], ["ended", "closed", null, {}, {}, {}]);
  assert.equal(kept.size, 0);
  assert.deepEqual(done, [["stop"]]);
  assert.deepEqual(devices.tracks, { microphone: null, camera: null });
});

test("a knock that is answered with a seat keeps seat and token for a reload", async () => {
  const { lines, store, mine, memory } = makeTestSeat();
  mine.begin();
  lines[0].answer = { ok: true, seat: "s", token: "t" };
  await mine.take({ type: "knock", name: "sealed", role: "member" });
  assert.deepEqual([memory.read().seat, memory.read().token, store.get().me], ["s", "t", "s"]);
});

test("a knock that is refused says so, keeps nothing, and may be tried again", async () => {
  const { lines, store, mine, memory } = makeTestSeat();
  mine.begin();
  lines[0].answer = { refused: "locked" };
  await mine.take({ type: "knock", name: "sealed", role: "member" });
  assert.deepEqual([store.get().refused, store.get().busy, memory.read().token], ["locked", false, null]);
});

test("a command is sent once, and its refusal is shown", async () => {
  const { lines, store, mine } = await seated();
  lines[0].answer = { refused: "stale" };
  await mine.command({ type: "pass", turn: 1, to: null });
  assert.deepEqual([store.get().refused, lines[0].sent.length], ["stale", 1]);
});

test("the second press of a double click is no fault, and says nothing", async () => {
  const { lines, mine, store } = await seated();
  await mine.command({ type: "pass", turn: 1 });
  lines[0].answer = { refused: "not_yours" };
  await mine.command({ type: "pass", turn: 1 });
  assert.equal(store.get().refused, null);
  await mine.command({ type: "pass", turn: 2 });
  assert.equal(store.get().refused, "not_yours");
});

test("a goodbye shows no refusal of before", async () => {
  const { lines, mine, store } = await seated();
  lines[0].answer = { refused: "stale" };
  await mine.command({ type: "pass", turn: 1 });
  lines[0].told.onEnded("left");
  assert.deepEqual([store.get().at, store.get().refused], ["ended", null]);
});

test("when the floor opens, a microphone that was only kept ready is off, and its owner switches it on", async () => {
  const { lines, store, devices, openAll } = await seated();
  devices.tracks.camera = null;
  store.set({ devices: { ...store.get().devices, microphoneOn: true } });
  lines[0].told.onView(view({ version: 2, floor: "open", heard: ["a", "b"] }));
  await openAll();
  assert.equal(devices.tracks.microphone, null);
  assert.equal(store.get().devices.microphoneOn, false);
});

test("who leads, who takes the stick, and who was heard before keeps the microphone as it was", async () => {
  for (const [before, after] of [
    [{}, { floor: "open", heard: ["a", "b"], leads: true }],
    [{ stick: stick("offered", "a") }, { stick: stick("held", "a"), heard: ["a"] }],
    [
      { stick: stick("held", "a"), heard: ["a"] },
      { floor: "open", heard: ["a", "b"] },
    ],
  ]) {
    const { lines, devices, openAll } = await seated();
    lines[0].told.onView(view({ version: 2, ...before }));
    await openAll();
    lines[0].told.onView(view({ version: 3, ...after }));
    await openAll();
    assert.equal(devices.tracks.microphone, "my microphone");
  }
});

test("what was written at the doorway is let go once one sits in the circle with its keys, and only once", async () => {
  const { mine, lines, done, keyed, openAll } = makeTestSeat();
  mine.begin();
  lines[0].answer = { ok: true, seat: "a", token: "t" };
  for (const seen of [door(1), view({ version: 2 })]) {
    lines[0].told.onView(/** @type {any} */ (seen));
    await openAll();
  }
  await mine.take({ type: "enter", keys: "introduced" });
  assert.deepEqual(keyed.at(-1), ["see", 2], "the view came before the answer that says which seat is one's own");
  const times = () => done.filter(([what]) => what === "seated").length;
  assert.equal(times(), 0);
  await mine.onKeys(keyState());
  assert.equal(times(), 1);
  lines[0].told.onView(view({ version: 3 }));
  await openAll();
  await mine.onKeys(keyState({ epoch: 2 }));
  assert.equal(times(), 1);
});

test("whispers are handed on as they come, told of each view that is shown, and forgotten with the seat", async () => {
  const { lines, openAll, whispered } = await seated();
  const told = { type: "reaction", reaction: "heart", by: "b", at: 1000 };
  lines[0].told.onWhisper(told);
  lines[0].told.onView(view({ version: 2 }));
  lines[0].told.onView(view({ version: 1 }));
  await openAll();
  assert.deepEqual(whispered, [told, 2]);
  lines[0].told.onEnded("left");
  assert.deepEqual(whispered.at(-1), "forgotten");
  const another = await seated();
  another.lines[0].told.onRefused("unknown");
  assert.deepEqual(another.whispered.at(-1), "forgotten");
});

test("a whisper is sent once on its own event; whether its refusal is shown is asked", async () => {
  const { lines, store, mine } = await seated();
  const note = /** @type {const} */ ({ type: "note", text: "sealed" });
  assert.equal(await mine.whisper(note, true), null);
  assert.deepEqual(lines[0].sent, [note]);
  lines[0].answer = { refused: "stale" };
  assert.equal(await mine.whisper(note, false), "stale");
  assert.equal(store.get().refused, null);
  assert.equal(await mine.whisper(note, true), "stale");
  assert.equal(store.get().refused, "stale");
});

test("whoever comes back to a seat that is gone stands at the door, and is still known to have been in", async () => {
  const { store, lines, memory, whispered } = await seated();
  lines[0].told.onState("lost");
  lines[0].told.onState("connected");
  lines[0].told.onView(door(9));
  await new Promise(setImmediate);
  assert.deepEqual([store.get().at, store.get().me, store.get().returning], ["doorway", null, true]);
  assert.deepEqual([memory.read().seat, memory.read().token], [null, "t"]);
  assert.equal(whispered.at(-1), 9, "what was whispered is told of it, and forgets");
});

test("who comes for the first time was not in", async () => {
  const { store, mine, lines } = makeTestSeat();
  mine.begin();
  lines[0].told.onView(door(1));
  await new Promise(setImmediate);
  assert.equal(store.get().returning, false);
});

test("a view of the door that comes late does not forget the seat that a knock has just been given", async () => {
  const { store, mine, lines, memory } = makeTestSeat();
  mine.begin();
  lines[0].told.onView(door(1));
  await new Promise(setImmediate);
  lines[0].answer = { ok: true, seat: "s", token: "t" };
  await mine.take({ type: "knock", name: "sealed", role: "member" });
  lines[0].told.onView(door(2));
  await new Promise(setImmediate);
  assert.deepEqual([store.get().me, memory.read().seat], ["s", "s"]);
});

const named = { next_facilitator: "a", handed: "sealed link" };

/** The page of goodbye of somebody who has checked in, where the others meet again. @param {string} reason @param {object} [seen] */
async function parted(reason, seen) {
  const all = await seated();
  const card = { ...emptyCard(), mood: "tired" };
  all.store.set({ card, checkedIn: true, intention: "to stay", jotted: "a thought" });
  all.lines[0].told.onView(
    view({ version: 2, terms: terms({ next_date: "sealed Tuesday", help: "DE" }), ...named, ...seen }),
  );
  await all.openAll();
  all.lines[0].told.onEnded(reason);
  return { ...all, card, screen: all.store.get() };
}

test("the goodbye keeps what is one's own, when the others meet, whose help lines come first, and being asked to lead", async () => {
  const { screen, card, kept } = await parted("closed");
  assert.deepEqual(screen.parting, {
    card,
    next: "Tuesday",
    region: "DE",
    lead: { handed: true, answer: null },
  });
  assert.deepEqual([screen.intention, screen.jotted, screen.view], ["to stay", "a thought", null]);
  assert.equal(kept.size, 0);
});

test("who goes before the end is not asked to lead the next time, and who was sent out is not told when it is", async () => {
  const [left, removed] = [await parted("left"), await parted("removed")];
  assert.deepEqual([left.screen.parting?.next, left.screen.parting?.lead], ["Tuesday", null]);
  assert.deepEqual([removed.screen.parting?.next, removed.screen.parting?.lead], [null, null]);
  const another = await parted("closed", { next_facilitator: "b", handed: null });
  assert.equal(another.screen.parting?.lead, null);
});

test("a check-in that was not sent is not taken along, and who was not in has nothing to take", async () => {
  const { lines, store } = await seated();
  store.set({ card: emptyCard() });
  lines[0].told.onEnded("closed");
  assert.equal(store.get().parting?.card, null);
  const waiting = makeTestSeat();
  waiting.mine.begin();
  waiting.lines[0].told.onView(door(1, "waiting"));
  await new Promise(setImmediate);
  waiting.lines[0].told.onEnded("turned_away");
  assert.equal(waiting.store.get().parting, null);
});

test("by one press back to the door, as somebody who was in, and without what was one's own", async () => {
  const { mine, memory } = await parted("left");
  mine.comeBack();
  const { fragment, seat: back, token, resume, intention, said } = memory.read();
  assert.deepEqual([fragment, back, token, resume, intention, said], ["f", null, "t", "", "", null]);
});

test("however often all devices are let go of, a meter is stopped once", async () => {
  const { store, devices } = makeTestSeat();
  devices.tracks.camera = null;
  let stopped = 0;
  const local = makeLocalMedia({
    store,
    devices: { ...devices, open: async () => null },
    media: /** @type {any} */ ({ wish: () => {} }),
    tell: () => {},
    meter: () => () => {
      stopped += 1;
    },
  });
  await local.switchDevice("microphone", true);
  local.stopAll();
  local.stopAll();
  assert.equal(stopped, 1);
});
