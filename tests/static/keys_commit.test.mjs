// What is taken and what not: one commit that is good, and one for each row of the checks that is good but for that row.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { b64, bytesOf, joined, makeFields, random, u8, u32, u64, unb64 } from "../../static/js/keys/bytes.js";
import { CHECKS, examine } from "../../static/js/keys/checks.js";
import { buildCommit, readCommit, signedBy } from "../../static/js/keys/commit.js";
import { blockBytes, readBlock, withFreshRoom } from "../../static/js/keys/epoch.js";
import { fromSeed, makeLink, rootSigner } from "../../static/js/keys/links.js";
import {
  certify,
  FACILITATES,
  KEEPS_DOOR,
  makeOwn,
  powersOf,
  readCertificate,
  STANDS_IN,
} from "../../static/js/keys/members.js";
import { freeIndex, NONE_BEFORE, readRoster, rosterBytes } from "../../static/js/keys/roster.js";

const NOW = 1_790_000_000;
const seat = () => b64(random(8));

/** A circle of Fay, who facilitates, Ada and Bo, in its first epoch. */
let circle;

before(async () => {
  const link = await makeLink();
  const { root, sign } = await rootSigner(link.seed);
  const [fay, ada, bo, cy] = await Promise.all(
    ["Fay", "Ada", "Bo", "Cy"].map(async () => ({ ...(await makeOwn()), seat: seat() })),
  );
  const give = (own, powers, now = NOW) => certify(sign, unb64(link.rid), own, powers, now);
  const entry = (own, index, certificate = null) => {
    const { seat, mk, ms, mid } = own;
    return { seat, mk, ms, mid, index, role: 1, certificate };
  };
  const entries = [entry(fay, 0, await give(fay, FACILITATES)), entry(ada, 1), entry(bo, 2)];
  const first = { version: 1, rid: link.rid, n: 1, prev: NONE_BEFORE, by: fay.mid, entries };
  const last = { roster: first, head: (await read(await built(first, fay, link), fay)).head };
  circle = { link, root, give, entry, fay, ada, bo, cy, first, last };
});

const block = (link) => ({ counter: 1, link: b64(link.secret), rooms: withFreshRoom([]), names: new Map() });
const built = (roster, own, link) => buildCommit(roster, block(link), own);

/** As it comes to somebody. */
const read = ({ wraps, ...message }, { seat }) => readCommit({ ...message, wrap: wraps[seat] ?? null });

/** What somebody knows who has the first epoch. */
const known = (own, more) => ({
  ...{
    rid: circle.link.rid,
    root: circle.root,
    own,
    seat: own.seat,
    roles: new Set([1]),
    last: circle.last,
    jump: false,
  },
  ...{ links: new Set(), beside: null, withdrawn: new Set(), shown: new Set(), now: NOW, ...more },
});

/** The next roster, but for what a test alters. */
const next = (change = {}) => ({ ...circle.first, n: 2, prev: circle.last.head, ...change });

/** Whether a commit is taken by Ada; the code of the check that refuses it, or null. */
async function refusal(roster, { by = circle.fay, receiver = circle.ada, message = (one) => one, ...more } = {}) {
  const what = known(receiver, more);
  const before = JSON.stringify([...what.roles, what.last]);
  try {
    const commit = await read(message(await built(roster, by, circle.link)), receiver);
    await examine(commit, what);
    return null;
  } catch (error) {
    assert.equal(JSON.stringify([...what.roles, what.last]), before);
    return error.code ?? `${error}`;
  }
}

/** Entries with one of them altered. */
const altered = (place, change) =>
  circle.first.entries.map((entry, at) => (at === place ? { ...entry, ...change } : entry));

/** One byte of a field of the message is another one. */
const flipped =
  (field, place = 0) =>
  (message) => {
    const bytes = unb64(field === "wrap" ? message.wraps[circle.ada.seat] : message[field]);
    bytes[place < 0 ? bytes.length + place : place] ^= 1;
    if (field === "wrap") return { ...message, wraps: { ...message.wraps, [circle.ada.seat]: b64(bytes) } };
    return { ...message, [field]: b64(bytes) };
  };

test("a commit by who facilitates is taken, and brings the same epoch to all", async () => {
  const { fay, ada, bo } = circle;
  const message = await built(next(), fay, circle.link);
  const brought = await Promise.all([fay, ada, bo].map(async (own) => examine(await read(message, own), known(own))));
  const secrets = await Promise.all(brought.map(async ({ epoch }) => b64(await epoch.exporter("x", "", 32))));
  assert.equal(new Set(secrets).size, 1);
});

/** What is altered, and the check that refuses it. @type {[string, string, () => Promise<string | null>][]} */
const BREACHES = [
  ["of another version", "version", () => refusal(next({ version: 2 }))],
  ["of another circle", "circle", async () => refusal(next({ rid: (await makeLink()).rid }))],
  ["that is the same again", "order", () => refusal(circle.first)],
  ["that skips one", "order", () => refusal(next({ n: 3 }))],
  ["that builds on another one", "order", () => refusal(next({ prev: b64(random(32)) }))],
  ["by somebody who is not on it", "committer", () => refusal(next({ by: circle.cy.mid }), { by: circle.cy })],
  [
    "by somebody who was not on the one before",
    "committer",
    async () => {
      const { cy, entry, first } = circle;
      return refusal(next({ by: cy.mid, entries: [...first.entries, entry(cy, 3)] }), { by: cy });
    },
  ],
  [
    "by somebody who only keeps the door and was not on the one before",
    "committer",
    async () => {
      const { cy, entry, first, give } = circle;
      const entries = [...first.entries, entry(cy, 3, await give(cy, KEEPS_DOOR))];
      return refusal(next({ by: cy.mid, entries }), { by: cy });
    },
  ],
  [
    "by a member, in which somebody is new",
    "power",
    () => {
      const { bo, cy, entry, first } = circle;
      return refusal(next({ by: bo.mid, entries: [...first.entries, entry(cy, 3)] }), { by: bo });
    },
  ],
  [
    "by a member, in which a certificate is taken away",
    "power",
    () => refusal(next({ by: circle.bo.mid, entries: altered(0, { certificate: null }) }), { by: circle.bo }),
  ],
  [
    "by a member, in which somebody gets a certificate for the door",
    "power",
    async () => {
      const { bo, ada, give } = circle;
      const entries = altered(1, { certificate: await give(ada, KEEPS_DOOR) });
      return refusal(next({ by: bo.mid, entries }), { by: bo });
    },
  ],
  [
    "by a member, in which a certificate is another one",
    "power",
    async () => {
      const { bo, fay, give } = circle;
      const entries = altered(0, { certificate: await give(fay, FACILITATES, NOW - 60) });
      return refusal(next({ by: bo.mid, entries }), { by: bo });
    },
  ],
  ["with a seat twice", "twice", () => refusal(next({ entries: altered(2, { seat: circle.fay.seat }) }))],
  ["with an index twice", "twice", () => refusal(next({ entries: altered(2, { index: 0 }) }))],
  [
    "with a key twice",
    "twice",
    async () => {
      const { mk } = circle.fay;
      return refusal(next({ entries: altered(2, { mk, mid: (await readTwice(mk)).mid }) }));
    },
  ],
  ["in which somebody has another index", "index", () => refusal(next({ entries: altered(2, { index: 7 }) }))],
  [
    "in which somebody new has an index that was just used",
    "index",
    () => refusal(next({ entries: [...circle.first.entries.slice(0, 2), circle.entry(circle.cy, 2)] })),
  ],
  [
    "with a certificate for other keys",
    "certificate",
    async () => refusal(next({ entries: altered(2, { certificate: await circle.give(circle.ada, KEEPS_DOOR) }) })),
  ],
  [
    "with a certificate that has run out",
    "certificate",
    async () => {
      const certificate = await circle.give(circle.bo, KEEPS_DOOR, NOW - 2 * 3600 - 61);
      return refusal(next({ entries: altered(2, { certificate }) }));
    },
  ],
  [
    "with a certificate of another root",
    "certificate",
    async () => {
      const { sign } = await rootSigner(random(32));
      const certificate = await certify(sign, unb64(circle.link.rid), circle.bo, FACILITATES, NOW);
      return refusal(next({ entries: altered(2, { certificate }) }));
    },
  ],
  ["in which one sits elsewhere", "own", () => refusal(next({ entries: altered(1, { seat: seat() }) }))],
  ["in which one only listens, though one sits", "own", () => refusal(next({ entries: altered(1, { role: 0 }) }))],
  [
    "in which another one has one's key to seal to",
    "own",
    async () => {
      const { mk } = circle.ada;
      const { mid } = await readTwice(mk, circle.bo.ms);
      return refusal(next({ entries: [circle.first.entries[0], { ...circle.first.entries[2], mk, mid, index: 3 }] }));
    },
  ],
  ["with another signature", "signature", () => refusal(next(), { message: flipped("signature") })],
  ["signed by another one", "signature", () => refusal(next(), { by: circle.bo })],
  ["with another block", "signature", () => refusal(next(), { message: flipped("block", -1) })],
  ["with another confirm", "signature", () => refusal(next(), { message: flipped("confirm") })],
  ["with another roster", "signature", () => refusal(next(), { message: flipped("roster", 366) })],
  ["with another wrap", "wrap", () => refusal(next(), { message: flipped("wrap", 40) })],
  ["with the wrap of another one", "wrap", () => refusal(next(), { message: swapped })],
  ["without one's wrap", "wrap", () => refusal(next(), { message: (one) => ({ ...one, wraps: {} }) })],
  ["whose wrap holds another secret than is confirmed", "confirm", wrongSecret],
  ["whose block does not open", "block", wrongBlock],
];

for (const [what, code, given] of BREACHES) {
  test(`a commit ${what} is refused, and changes nothing`, async () => {
    assert.equal(await given(), code);
  });
}

test("there is a breach for every check", () => {
  const refused = new Set(BREACHES.map(([, code]) => code));
  assert.deepEqual(
    CHECKS.map(([code]) => code).filter((code) => !refused.has(code)),
    [],
  );
});

/** The name of keys put together of two pairs. */
async function readTwice(mk, ms = circle.bo.ms) {
  const entries = [{ ...circle.first.entries[2], mk, ms }];
  return (await readRoster(rosterBytes({ ...circle.first, entries }))).entries[0];
}

function swapped(message) {
  const { ada, bo } = circle;
  return { ...message, wraps: { ...message.wraps, [ada.seat]: message.wraps[bo.seat] } };
}

/** The wraps of another commit to the same roster: signed, but not of what is confirmed. */
async function wrongSecret() {
  const other = await built(next(), circle.fay, circle.link);
  return refusal(next(), { message: (one) => ({ ...one, wraps: other.wraps }) });
}

/** Signed by the committer, and made of something else. */
async function wrongBlock() {
  const commit = await built(next(), circle.fay, circle.link);
  const sealed = random(256 + 28);
  const { head } = await read(commit, circle.ada);
  const signature = b64(await circle.fay.sign(await signedBy(head, commit.confirm, sealed)));
  return refusal(next(), { message: () => ({ ...commit, block: b64(sealed), signature }) });
}

test("a member may leave somebody out, and take in who holds the seed", async () => {
  const { bo, cy, entry, first, give } = circle;
  assert.equal(await refusal(next({ by: bo.mid, entries: first.entries.slice(1) }), { by: bo }), null);
  const entries = [...first.entries, entry(cy, 3, await give(cy, FACILITATES))];
  assert.equal(await refusal(next({ by: bo.mid, entries }), { by: bo }), null);
});

test("a member may give new keys to who sits already and has shown just these, but not the certificate that went with the old ones", async () => {
  const { bo, first, give } = circle;
  const again = { ...(await makeOwn()), seat: circle.fay.seat };
  const keys = { mk: again.mk, ms: again.ms, mid: again.mid, index: 3 };
  const entries = (certificate) => [...first.entries.slice(1), { ...first.entries[0], ...keys, certificate }];
  const seen = (seat, mid) => ({ by: bo, shown: new Set([`${seat} ${mid}`]) });
  const plain = next({ by: bo.mid, entries: entries(null) });
  assert.equal(await refusal(plain, seen(again.seat, again.mid)), null);
  for (const other of [{ by: bo }, seen(again.seat, circle.cy.mid), seen(bo.seat, again.mid)]) {
    assert.equal(await refusal(plain, other), "power");
  }
  assert.equal(
    await refusal(next({ by: bo.mid, entries: entries(await give(again, KEEPS_DOOR)) }), seen(again.seat, again.mid)),
    "power",
  );
});

test("who comes takes the first commit that wraps for them by a certificate, or else of somebody with the link beside whom they sat", async () => {
  const { bo, cy, entry, first, link } = circle;
  const entries = [...first.entries, entry(cy, 3)];
  assert.equal(await refusal(next({ entries }), { receiver: cy, last: null }), null);
  assert.equal(await refusal(next({ entries, by: bo.mid }), { by: bo, receiver: cy, last: null }), "block");
  const links = new Set([b64(link.secret)]);
  const inside = { by: bo, receiver: cy, last: null, links };
  assert.equal(await refusal(next({ entries, by: bo.mid }), inside), null);
  for (const [mid, code] of [
    [bo.mid, null],
    [circle.ada.mid, "block"],
  ]) {
    assert.equal(await refusal(next({ entries, by: bo.mid }), { ...inside, beside: new Set([mid]) }), code);
  }
});

test("a certificate that was taken off the roster speaks for its keys no longer, but for who holds the seed", async () => {
  const { bo, cy, entry, first, give } = circle;
  const seated = async (powers) => {
    const certificate = await give(bo, powers);
    const entries = [...first.entries.slice(0, 2), { ...first.entries[2], certificate }, entry(cy, 3)];
    return [next({ by: bo.mid, entries }), new Set([certificate])];
  };
  for (const [powers, code] of [
    [KEEPS_DOOR, "power"],
    [STANDS_IN | KEEPS_DOOR, "power"],
    [FACILITATES, null],
  ]) {
    const [roster, withdrawn] = await seated(powers);
    assert.equal(await refusal(roster, { by: bo }), null);
    assert.equal(await refusal(roster, { by: bo, withdrawn }), code);
    const anew = { by: bo, receiver: cy, last: null };
    assert.equal(await refusal(roster, anew), null);
    assert.equal(await refusal(roster, { ...anew, withdrawn }), code && "block");
  }
});

test("where the commits between are gone, the latest is taken by who facilitates or stands in alone", async () => {
  const { bo, first, give } = circle;
  const far = { n: 12, prev: b64(random(32)) };
  assert.equal(await refusal(next(far), { jump: true }), null);
  assert.equal(await refusal(next({ ...far, by: bo.mid }), { by: bo, jump: true }), "committer");
  const entries = [...first.entries.slice(0, 2), { ...first.entries[2], certificate: await give(bo, KEEPS_DOOR) }];
  assert.equal(await refusal(next({ ...far, by: bo.mid, entries }), { by: bo, jump: true }), "committer");
});

test("over commits that are gone, who stands in is followed only where the own roster has them as such: their certificate outlives a removal", async () => {
  const { bo, cy, entry, first, give } = circle;
  const stands = { ...first.entries[2], certificate: await give(bo, STANDS_IN) };
  const roster = { ...first, entries: [...first.entries.slice(0, 2), stands] };
  const far = next({ n: 12, prev: b64(random(32)), by: bo.mid, entries: roster.entries });
  assert.equal(await refusal(far, { by: bo, jump: true }), "committer");
  assert.equal(await refusal(far, { by: bo, jump: true, last: { roster, head: circle.last.head } }), null);
  const removed = { ...far, by: cy.mid, entries: [...first.entries, entry(cy, 3, await give(cy, STANDS_IN))] };
  assert.equal(await refusal(removed, { by: cy, jump: true }), "committer");
});

test("who is not on the roster takes nothing from it", async () => {
  const entries = circle.first.entries.filter(({ mid }) => mid !== circle.ada.mid);
  const commit = await read(await built(next({ entries }), circle.fay, circle.link), circle.ada);
  assert.equal(await examine(commit, known(circle.ada)), null);
});

test("a certificate is good to a minute past its time, for its keys and with a power that is known", async () => {
  const { give, bo, ada, link, root } = circle;
  const authority = { rid: unb64(link.rid), root, now: NOW };
  const certificate = await give(bo, KEEPS_DOOR);
  assert.equal(await powersOf(certificate, bo, { ...authority, now: NOW + 2 * 3600 + 60 }), KEEPS_DOOR);
  assert.equal(await powersOf(certificate, bo, { ...authority, now: NOW + 2 * 3600 + 61 }), 0);
  assert.equal(await powersOf(certificate, ada, authority), 0);
  assert.equal(await powersOf(await give(bo, 8), bo, authority), 0);
  assert.equal(await powersOf(certificate, bo, { ...authority, rid: random(16) }), 0);
});

test("a certificate to keep the door or to stand in lasts two hours, one of who holds the seed a day", async () => {
  const { give, bo } = circle;
  for (const [powers, hours] of [
    [KEEPS_DOOR, 2],
    [STANDS_IN | KEEPS_DOOR, 2],
    [FACILITATES, 24],
    [FACILITATES | KEEPS_DOOR, 24],
  ]) {
    assert.equal(readCertificate(await give(bo, powers)).until, NOW + hours * 3600);
  }
});

test("bytes from outside are read in one spelling and length only", () => {
  const text = b64(random(32));
  assert.equal(bytesOf(text, 32).length, 32);
  for (const bad of [
    `${text}=`,
    ` ${text}`,
    text.slice(1),
    `${text}AAAA`,
    "",
    null,
    7,
    ["a"],
    text.replace(/.$/, "B"),
  ]) {
    assert.throws(() => bytesOf(bad, 32), /malformed/, String(bad));
  }
  assert.throws(() => bytesOf("+/+/", 3), /malformed/);
});

test("numbers are written in their width, and refused beyond it", () => {
  assert.deepEqual([...joined(u8(255), u32(1), u64(2 ** 40))], [255, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0]);
  for (const write of [() => u8(256), () => u32(-1), () => u64(2 ** 53), () => u8(1.5)])
    assert.throws(write, /malformed/);
  assert.throws(() => makeFields(new Uint8Array(8).fill(255)).u64(), /malformed/);
});

test("a roster that is too short, too long or out of order is no roster, whatever is cut or added", async () => {
  const bytes = rosterBytes(circle.first);
  for (let length = 0; length < bytes.length; length += 7)
    await assert.rejects(readRoster(bytes.slice(0, length)), /malformed/);
  await assert.rejects(readRoster(joined(bytes, new Uint8Array(1))), /malformed/);
  const last = bytes.length - 75;
  const unsorted = joined(bytes.slice(0, last - 75), bytes.slice(last), bytes.slice(last - 75, last));
  await assert.rejects(readRoster(unsorted), /malformed/);
  for (const [place, value] of [
    [69, 0],
    [69, 33],
    [bytes.length - 1, 2],
    [bytes.length - 2, 2],
  ]) {
    const other = bytes.slice();
    other[place] = value;
    await assert.rejects(readRoster(other), /malformed/);
  }
});

test("random bytes are never a commit, and never anything but refused", async () => {
  const message = await built(next(), circle.fay, circle.link);
  for (let round = 0; round < 200; round += 1) {
    const roster = unb64(message.roster);
    for (let times = 0; times < 3; times += 1)
      roster[Math.floor(Math.random() * roster.length)] = Math.floor(Math.random() * 256);
    if (b64(roster) === message.roster) continue;
    const told = (one) => ({ ...one, roster: b64(roster) });
    assert.match(await refusal(next(), { message: told }), /^[a-z]+$/);
  }
  for (const n of [null, "2", 2.5, -1, {}])
    assert.equal(await refusal(next(), { message: (one) => ({ ...one, n }) }), "malformed");
});

test("a block is read to its last zero", async () => {
  const { link } = circle;
  const names = new Map([
    [circle.ada.mid, "Ada"],
    [circle.bo.mid, "B\u202eo"],
  ]);
  const whole = { counter: 3, link: b64(link.secret), rooms: withFreshRoom(withFreshRoom([])), names };
  const bytes = blockBytes(whole);
  assert.equal(bytes.length % 256, 0);
  assert.deepEqual(readBlock(bytes), {
    ...whole,
    names: new Map([
      [circle.ada.mid, "Ada"],
      [circle.bo.mid, "Bo"],
    ]),
  });
  for (const bad of [joined(bytes, new Uint8Array(256)), bytes.slice(0, -1), joined(bytes.slice(0, -1), u8(1))]) {
    assert.throws(() => readBlock(bad));
  }
  const apart = {
    ...whole,
    rooms: [
      { id: 1, key: b64(random(32)) },
      { id: 3, key: b64(random(32)) },
    ],
  };
  assert.throws(() => readBlock(blockBytes(apart)), /block/);
});

test("thirty-two people with the longest names fit into a block", () => {
  const names = new Map(Array.from({ length: 32 }, () => [b64(random(16)), "ő̈".repeat(200)]));
  const rooms = Array.from({ length: 40 }).reduce((all) => withFreshRoom(all), []);
  const bytes = blockBytes({ counter: 1, link: b64(random(32)), rooms, names });
  assert.ok(bytes.length <= 8192);
  assert.equal(rooms.length, 32);
  assert.equal(readBlock(bytes).rooms[31].id, 39);
});

test("room keys go round at 256", () => {
  const rooms = withFreshRoom([{ id: 255, key: b64(random(32)) }]);
  assert.equal(rooms[1].id, 0);
  assert.equal(readBlock(blockBytes({ counter: 1, link: b64(random(32)), rooms, names: new Map() })).rooms[1].id, 0);
});

test("an index is free when neither roster has it", () => {
  const entry = (index) => ({ index });
  assert.equal(freeIndex([entry(0), entry(2)], [entry(1), entry(3)]), 4);
  assert.equal(freeIndex([], []), 0);
});

test("the next link is another secret for the same circle", async () => {
  const other = await fromSeed(circle.link.seed, 2);
  assert.equal(other.rid, circle.link.rid);
  assert.notDeepEqual(other.secret, circle.link.secret);
});
