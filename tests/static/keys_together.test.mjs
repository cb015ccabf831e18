// A server that lies together with somebody: who was removed, who has the link, or who sits here. Each knows more than a server alone does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64, random, unb64 } from "../../static/js/keys/bytes.js";
import { buildCommit } from "../../static/js/keys/commit.js";
import { satHere } from "../../static/js/keys/introductions.js";
import { rootSigner } from "../../static/js/keys/links.js";
import { certify, FACILITATES, KEEPS_DOOR, makeOwn, midOf, STANDS_IN } from "../../static/js/keys/members.js";
import { headOf, readRoster, rosterBytes } from "../../static/js/keys/roster.js";
import { makeCircle } from "./keysim.mjs";

const rosterOf = (commit) => readRoster(unb64(commit.roster));
const latest = (circle) => rosterOf(circle.state.commits.at(-1));

/** Fay, who facilitates, with Ada and Bo. */
async function three(lies) {
  const circle = await makeCircle(lies);
  const fay = await circle.facilitator("Fay");
  return { circle, fay, ada: await circle.member("Ada", fay), bo: await circle.member("Bo", fay) };
}

/** What everybody of an epoch can reckon: the proof of having sat at any of its seats. */
async function proofOf({ keys }, seat, mid) {
  const resume = await keys.exporter("resume", unb64(mid), 32);
  return { m: keys.epoch, resume, seat };
}

/** Whether these keys were on any roster that is kept. */
const held = async (circle, mk) =>
  (await Promise.all(circle.state.commits.map(rosterOf))).some(({ entries }) => entries.some((one) => one.mk === mk));

test("who was removed, or has left, is not taken in again by the proof of having sat here, whatever the server shows", async () => {
  const { circle, fay, ada, bo } = await three();
  const { entries } = await latest(circle);
  const proof = await proofOf(bo, bo.id, entries.find(({ seat }) => seat === bo.id).mid);
  await circle.gone(bo);
  await circle.run(2);
  assert.ok(await circle.agree(fay, ada));
  const ghost = await makeOwn();
  circle.seatThem({ id: bo.id });
  circle.seatOf(bo.id).keys = await satHere(ghost, { rid: circle.link.rid, ...proof });
  circle.show();
  await circle.run(12);
  assert.ok(!(await held(circle, ghost.mk)));
  assert.ok(await circle.agree(fay, ada));
});

test("who was removed cannot come back in another's place: an epoch of theirs proves nothing any more", async () => {
  const { circle, fay, ada, bo } = await three();
  const { entries } = await latest(circle);
  const proof = await proofOf(bo, ada.id, entries.find(({ seat }) => seat === ada.id).mid);
  await circle.gone(bo);
  await circle.run(2);
  const ghost = await makeOwn();
  circle.seatOf(ada.id).keys = await satHere(ghost, { rid: circle.link.rid, ...proof });
  circle.show();
  await circle.run(12);
  assert.ok(!(await held(circle, ghost.mk)));
  assert.ok(await circle.agree(fay, ada));
});

/** Keys of somebody's own making. */
const stranger = async () => ({ ...(await makeOwn()), seat: b64(random(8)), certificate: null });

/** A roster of somebody's own making, who has the link, with another page on it. */
async function madeUp(circle, page, n, ghost) {
  const shown = unb64(circle.seatOf(page.id).keys);
  const { mk, ms } = { mk: b64(shown.slice(0, 32)), ms: b64(shown.slice(32, 64)) };
  const entries = [
    { ...ghost, index: 100, role: 1 },
    { seat: page.id, mk, ms, mid: await midOf(mk, ms), index: 101, role: 1, certificate: null },
  ];
  const roster = { version: 1, rid: circle.link.rid, n, prev: b64(random(32)), by: ghost.mid, entries };
  const block = {
    counter: 1,
    link: b64(circle.link.secret),
    rooms: [{ id: 0, key: b64(random(32)) }],
    names: new Map(),
  };
  const { wraps, ...commit } = await buildCommit(roster, block, ghost);
  return { ...commit, wrap: wraps[page.id] };
}

for (const [how, alter] of [
  [
    "is shown keys that never come",
    async (circle, ada, lie) => {
      lie.epoch = 1000;
      circle.show();
      await circle.run(12);
      return ada;
    },
  ],
  ["comes back after a reload", async (circle, ada) => circle.reload(ada)],
]) {
  test(`whoever ${how} takes no roster of somebody's who has the link and never sat with them`, async () => {
    const lie = { epoch: null };
    const { circle, ada } = await three({
      out: (page, event, data) => {
        if (page.name !== "Ada" || lie.epoch === null) return data;
        return event === "view" ? { ...data, epoch: lie.epoch } : [];
      },
      in: (_page, _event, data) => (lie.epoch !== null && data.type === "commit" ? null : data),
      fetch: (_page, commits) => (lie.epoch === null ? commits : []),
    });
    lie.epoch = how.includes("reload") ? circle.state.epoch : lie.epoch;
    const again = await alter(circle, ada, lie);
    assert.ok(circle.seatOf(ada.id).keys);
    again.keys.take(await madeUp(circle, again, lie.epoch, await stranger()));
    await circle.settle();
    assert.notEqual(again.keys.epoch, lie.epoch);
    circle.end();
  });
}

/** Two whom the circle takes in by a commit that a test makes: Gus, who facilitates, and Cy, by a certificate or without. */
async function seated(circle, page, powers = 0) {
  const { sign } = await rootSigner(circle.link.seed);
  const before = await latest(circle);
  const given = async (one, power) => {
    const certificate = power ? await certify(sign, unb64(circle.link.rid), one, power, circle.time.now) : null;
    return { ...one, certificate };
  };
  const [gus, cy] = [await given(await stranger(), FACILITATES), await given(await stranger(), powers)];
  for (const { seat } of [gus, cy]) circle.seatThem({ id: seat });
  const entries = [...before.entries, { ...gus, index: 100, role: 1 }, { ...cy, index: 101, role: 1 }];
  await commits(circle, gus, { ...before, by: gus.mid, entries });
  assert.equal(page.keys.state.roster.length, 5);
  return { gus, cy };
}

/** What the server takes of somebody who sits, and tells all. */
async function commits(circle, own, roster) {
  const before = await latest(circle);
  const next = { ...roster, n: before.n + 1, prev: await headOf(rosterBytes(before)) };
  const rooms = [{ id: 0, key: b64(random(32)) }];
  const block = { counter: 1, link: b64(circle.link.secret), rooms, names: new Map() };
  const page = { id: own.seat, online: true };
  assert.deepEqual(circle.say(page, "keys", await buildCommit(next, block, own)), { ok: true });
  await circle.settle();
}

/** Somebody who was removed, and has a certificate still. */
async function removedWith(circle, fay, powers) {
  const { gus, cy } = await seated(circle, fay, powers);
  for (const { seat } of [gus, cy]) await circle.gone({ id: seat });
  await circle.run(3);
  assert.equal(fay.keys.state.roster.length, 3);
  return cy;
}

for (const powers of [KEEPS_DOOR, STANDS_IN]) {
  test(`who was removed with a certificate of power ${powers} captures nobody by it who has sat with them`, async () => {
    const lie = { epoch: null };
    const { circle, fay, ada } = await three({
      out: (page, event, data) => {
        if (page.name !== "Ada" || lie.epoch === null) return data;
        return event === "view" ? { ...data, epoch: lie.epoch } : [];
      },
      in: (_page, _event, data) => (lie.epoch !== null && data.type === "commit" ? null : data),
      fetch: (_page, commits) => (lie.epoch === null ? commits : []),
    });
    const cy = await removedWith(circle, fay, powers);
    lie.epoch = 1000;
    circle.show();
    await circle.run(12);
    assert.ok(circle.seatOf(ada.id).keys);
    ada.keys.take(await madeUp(circle, ada, lie.epoch, cy));
    await circle.settle();
    assert.notEqual(ada.keys.epoch, lie.epoch);
    circle.end();
  });
}

test("a member puts no other keys at another one's seat than are shown there, and whoever leads goes on without", async () => {
  const { circle, fay, ada, bo } = await three();
  const { cy } = await seated(circle, fay);
  const before = await latest(circle);
  const ghost = { ...(await makeOwn()), seat: ada.id };
  const entries = before.entries.map((one) => (one.seat === ada.id ? { ...one, ...ghost, index: 102 } : one));
  await commits(circle, cy, { ...before, by: cy.mid, entries });
  for (const page of [fay, bo]) assert.equal(page.keys.epoch, before.n);
  await circle.run(8);
  assert.ok(await circle.agree(fay, ada, bo));
  for (const page of [fay, bo]) assert.ok(page.keys.state.passages.every(({ what }) => what !== "back"));
});

test("a member gives two who sit not each other's seat", async () => {
  const { circle, fay, ada, bo } = await three();
  const { cy } = await seated(circle, fay);
  const before = await latest(circle);
  const swapped = { [ada.id]: bo.id, [bo.id]: ada.id };
  const entries = before.entries.map((one) => ({ ...one, seat: swapped[one.seat] ?? one.seat }));
  await commits(circle, cy, { ...before, by: cy.mid, entries });
  assert.equal(fay.keys.epoch, before.n);
  await circle.run(8);
  assert.ok(await circle.agree(fay, ada, bo));
});
