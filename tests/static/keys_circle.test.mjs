// Circles of several pages in simulated time: who comes, who goes, who is lost and comes back, and who holds which keys then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCircle } from "./keysim.mjs";

const names = (page) => page.keys.state.roster.map(({ name }) => name);

test("who opens a circle begins its keys at once, and shows a door key", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  assert.equal(fay.keys.epoch, 1);
  assert.deepEqual(names(fay), ["Fay"]);
  assert.equal(fay.keys.state.roster[0].powers, 1);
  assert.ok(circle.seatOf(fay.id).door_key);
  assert.equal(fay.keys.state.warning, null);
});

test("who is let in by a press has the circle's keys within a second and a half, and everybody's names", async () => {
  const circle = await makeCircle();
  const fay = await circle.facilitator("Fay");
  const ada = await circle.knock("Ada", "It is my first time");
  const read = await fay.keys.openKnock(circle.knockOf(ada));
  assert.deepEqual([read.name, read.note], ["Ada", "It is my first time"]);
  const name = await fay.keys.letIn(circle.knockOf(ada));
  assert.equal(await fay.keys.openRoom(name, "name"), "Ada");
  circle.seatThem(ada);
  await circle.run(1.5);
  assert.ok(await circle.agree(fay, ada));
  assert.deepEqual(names(ada), ["Fay", "Ada"]);
  assert.deepEqual(fay.media.sends, { n: 2, kid: 2 });
  assert.deepEqual(ada.media.sends, { n: 2, kid: 256 + 2 });
});
