// Links, proofs and sealed words, against vectors that Python reckons independently (vectors.json).
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64, unb64 } from "../../static/js/keys/bytes.js";
import {
  connectProof,
  facilitatorAddress,
  fromSeed,
  joinProof,
  makeLink,
  memberAddress,
  opening,
  readLink,
  sign,
} from "../../static/js/keys/links.js";
import { linkSchedule } from "../../static/js/keys/schedule.js";
import { clean, makeWords } from "../../static/js/keys/words.js";
import { read } from "./source.mjs";

const vectors = JSON.parse(read("tests/static/vectors.json"));
const [circle] = vectors.circles;
const NOBODY = async () => assert.fail("no challenge is needed");

/** @param {string} address @param {(text: string) => string} [change] of the fragment */
const readAddress = (address, change = (text) => text) => {
  const { pathname, hash } = new URL(address);
  return readLink(pathname, change(hash.slice(1)));
};

/** Words of the vectors' circle; by another secret, circle or nonce if one is given. */
const makeTestWords = ({ link = circle.link, rid = circle.rid, nonce = vectors.nonce } = {}) =>
  makeWords(linkSchedule(unb64(link)), rid, () => unb64(nonce));

/** @param {string} about */
const parts = (about) => about.split(" ").filter(Boolean);

for (const one of vectors.circles) {
  test(`a seed makes the secret, pin, proofs and addresses that Python makes, link ${one.counter}`, async () => {
    const link = await fromSeed(unb64(one.seed), one.counter);
    assert.equal(link.rid, one.rid);
    assert.equal(b64(link.secret), one.link);
    assert.equal(link.fp, one.fp);
    assert.equal(await joinProof(link), one.join);
    assert.equal(await sign(link, one.challenge), one.signature);
    assert.equal(memberAddress(link, vectors.base), one.members);
    assert.equal(facilitatorAddress(link, vectors.base), one.facilitators);
  });
}

test("what opens a circle is what Python posts, and holds neither the seed, the secret nor the join proof", async () => {
  const posted = await opening(await fromSeed(unb64(circle.seed)));
  assert.deepEqual(posted, circle.opening);
  for (const secret of [circle.seed, circle.link, circle.join]) assert.ok(!JSON.stringify(posted).includes(secret));
});

test("both links are read back as written, and only the facilitators' one has the seed", async () => {
  const members = await readAddress(circle.members);
  const facilitators = await readAddress(circle.facilitators);
  assert.equal(b64(members.secret), circle.link);
  assert.equal(members.fp, circle.fp);
  assert.equal(members.seed, null);
  assert.equal(b64(facilitators.seed), circle.seed);
  assert.equal(b64(facilitators.secret), circle.link);
});

test("a link that is cut off, altered in form or of another version is no link, and throws nothing", async () => {
  const bad = [
    (text) => text.slice(0, -1),
    (text) => `${text}A`,
    (text) => text.replace("1.", "2."),
    (text) => text.replaceAll(".", ""),
    (text) => `!${text.slice(1)}`,
    () => "",
  ];
  for (const change of bad) {
    assert.equal(await readAddress(circle.members, change), null, change("1.…"));
    if (!String(change).includes(".replace")) assert.equal(await readAddress(circle.facilitators, change), null);
  }
  const { hash } = new URL(circle.members);
  for (const path of ["/", "/c/", "/c/short", `/x/${circle.rid}`, `/c/${circle.rid}/more`, `/f/${circle.rid}`]) {
    assert.equal(await readLink(path, hash.slice(1)), null, path);
  }
});

test("a new circle is never like another one", async () => {
  const [one, other] = [await makeLink(), await makeLink()];
  assert.notEqual(one.rid, other.rid);
  assert.notEqual(b64(one.secret), b64(other.secret));
  assert.match(one.rid, /^[A-Za-z0-9_-]{22}$/);
});

test("at the door a member shows the join proof, a facilitator signs the server's nonce, and a token stands for a seat", async () => {
  const members = await readAddress(circle.members);
  const facilitators = await readAddress(circle.facilitators);
  const { rid } = circle;
  assert.deepEqual(await connectProof(members, null, NOBODY), { v: 1, rid, join: circle.join });
  assert.deepEqual(await connectProof(members, "spent", NOBODY), { v: 1, rid, token: "spent", join: circle.join });
  assert.deepEqual(await connectProof(facilitators, "spent", NOBODY), { v: 1, rid, token: "spent" });
  const asked = [];
  const challenge = async (which) => {
    asked.push(which);
    return circle.challenge;
  };
  const expected = { v: 1, rid, nonce: circle.challenge, signature: circle.signature };
  assert.deepEqual(await connectProof(facilitators, null, challenge), expected);
  assert.deepEqual(asked, [rid]);
});

test("words are sealed to the very bytes that Python seals them to", async () => {
  for (const { kind, text, about, sealed } of vectors.sealed) {
    if (clean(text, kind) === text) assert.equal(await makeTestWords().seal(text, kind, ...parts(about)), sealed, text);
  }
  const same = vectors.sealed.filter(({ kind, text }) => clean(text, kind) === text);
  assert.equal(new Set(same.map(({ kind }) => kind)).size, 12);
});

test("words that Python sealed are opened, as everybody may see them", async () => {
  for (const { kind, text, about, sealed } of vectors.sealed) {
    assert.equal(await makeTestWords().open(sealed, kind, ...parts(about)), clean(text, kind));
  }
});

test("two seals of the same words share nothing, since each takes a nonce of its own", async () => {
  const words = makeWords(linkSchedule(unb64(circle.link)), circle.rid);
  const [one, other] = [await words.seal("Wren", "name"), await words.seal("Wren", "name")];
  assert.notEqual(one.slice(0, 16), other.slice(0, 16));
  assert.notEqual(one.slice(16), other.slice(16));
  assert.equal(await words.open(other, "name"), "Wren");
});

test("the length of what is sealed says nothing of the length of the words", async () => {
  const words = makeTestWords();
  for (const text of ["", "a", "Wren", "長".repeat(40), "x".repeat(4000)]) {
    assert.equal((await words.seal(text, "name")).length, 379);
    assert.equal((await words.seal(text, "note")).length, 1403);
  }
});

test("words of another link, another circle or another kind stay closed", async () => {
  const { sealed } = vectors.sealed[0];
  const other = b64((await makeLink()).secret);
  assert.equal(await makeTestWords({ link: other }).open(sealed, "name"), null);
  assert.equal(await makeTestWords({ rid: b64(new Uint8Array(16)) }).open(sealed, "name"), null);
  assert.equal(await makeTestWords().open(sealed, "note"), null);
});

test("words of another seat, another turn or none stay closed, so that nobody's are shown as somebody else's", async () => {
  const words = makeTestWords();
  const share = await words.seal("It was a long week.", "share", "seat-a", 7);
  assert.equal(await words.open(share, "share", "seat-a", 7), "It was a long week.");
  for (const about of [["seat-b", 7], ["seat-a", 8], ["seat-a"], ["seat-a", 7, 7], []]) {
    assert.equal(await words.open(share, "share", ...about), null, about.join(" "));
  }
  const atTheDoor = await words.seal("I am new.", "note");
  assert.equal(await words.open(atTheDoor, "note", "seat-a"), null);
});

test("a share has one of two lengths, whatever is in it", async () => {
  const words = makeTestWords();
  const length = async (/** @type {string} */ text) => (await words.seal(text, "share", "s", 1)).length;
  for (const text of ["", "a", "x".repeat(1022)]) assert.equal(await length(text), 1403);
  for (const text of ["x".repeat(1023), "長".repeat(3000), "👨‍👩‍👧‍👦".repeat(3000)])
    assert.equal(await length(text), 5499);
});

test("a share keeps its lines and the joiners of its script, and loses what is hidden or empty", () => {
  const written = "One.\r\n \t two \u2028three\n\n\n\n four\u202e\u200b\u0000 ";
  assert.equal(clean(written, "share"), "One.\ntwo\nthree\n\nfour");
  assert.equal(clean("می\u200cخواهم", "share"), "می\u200cخواهم");
  assert.equal(clean(written, "writing"), "One. two three four");
});

test("words that were cut, altered or never sealed stay closed, and throw nothing", async () => {
  const words = makeTestWords();
  const { sealed } = vectors.sealed[0];
  const flipped = (/** @type {number} */ at) => {
    const bytes = unb64(sealed);
    bytes[at] ^= 1;
    return b64(bytes);
  };
  const bad = [
    "",
    "A",
    "****",
    "ÄÖ",
    sealed.slice(0, 16),
    sealed.slice(0, -4),
    `${sealed}AAAA`,
    flipped(0),
    flipped(12),
  ];
  for (const text of [...bad, flipped(unb64(sealed).length - 1)]) assert.equal(await words.open(text, "name"), null);
});

test("what does not belong into a name never reaches another screen", async () => {
  const words = makeTestWords();
  const shown = async (/** @type {string} */ text) => words.open(await words.seal(text, "name"), "name");
  assert.equal(await shown("  Wren \n\t of  the wood "), "Wren of the wood");
  assert.equal(await shown("Wr\u202een\u200b\u0000"), "Wren");
  assert.equal(await shown("\u200b \u202e"), "");
  assert.equal([...(await shown("x".repeat(4000)))].length, 40);
});

test("a name looks the same however it was typed", () => {
  assert.notEqual("Zoë".normalize("NFD"), "Zoë");
  assert.equal(clean("Zoë".normalize("NFD"), "name"), "Zoë");
});

test("a long word of many bytes is cut between letters, so that it always fits its padding", () => {
  const family = "👨‍👩‍👧‍👦".repeat(40);
  for (const text of [family, "ﷺ".repeat(200), "e\u0301\u0302\u0303".repeat(300), "\ud83d".repeat(300)]) {
    const kept = clean(text, "name");
    assert.ok(new TextEncoder().encode(kept).length <= 254);
  }
});

test("keys follow the epoch: after a change the old key opens nothing", async () => {
  /** @type {((epoch: number) => void)[]} */
  const listeners = [];
  let secret = unb64(circle.link);
  const schedule = {
    epoch: 0,
    exporter: (...given) => linkSchedule(secret).exporter(...given),
    onEpoch: (listener) => listeners.push(listener),
  };
  const words = makeWords(schedule, circle.rid);
  const before = await words.seal("Wren", "name");
  assert.equal(await words.open(before, "name"), "Wren");
  secret = (await makeLink()).secret;
  for (const tell of listeners) tell(1);
  assert.equal(await words.open(before, "name"), null);
  assert.equal(await words.open(await words.seal("Wren", "name"), "name"), "Wren");
});

test("base64url goes there and back for every byte, without signs that an address would change", () => {
  for (let length = 0; length < 5; length += 1) {
    const bytes = Uint8Array.from({ length: 256 + length }, (_, index) => index & 255);
    assert.deepEqual(unb64(b64(bytes)), bytes);
    assert.match(b64(bytes), /^[A-Za-z0-9_-]*$/);
  }
});

test("a facilitators' link whose two halves do not belong together is no link", async () => {
  const other = facilitatorAddress(await makeLink(), vectors.base);
  const mixed = `${circle.facilitators.split("#")[0]}#${other.split("#")[1]}`;
  assert.equal(await readAddress(mixed), null);
});

test("a name has something to see, and no heap of marks", () => {
  for (const nothing of ["\u3164", "\u115F\u1160", "\u2800 \u2800", "\uFE0F\u034F", "\u0301"])
    assert.equal(clean(nothing, "name"), "");
  assert.equal([...clean(`Z${"\u0335".repeat(40)}oe`, "name")].filter((letter) => letter === "\u0335").length, 3);
  for (const real of ["Zoë", "小雨", "נועה", "สมชาย", "☀", "Ng\u0323\u0302"])
    assert.equal(clean(real, "name"), real.normalize("NFC"));
});
