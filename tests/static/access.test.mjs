// The links of a page: shown at the door, followed when a fresh one is made, handed on. With real links; only the server and the keys' state are the test's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccess } from "../../static/js/access.js";
import {
  facilitatorAddress,
  fromSeed,
  joinProof,
  makeLink,
  memberAddress,
  readLink,
} from "../../static/js/keys/links.js";
import { makeMemory } from "../../static/js/memory.js";
import { firstScreen } from "../../static/js/screen.js";
import { makeStore } from "../../static/js/store.js";
import { keyState, view } from "./builders.mjs";

const origin = "https://circle.example";

/** A tab's page with this link. @param {any} link @param {{ counter?: number, kept?: Map<string, string> }} [there] */
async function page(link, { counter = 1, kept = new Map() } = {}) {
  const storage = /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  });
  const memory = makeMemory("r", storage);
  const store = makeStore(
    { ...firstScreen("Wren", Boolean(link.seed)), me: "a" },
    () => {},
    () => {},
  );
  const later = await readLink(`/c/${link.rid}`, memory.read().present);
  const challenge = async () => ({ nonce: "n", link: counter });
  const access = makeAccess({ link, later, store, memory, challenge, origin });
  /** Sits in the circle whose present link is this one. @param {any} present @param {number} [number] */
  const sits = async (present, number = 1) => {
    store.set({ view: /** @type {any} */ (view({ link: number })), keys: keyState({ link: present }) });
    await access.follow();
  };
  return { access, store, memory, kept, sits };
}

/** The members' link of a circle, as those have it who come by it. @param {any} link */
const members = (link) => ({ ...link, seed: null });

test("who facilitates is shown the present link at the door, and never the first one where there is a later one", async () => {
  const link = await makeLink();
  const { access, store } = await page(link, { counter: 3 });
  await access.proof();
  const third = await fromSeed(/** @type {any} */ (link.seed), 3);
  assert.deepEqual(store.get().links, {
    members: memberAddress(third, origin),
    facilitators: facilitatorAddress(link, origin),
  });
  assert.ok((store.get().qr?.length ?? 0) > 20);
});

test("a fresh link is shown inside at once, also after a reload, which asks for no nonce", async () => {
  const link = await makeLink();
  const { sits, store } = await page(link);
  await sits(null, 2);
  const second = await fromSeed(/** @type {any} */ (link.seed), 2);
  assert.equal(store.get().links?.members, memberAddress(second, origin));
});

test("members are shown no link at all", async () => {
  const link = members(await makeLink());
  const { access, sits, store } = await page(link);
  await access.proof();
  await sits(link);
  assert.equal(store.get().links, null);
});

test("those inside find back to the door by the link that the keys say is the present one, also after a reload", async () => {
  const link = await makeLink();
  const second = members(await fromSeed(/** @type {any} */ (link.seed), 2));
  const { access, sits, kept } = await page(members(link));
  assert.equal((await access.proof()).join, await joinProof(link));
  await sits(second, 2);
  assert.equal((await access.proof()).join, await joinProof(second));
  const again = await page(members(link), { kept });
  assert.equal((await again.access.proof()).join, await joinProof(second));
});

test("without keys no other link is followed, whatever the server says", async () => {
  const link = await makeLink();
  const { access, sits } = await page(members(link));
  await sits(null, 7);
  assert.equal((await access.proof()).join, await joinProof(link));
});

test("who has accepted to facilitate has both links, gives out the present one, and keeps it through a reload", async () => {
  const link = await makeLink();
  const { access, store, sits, memory } = await page(members(link));
  await sits(members(link), 2);
  await access.lead(link);
  const second = await fromSeed(/** @type {any} */ (link.seed), 2);
  const both = { members: memberAddress(second, origin), facilitators: facilitatorAddress(link, origin) };
  assert.deepEqual(store.get().links, both);
  const again = await readLink(`/f/${link.rid}`, memory.read().lead);
  assert.deepEqual(again?.seed, link.seed);
});

test("what was handed on for the next time gives both links", async () => {
  const link = await makeLink();
  const { access } = await page(members(link));
  assert.deepEqual(access.addresses(link), {
    members: memberAddress(link, origin),
    facilitators: facilitatorAddress(link, origin),
  });
});
