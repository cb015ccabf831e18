// The keys' bytes against those that Python reckons independently (key_vectors.json), and HPKE against a published vector.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64, hkdf, joined, sha256, unb64 } from "../../static/js/keys/bytes.js";
import { examine } from "../../static/js/keys/checks.js";
import { buildCommit, readCommit } from "../../static/js/keys/commit.js";
import { doorKey, doorstepWords, openBox, trueKeepers } from "../../static/js/keys/doorstep.js";
import { makeEpoch, readBlock } from "../../static/js/keys/epoch.js";
import { openFrom, sealTo } from "../../static/js/keys/hpke.js";
import {
  bySeed,
  certificateIn,
  readIntroduction,
  satBefore,
  satHere,
  unvouched,
} from "../../static/js/keys/introductions.js";
import { fromSeed, isPinned, rootSigner } from "../../static/js/keys/links.js";
import { certify, lasts, midOf, powersOf, readCertificate } from "../../static/js/keys/members.js";
import { readBeat } from "../../static/js/keys/pulse.js";
import { headOf, readRoster, rosterBytes } from "../../static/js/keys/roster.js";
import { safetyWords } from "../../static/js/keys/safety.js";
import { doorWords, openInRoom, openSigned } from "../../static/js/keys/sealing.js";
import { kidOf } from "../../static/js/keys/sending.js";
import { belonging, pad } from "../../static/js/keys/words.js";
import { read } from "./source.mjs";

const vectors = JSON.parse(read("tests/static/key_vectors.json"));
const { ground, now, people, rosters, commits } = vectors;
const authority = { rid: unb64(ground.rid), root: unb64(ground.root), now };
const door = { rid: ground.rid, root: authority.root, link: unb64(ground.link) };

/** @param {"X25519" | "Ed25519"} curve @param {string} key @param {KeyUsage[]} uses */
const privateKey = (curve, key, uses) => {
  const front = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, curve === "X25519" ? 0x6e : 0x70, 4, 0x22, 4, 0x20];
  return crypto.subtle.importKey("pkcs8", new Uint8Array([...front, ...unb64(key)]), curve, false, uses);
};

/** @param {string} name one of the vectors' people, with the keys that Python drew */
async function person(name) {
  const { seat, mk, ms, mid, mk_private: box, ms_private: signer } = people[name];
  const key = await privateKey("Ed25519", signer, ["sign"]);
  return {
    ...{ seat, mk, ms, mid },
    box: {
      privateKey: await privateKey("X25519", box, ["deriveBits"]),
      publicKey: await crypto.subtle.importKey("raw", unb64(mk), "X25519", true, []),
    },
    sign: async (data) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, data)),
  };
}

/** @param {number} place */
const epochAt = async (place) =>
  makeEpoch(await readRoster(unb64(rosters[place].raw)), rosters[place].head, unb64(commits[place].secret));

/** @param {number} place @param {string} seat */
const messageFor = (place, seat) => ({
  type: "commit",
  n: rosters[place].n,
  roster: rosters[place].raw,
  confirm: commits[place].confirm,
  signature: commits[place].signature,
  block: commits[place].sealed,
  wrap: commits[place].wraps[seat] ?? null,
});

/** @param {Awaited<ReturnType<typeof person>>} own @param {object} [more] */
const known = (own, more) => ({
  ...{
    rid: ground.rid,
    root: authority.root,
    own,
    seat: own.seat,
    roles: new Set([0, 1]),
    last: null,
    jump: false,
    links: new Set(),
    withdrawn: new Set(),
    shown: new Set(),
    now,
  },
  ...more,
});

test("HPKE opens the vector of RFC 9180's authors for our suite, mode base", async () => {
  // From the file of vectors that goes with the RFC: kem 32, kdf 1, aead 2, mode 0, its first encryption. The RFC's text has no such suite.
  const hex = (text) => Uint8Array.from(text.match(/../g), (two) => Number.parseInt(two, 16));
  const secret = hex("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d");
  const recipient = hex("430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c");
  const box = hex(
    "6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256" +
      "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a",
  );
  const about = { info: hex("4f6465206f6e2061204772656369616e2055726e"), aad: hex("436f756e742d30") };
  const key = {
    privateKey: await privateKey("X25519", b64(secret), ["deriveBits"]),
    publicKey: await crypto.subtle.importKey("raw", recipient, "X25519", true, []),
  };
  assert.equal(new TextDecoder().decode(await openFrom(key, about, box)), "Beauty is truth, truth beauty");
  for (const place of [0, 31, 32, box.length - 1]) {
    const altered = box.slice();
    altered[place] ^= 1;
    assert.equal(await openFrom(key, about, altered), null);
  }
});

test("with a key that agrees on nothing but zeros, nothing is sealed and nothing opened", async () => {
  const fay = await person("Fay");
  await assert.rejects(sealTo(new Uint8Array(32), { info: new Uint8Array() }, new Uint8Array(32)));
  assert.equal(await openFrom(fay.box, { info: new Uint8Array() }, new Uint8Array(80)), null);
});

test("a pre-shared key that is too short seals nothing", async () => {
  const psk = { id: authority.rid, key: new Uint8Array(31) };
  await assert.rejects(sealTo(unb64(people.Fay.mk), { info: new Uint8Array(), psk }, new Uint8Array(32)));
});

test("the link, its root and its pin are those of the seed", async () => {
  const link = await fromSeed(unb64(ground.seed));
  assert.deepEqual([link.rid, b64(link.secret), link.fp], [ground.rid, ground.link, ground.fp]);
  assert.equal(b64((await rootSigner(unb64(ground.seed))).root), ground.root);
  assert.ok(await isPinned(link, authority.root));
  assert.ok(!(await isPinned(link, new Uint8Array(32))));
});

test("members are named by both of their keys", async () => {
  for (const { mk, ms, mid } of Object.values(people)) assert.equal(await midOf(mk, ms), mid);
});

for (const { of, powers, until, raw } of vectors.certificates) {
  test(`a certificate is read and made as Python makes it: ${of}`, async () => {
    const { sign } = await rootSigner(unb64(ground.seed));
    assert.equal(await powersOf(raw, people[of], authority), powers);
    assert.equal(readCertificate(raw).until, until);
    assert.equal(await certify(sign, authority.rid, people[of], powers, until - lasts(powers)), raw);
  });
}

for (const { label, key, secret, head, context, length, value } of vectors.derived) {
  test(`${key ? "HKDF" : "an exporter"} gives what Python gives: ${label}`, async () => {
    const about = context === null ? undefined : unb64(context);
    const given = key
      ? await hkdf(unb64(key), label, about, length)
      : await (await makeEpoch({ n: 1 }, head, unb64(secret))).exporter(label, about, length);
    assert.equal(b64(given), value);
  });
}

for (const [place, { n, raw, head }] of rosters.entries()) {
  test(`roster ${n} is read, and written again to the same bytes and head`, async () => {
    const roster = await readRoster(unb64(raw));
    assert.equal(b64(rosterBytes(roster)), raw);
    assert.equal(await headOf(unb64(raw)), head);
    assert.equal(roster.n, n);
    assert.equal(b64(unb64(raw)), raw);
  });

  test(`commit ${n} is taken by each for whom it is wrapped, with the same names and link`, async () => {
    const last = place === 0 ? null : { roster: await readRoster(unb64(rosters[0].raw)), head: rosters[0].head };
    for (const { mid, seat } of (await readRoster(unb64(raw))).entries) {
      const [name] = Object.entries(people).find(([, one]) => one.mid === mid);
      const own = { ...(await person(name)), seat };
      const { epoch, block } = await examine(await readCommit(messageFor(place, seat)), known(own, { last }));
      assert.equal(await epoch.confirm(), commits[place].confirm);
      assert.equal(block.link, ground.link);
      assert.deepEqual(block.names, readBlock(unb64(commits[place].block)).names);
    }
  });
}

test("what we commit Python's rules take in: read back, and wrapped for each", async () => {
  const fay = await person("Fay");
  const roster = await readRoster(unb64(rosters[0].raw));
  const block = readBlock(unb64(commits[0].block));
  const { wraps, ...message } = await buildCommit(roster, block, fay);
  for (const { mid, seat } of roster.entries) {
    const [name] = Object.entries(people).find(([, one]) => one.mid === mid);
    const brought = await examine(await readCommit({ ...message, wrap: wraps[seat] }), known(await person(name)));
    assert.equal(await brought.epoch.confirm(), message.confirm);
  }
});

test("a door key holds, and the box for it opens by that key and under that link alone", async () => {
  const { key, of, box, who, secret } = vectors.door;
  const fay = await person(of);
  assert.equal((await trueKeepers([{ seat: fay.seat, key }], (...of) => powersOf(...of, authority))).length, 1);
  assert.equal(doorKey(fay, b64(unb64(key).slice(64))), key);
  const opened = await openBox(door, fay, box);
  assert.deepEqual([opened.mk, opened.ms, b64(opened.secret)], [people[who].mk, people[who].ms, secret]);
  assert.equal(await openBox({ ...door, link: (await fromSeed(unb64(ground.seed), 2)).secret }, fay, box), null);
  assert.equal(await openBox(door, await person("Obi"), box), null);
});

for (const { kind, who, keys, seat, epoch: m, resume, mid } of vectors.introductions) {
  test(`an introduction of kind ${kind} is read and made as Python makes it`, async () => {
    const introduction = await readIntroduction(keys);
    assert.deepEqual([introduction.mid, introduction.kind], [people[who].mid, kind]);
    const certificate = await certificateIn(introduction, authority);
    if (kind === 0) assert.equal(unvouched(people[who]), keys);
    if (kind === 1) assert.equal(bySeed(people[who], certificate), keys);
    if (kind !== 2) return;
    const epoch = await epochAt(0);
    assert.equal(b64(await epoch.resume(mid)), resume);
    assert.ok(await satBefore(introduction, seat, ground.rid, (n) => (n === m ? epoch : null)));
    assert.equal(await satHere(people[who], { rid: ground.rid, seat, m, resume: unb64(resume) }), keys);
  });
}

/** Opens one of the vectors' words by its sort. @type {Record<string, (one: any, about: string[]) => Promise<string | null>>} */
const OPENS = {
  door: ({ sealed, kind, link }, about) => doorWords(unb64(link), ground.rid).open(sealed, kind, ...about),
  doorstep: ({ sealed, kind, secret }, about) => doorstepWords(unb64(secret), ground.rid).open(sealed, kind, ...about),
  room: ({ sealed, kind, room, key }, about) =>
    openInRoom((one) => (one === room ? { key: unb64(key) } : null), ground.rid, sealed, kind, about),
  own: async ({ sealed, kind, who, n }, about) => {
    const epoch = await epochAt(n - 1);
    return openSigned((one) => (one === n ? epoch : null), people[who].seat, ground.rid, sealed, kind, about);
  },
};

for (const one of vectors.words) {
  test(`${one.sort} words open as Python sealed them: ${one.kind} ${one.about}`, async () => {
    const about = one.about.split(" ").filter(Boolean);
    assert.equal(await OPENS[one.sort](one, about), one.text);
    assert.equal(await OPENS[one.sort](one, [...about, "elsewhere"]), null);
    if (one.padded) assert.equal(b64(pad(one.text, one.kind)), one.padded);
    if (one.aad) assert.equal(b64(belonging(ground.rid, one.kind, about)), one.aad);
  });
}

test("a heartbeat is taken by its member's key, and by no other", async () => {
  for (const { who, n, time, raw } of vectors.beats) {
    const beat = await readBeat(raw, ground.rid, (mid) => (mid === people[who].mid ? people[who].ms : null));
    assert.deepEqual(beat, { mid: people[who].mid, n, head: rosters[n - 1].head, time });
    assert.equal(await readBeat(raw, ground.rid, () => people.Ada.ms), null);
  }
});

test("the facilitators' link opens for whom it was boxed", async () => {
  const { to, seat, box } = vectors.seed_box;
  const about = { info: joined("circle/1 seed", authority.rid), aad: unb64(seat) };
  assert.equal(b64(await openFrom((await person(to)).box, about, unb64(box))), ground.seed);
  assert.equal(await openFrom((await person("Obi")).box, about, unb64(box)), null);
});

test("the words to read aloud are the same as Python's", async () => {
  assert.deepEqual(await safetyWords(ground.rid, authority.root), vectors.safety.words);
  assert.equal((await sha256(joined("circle words", authority.rid, authority.root))).length, 32);
});

test("frames get the keys and the KID that Python gives them", async () => {
  for (const { n, mid, index, base_key: base, kid } of vectors.frames) {
    const given = await (await epochAt(n - 1)).exporter("media", unb64(mid), 32);
    assert.deepEqual([b64(given), kidOf(index, n)], [base, kid]);
  }
});
