// The link of a page: shown at the door, followed when a fresh one is made, handed on. With the real keys; only the server is the test's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeAccess } from "../../static/js/access.js";
import { b64, sha256, unb64 } from "../../static/js/keys/bytes.js";
import { freshLink } from "../../static/js/keys/fresh.js";
import {
  facilitatorAddress,
  fromSeed,
  joinProof,
  makeLink,
  memberAddress,
  readLink,
} from "../../static/js/keys/links.js";
import { linkSchedule } from "../../static/js/keys/schedule.js";
import { makeWords } from "../../static/js/keys/words.js";
import { makeMemory } from "../../static/js/memory.js";
import { firstScreen } from "../../static/js/screen.js";
import { makeStore } from "../../static/js/store.js";
import { door, view } from "./builders.mjs";

const origin = "https://circle.example";

/** A tab's page with this link. @param {any} link @param {{ counter?: number, kept?: Map<string, string>, me?: string }} [there] */
async function page(link, { counter = 1, kept = new Map(), me = "a" } = {}) {
  const storage = /** @type {any} */ ({
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  });
  const memory = makeMemory("r", storage);
  const first = { ...firstScreen("Wren", Boolean(link.seed)), me };
  const store = makeStore(
    first,
    () => {},
    () => {},
  );
  const schedule = linkSchedule(link.secret);
  const words = makeWords(schedule, link.rid);
  const later = await readLink(`/c/${link.rid}`, memory.read().present);
  const challenge = async () => ({ nonce: "n", link: counter });
  return {
    access: makeAccess({ link, later, store, memory, schedule, words, challenge, origin }),
    store,
    memory,
    words,
    kept,
  };
}

/** The members' link of a circle, as those have it who come by it. @param {any} link */
const members = (link) => ({ ...link, seed: null });

/** What everybody inside sees after the facilitators have made this link. @param {any} command */
const renewed = (command) =>
  /** @type {any} */ (view({ link: command.link, fresh: command.fresh, keys: command.keys }));

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
  const { access, store } = await page(link);
  await access.follow(/** @type {any} */ (view({ link: 2 })));
  const second = await fromSeed(/** @type {any} */ (link.seed), 2);
  assert.equal(store.get().links?.members, memberAddress(second, origin));
});

test("members are shown no link at all", async () => {
  const { access, store } = await page(members(await makeLink()));
  await access.proof();
  await access.follow(/** @type {any} */ (view({ link: 1 })));
  assert.equal(store.get().links, null);
});

test("those inside find back to the door by the fresh link, also after a reload, and read what all read", async () => {
  const link = await makeLink();
  const { link: second, command } = await freshLink(/** @type {any} */ (link.seed), 2);
  const { access, kept } = await page(members(link));
  assert.equal((await access.proof()).join, await joinProof(link));
  await access.follow(renewed(command));
  assert.equal((await access.proof()).join, await joinProof(second));
  const again = await page(members(link), { kept });
  assert.equal((await again.access.proof()).join, await joinProof(second));
  const sealed = await makeWords(linkSchedule(link.secret), link.rid).seal("Wren", "name");
  assert.equal(await again.words.open(sealed, "name"), "Wren");
});

test("who has come by a fresh link reads what all read, and goes along with the next one", async () => {
  const link = await makeLink();
  const seed = /** @type {any} */ (link.seed);
  const [second, third] = [await freshLink(seed, 2), await freshLink(seed, 3)];
  const { access, words, kept } = await page(members(second.link));
  await access.follow(/** @type {any} */ ({ ...door(1), keys: second.command.keys }));
  const sealed = await makeWords(linkSchedule(link.secret), link.rid).seal("Wren", "name");
  assert.equal(await words.open(sealed, "name"), "Wren");
  await access.follow(renewed(third.command));
  const again = await page(members(second.link), { kept });
  await again.access.follow(renewed(third.command));
  assert.equal(await again.words.open(sealed, "name"), "Wren");
  assert.equal((await again.access.proof()).join, await joinProof(third.link));
});

test("a fresh link that nobody inside could have made is not followed", async () => {
  const [link, other] = [await makeLink(), await makeLink()];
  const { command } = await freshLink(/** @type {any} */ (other.seed), 2);
  const { access } = await page(members(link));
  await access.follow(renewed(command));
  assert.equal((await access.proof()).join, await joinProof(link));
});

test("the command for a fresh link follows the present one, and members have none", async () => {
  const link = await makeLink();
  const { access, store } = await page(link);
  store.set({ view: /** @type {any} */ (view({ link: 4 })) });
  const command = await access.fresh();
  const fifth = await fromSeed(/** @type {any} */ (link.seed), 5);
  assert.deepEqual([command?.link, command?.join], [5, b64(await sha256(unb64(await joinProof(fifth))))]);
  const member = await page(members(link));
  member.store.set({ view: /** @type {any} */ (view({ link: 4 })) });
  assert.equal(await member.access.fresh(), null);
});

test("the facilitators' link is handed on to one seat, which has both links from it", async () => {
  const link = await makeLink();
  const fay = await page(link, { me: "f" });
  const handed = await fay.access.hand("a");
  const [ada, bo] = [await page(members(link), { me: "a" }), await page(members(link), { me: "b" })];
  assert.deepEqual(await ada.access.take(/** @type {string} */ (handed)), {
    members: memberAddress(link, origin),
    facilitators: facilitatorAddress(link, origin),
  });
  assert.equal(await bo.access.take(/** @type {string} */ (handed)), null);
  assert.equal(await ada.access.hand("b"), null, "who has no such link hands none on");
});
