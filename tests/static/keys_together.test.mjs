// A server that lies together with somebody: who was removed, who has the link, or who sits here. Each knows more than a server alone does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unb64 } from "../../static/js/keys/bytes.js";
import { satHere } from "../../static/js/keys/introductions.js";
import { makeOwn } from "../../static/js/keys/members.js";
import { readRoster } from "../../static/js/keys/roster.js";
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
