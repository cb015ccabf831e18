// The keyring: who is opened by which key, until when, and that no key meets a counter twice.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { readFrame } from "../../static/js/media/framing.js";
import { LAST, makeKeyring, makeTaken, takeOnce } from "../../static/js/media/keyring.js";
import { makeNoise, makeRandom } from "./noise.mjs";

/** How many (key, nonce) pairs are walked; a night's run sets 10000000. */
const PAIRS = Number(process.env.FRAME_PAIRS ?? 200_000);
const FRAME = Uint8Array.from({ length: 80 }, (_, at) => at);
const AT = { ana: 0, bo: 1, cy: 2 };

/** @param {number} n @param {number} index */
const kidOf = (n, index) => (index << 8) | (n % 256);

/** A base key of its own for each epoch and person. @param {...(string | number)} about */
const baseOf = (...about) => Uint8Array.from(createHash("sha256").update(about.join(" ")).digest());

/** @param {number} n @param {(keyof typeof AT)[]} [who] */
const entries = (n, who = ["ana", "bo", "cy"]) =>
  who.map((seat) => ({ seat, kid: kidOf(n, AT[seat]), base: baseOf(n, seat) }));

/** A ring with epoch n, under a clock that stands still until it is set. @param {number} [n] */
function makeTestRing(n = 1) {
  const clock = { now: 0 };
  const ring = makeKeyring(() => clock.now);
  ring.install(n, entries(n));
  return { clock, ring };
}

/** Bo's ring, sending in epoch n. @param {number} [n] */
function makeBo(n = 1) {
  const { ring } = makeTestRing(n);
  ring.send(n, kidOf(n, AT.bo));
  return ring;
}

/** @param {ReturnType<typeof makeKeyring>} ring @param {Uint8Array<ArrayBuffer> | null} data @param {string} [seat] */
const opens = async (ring, data, seat = "bo") => {
  assert.ok(data);
  return (await ring.open(seat, "audio", data)) !== null;
};

test("what one seat sends, another one with the same epoch's keys has, byte for byte", async () => {
  const [bo, { ring }] = [makeBo(), makeTestRing()];
  for (const kind of /** @type {const} */ (["audio", "video"])) {
    assert.deepEqual(await ring.open("bo", kind, await bo.seal(kind, FRAME)), FRAME);
  }
});

test("without a key no frame goes out, and none comes in", async () => {
  const [ring, { ring: other }] = [makeKeyring(), makeTestRing()];
  assert.equal(await ring.seal("audio", FRAME), null);
  assert.equal(await opens(ring, await makeBo().seal("audio", FRAME)), false);
  assert.equal(await other.seal("audio", FRAME), null);
  other.send(2, kidOf(2, AT.bo));
  assert.equal(await other.seal("audio", FRAME), null);
  other.send(1, kidOf(1, 9));
  assert.equal(await other.seal("audio", FRAME), null);
});

test("after a stop nothing goes out, whatever is installed, until it is switched on again", async () => {
  const bo = makeBo();
  bo.stop();
  bo.install(2, entries(2));
  assert.equal(await bo.seal("audio", FRAME), null);
  bo.send(2, kidOf(2, AT.bo));
  assert.ok(await bo.seal("audio", FRAME));
});

test("sound and picture that go out at the same moment never share a counter", async () => {
  const bo = makeBo();
  const kinds = Array.from({ length: 40 }, (_, at) => (at % 2 ? "audio" : "video"));
  const sealed = await Promise.all(kinds.map((kind) => bo.seal(kind, FRAME)));
  const counters = sealed.map((data, at) => readFrame(kinds[at], data)?.ctr);
  assert.equal(new Set(counters).size, 40);
});

test("an empty frame is dropped, and takes no counter", async () => {
  const bo = makeBo();
  assert.equal(await bo.seal("video", new Uint8Array()), null);
  assert.equal(bo.next()?.ctr, 0n);
});

test("plain frames and noise open nothing and throw nothing", async () => {
  const { ring } = makeTestRing();
  const noise = makeNoise();
  assert.equal(await opens(ring, FRAME), false);
  let out = 0;
  for (let run = 0; run < 100_000; run += 1) {
    if (await ring.open("bo", run % 2 ? "audio" : "video", noise())) out += 1;
  }
  assert.equal(out, 0);
});

test("frames of another epoch decode nothing", async () => {
  const [past, future] = [makeBo(1), makeBo(3)];
  const { ring } = makeTestRing(2);
  for (const bo of [past, future]) {
    for (let run = 0; run < 20; run += 1) assert.equal(await opens(ring, await bo.seal("audio", FRAME)), false);
  }
});

test("another seat's frames decode nothing on one's track, under whatever name the server gives it", async () => {
  const { ring } = makeTestRing();
  const frame = await makeBo().seal("audio", FRAME);
  for (const seat of ["ana", "cy", "", "nobody"]) assert.equal(await opens(ring, frame, seat), false);
  assert.equal(await opens(ring, frame, "bo"), true);
});

test("somebody who writes another's key id into a frame is not taken for them", async () => {
  const ana = makeKeyring();
  ana.install(1, [{ seat: "ana", kid: kidOf(1, AT.bo), base: baseOf(1, "ana") }]);
  ana.send(1, kidOf(1, AT.bo));
  assert.equal(await opens(makeTestRing().ring, await ana.seal("audio", FRAME), "bo"), false);
});

test("a frame is opened once, on whichever connection it comes again, at the same moment too", async () => {
  const { ring } = makeTestRing();
  const frame = await makeBo().seal("audio", FRAME);
  const twice = await Promise.all([opens(ring, frame), opens(ring, frame)]);
  assert.deepEqual(twice.sort(), [false, true]);
  assert.equal(await opens(ring, frame), false);
});

test("late frames are opened within a window of 1024 counters, older ones never", async () => {
  const [bo, { ring }] = [makeBo(), makeTestRing()];
  const frames = [];
  for (let ctr = 0; ctr <= 1024; ctr += 1) frames.push(await bo.seal("audio", FRAME));
  assert.equal(await opens(ring, frames[1024]), true);
  assert.equal(await opens(ring, frames[0]), false);
  for (const ctr of [1, 1023, 500]) assert.equal(await opens(ring, frames[ctr]), true);
  for (const ctr of [1, 500, 1023, 1024]) assert.equal(await opens(ring, frames[ctr]), false);
});

test("a forged frame takes nobody's counter", async () => {
  const { ring } = makeTestRing();
  const frame = await makeBo().seal("audio", FRAME);
  const forged = frame.slice();
  forged[forged.length - 1] ^= 1;
  assert.equal(await opens(ring, forged), false);
  assert.equal(await opens(ring, frame), true);
});

test("the window takes each counter once, in any order, and leaps of any size", () => {
  const random = makeRandom(1024);
  const [taken, all] = [makeTaken(), new Set()];
  let top = -1;
  for (let run = 0; run < 20_000; run += 1) {
    const ctr = Math.max(0, top + 40 - (random() % 1200));
    const fresh = !all.has(ctr) && ctr > top - 1024;
    assert.equal(takeOnce(taken, BigInt(ctr)), fresh, `${ctr} after ${top}`);
    all.add(ctr);
    top = Math.max(top, ctr);
  }
  for (const far of [2n ** 48n, 2n ** 63n, 2n ** 64n - 1n]) {
    assert.deepEqual([takeOnce(taken, far), takeOnce(taken, far), takeOnce(taken, 5n)], [true, false, false]);
  }
});

test("old keys open for 10 s after newer ones are there, and then no more", async () => {
  const [bo, { ring, clock }] = [makeBo(), makeTestRing()];
  const frames = [await bo.seal("audio", FRAME), await bo.seal("audio", FRAME)];
  clock.now = 50_000;
  ring.install(2, entries(2));
  clock.now = 55_000;
  ring.install(3, entries(3));
  clock.now = 59_999;
  assert.equal(await opens(ring, frames[0]), true);
  clock.now = 60_000;
  assert.equal(await opens(ring, frames[1]), false);
});

test("nothing is sent by an old key after its 10 s either", async () => {
  const { ring, clock } = makeTestRing();
  ring.send(1, kidOf(1, AT.bo));
  ring.install(2, entries(2));
  clock.now = 9_999;
  assert.ok(await ring.seal("audio", FRAME));
  clock.now = 10_000;
  assert.equal(await ring.seal("audio", FRAME), null);
});

test("who is not in the new epoch is heard no more after 10 s", async () => {
  const [bo, { ring, clock }] = [makeBo(), makeTestRing()];
  const frame = await bo.seal("audio", FRAME);
  ring.install(2, entries(2, ["ana", "cy"]));
  clock.now = 10_000;
  assert.equal(await opens(ring, frame), false);
});

test("256 epochs later the same key id is another's: the slot is emptied first, and the window with it", async () => {
  const [early, late] = [makeBo(1), makeBo(257)];
  const { ring } = makeTestRing(1);
  const [old, before, fresh] = [
    await early.seal("audio", FRAME),
    await early.seal("audio", FRAME),
    await late.seal("audio", FRAME),
  ];
  assert.equal(await opens(ring, old), true);
  ring.install(257, entries(257, ["bo"]));
  assert.equal(await opens(ring, before), false);
  assert.equal(await opens(ring, fresh), true);
  const cy = makeTestRing(1).ring;
  cy.send(1, kidOf(1, AT.cy));
  assert.equal(await opens(ring, await cy.seal("audio", FRAME), "cy"), false);
});

test("a new epoch is not sent by before it is chosen, not even in the slot of the one that was", () => {
  const bo = makeBo(1);
  bo.install(257, entries(257));
  assert.equal(bo.next(), null);
  bo.send(257, kidOf(257, AT.bo));
  assert.equal(bo.next()?.n, 257);
});

test("an older epoch, a key id of another epoch and a key of another length are not installed", async () => {
  const { ring } = makeTestRing(2);
  ring.install(1, entries(1));
  ring.install(3, [
    { seat: "ana", kid: kidOf(2, 7), base: baseOf("ana") },
    { seat: "bo", kid: kidOf(3, AT.bo), base: baseOf("bo").slice(0, 31) },
  ]);
  for (const [n, kid] of [
    [1, kidOf(1, AT.bo)],
    [3, kidOf(2, 7)],
    [3, kidOf(3, AT.bo)],
  ]) {
    ring.send(n, kid);
    assert.equal(ring.next(), null);
  }
});

test("the counter goes on when an epoch is installed or chosen again, with other keys too", () => {
  const bo = makeBo();
  bo.next();
  bo.install(1, entries(1));
  bo.install(1, [{ seat: "bo", kid: kidOf(1, AT.bo), base: baseOf("another") }]);
  bo.stop();
  bo.send(1, kidOf(1, AT.bo));
  assert.equal(bo.next()?.ctr, 1n);
});

test("a key stops at 2^48 frames", async () => {
  assert.equal(LAST, 2n ** 48n);
  const ring = makeKeyring(() => 0, 3n);
  ring.install(1, entries(1));
  ring.send(1, kidOf(1, AT.bo));
  assert.deepEqual([ring.next()?.ctr, ring.next()?.ctr, ring.next()?.ctr], [0n, 1n, 2n]);
  assert.deepEqual([ring.next(), await ring.seal("audio", FRAME)], [null, null]);
});

/** Counts the pairs that have come up before. Counters of a key are dense, so a bit for each will do. */
function makeLedger() {
  /** @type {Map<string, Uint8Array>} */
  const keys = new Map();
  let repeated = 0;
  return {
    /** @param {string} key @param {bigint} ctr */
    note(key, ctr) {
      const [at, bit] = [Number(ctr) >> 3, 1 << (Number(ctr) & 7)];
      let bits = keys.get(key) ?? new Uint8Array(1024);
      if (at >= bits.length) {
        const more = new Uint8Array(2 * at);
        more.set(bits);
        bits = more;
      }
      if (bits[at] & bit) repeated += 1;
      bits[at] |= bit;
      keys.set(key, bits);
    },
    repeated: () => repeated,
    keys: () => keys.size,
  };
}

test("over reloads, reconnects and epochs no key meets a nonce twice", () => {
  const random = makeRandom(20_260_101);
  const ledger = makeLedger();
  let [n, person, pairs, reloads, now] = [1, 0, 0, 0, 0];
  const make = () => makeKeyring(() => now);
  let ring = make();
  /** The page's key follows from the epoch and from its member id, which a reload makes anew. @param {number} which */
  const take = (which) => {
    ring.install(which, [{ seat: "bo", kid: kidOf(which, AT.bo), base: baseOf(which, person) }]);
    ring.send(which, kidOf(which, AT.bo));
  };
  const events = {
    epoch() {
      n += 1;
      take(n);
    },
    reconnect: () => take(n),
    late: () => take(Math.max(1, n - 1)),
    pause: () => ring.stop(),
    reload() {
      ring = make();
      person += 1;
      reloads += 1;
      events.epoch();
    },
  };
  const names = /** @type {(keyof typeof events)[]} */ (Object.keys(events));
  take(n);
  while (pairs < PAIRS) {
    for (let left = random() % 400; left > 0; left -= 1) {
      const turn = ring.next();
      if (!turn) break;
      ledger.note(`${baseOf(turn.n, person)} ${turn.kid}`, turn.ctr);
      pairs += 1;
    }
    now += random() % 8000;
    events[names[random() % names.length]]();
  }
  assert.equal(ledger.repeated(), 0);
  assert.ok(reloads > 50 && ledger.keys() > 300, `${reloads} reloads, ${ledger.keys()} keys`);
});
