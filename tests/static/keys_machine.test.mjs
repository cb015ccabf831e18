// Anybody comes, goes, drops, comes back or loads anew, at any time, with lost messages: when it is calm again all who sit hold the same keys, and nobody else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCircle } from "./keysim.mjs";

/** The same numbers for the same seed. */
function makeDice(seed) {
  let state = seed;
  return (sides) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * sides);
  };
}

const here = (circle) => circle.pages.filter(({ id, online }) => online && circle.seatOf(id));
const members = (circle) => here(circle).filter(({ id }) => circle.seatOf(id).role !== "facilitator");
const leaders = (circle) => here(circle).filter(({ id }) => circle.seatOf(id).role === "facilitator");
const away = (circle) => circle.pages.filter(({ id, online }) => !online && circle.seatOf(id));

/** What may happen, each with its number of sides. */
const HAPPENS = [
  async (circle, _pick, keeper) => {
    if (circle.state.seats.length < 7) await circle.member(`M${circle.time.now}`, keeper);
  },
  async (circle, pick) => {
    const one = pick(members(circle));
    if (one) await circle.gone(one);
  },
  async (circle, pick) => {
    const one = pick(here(circle));
    if (one && (leaders(circle).length > 1 || circle.seatOf(one.id).role !== "facilitator")) await circle.drop(one);
  },
  async (circle, pick) => {
    const one = pick(away(circle));
    if (one) await circle.back(one);
  },
  async (circle, pick) => {
    const one = pick(members(circle));
    if (one) await circle.reload(one);
  },
  async (circle) => {
    if (leaders(circle).length < 2) await circle.facilitator(`F${circle.time.now}`);
  },
];

/** Who cannot be vouched for is asked for by a person on one page, as people do. */
async function vouch(circle) {
  const [keeper] = leaders(circle);
  for (const { seat } of keeper.keys.state.introduced) await keeper.keys.vouch(seat);
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  test(`after a lively while all who sit hold the same keys, and who went holds none: ${seed}`, async () => {
    const dice = makeDice(seed * 7919);
    const lies = { out: (_page, event, data) => (event === "keys" && dice(12) === 0 ? [] : data) };
    const circle = await makeCircle(lies);
    await circle.facilitator("Fay");
    const pick = (list) => list[dice(list.length)];
    for (let step = 0; step < 14; step += 1) {
      const [keeper] = leaders(circle);
      await HAPPENS[dice(HAPPENS.length)](circle, pick, keeper);
      await circle.run(dice(5) * dice(5));
      await vouch(circle);
    }
    lies.out = undefined;
    for (const one of away(circle)) await circle.back(one);
    for (let calm = 0; calm < 4; calm += 1) {
      await circle.run(12);
      await vouch(circle);
    }
    await circle.run(5);
    const [first] = leaders(circle);
    assert.ok(
      await circle.agree(...here(circle)),
      JSON.stringify(here(circle).map(({ name, keys }) => [name, keys.epoch, keys.state.warning])),
    );
    assert.equal(first.keys.state.roster.length, here(circle).length);
    for (const one of circle.pages.filter(({ id }) => !circle.seatOf(id))) assert.ok(!(await circle.agree(one, first)));
    const sent = here(circle).map(({ media }) => media.sends?.n);
    assert.ok(sent.every((n) => n === first.keys.epoch));
    const used = new Set(here(circle).map(({ media }) => media.sends.kid));
    assert.equal(used.size, here(circle).length);
    circle.end();
  });
}
