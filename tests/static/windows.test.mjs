// One person, one seat: of two windows with the same circle one is in use. Locks are made here as the standard has them; the channel is real.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWindows } from "../../static/js/windows.js";

/** Web Locks of one name, exclusive, as far as a page uses them: waiting with a signal, and stealing. */
function makeLocks() {
  /** @type {{ lost: (why: Error) => void } | null} */
  let holder = null;
  /** @type {(() => void)[]} */
  const waiting = [];
  const free = () => {
    holder = null;
    waiting.shift()?.();
  };
  return /** @type {any} */ ({
    request: (
      /** @type {string} */ _name,
      /** @type {any} */ { signal, steal },
      /** @type {() => Promise<unknown>} */ held,
    ) =>
      new Promise((resolve, reject) => {
        const take = () => {
          const mine = { lost: reject };
          holder = mine;
          held().then(() => {
            if (holder === mine) free();
            resolve(undefined);
          });
        };
        if (steal) holder?.lost(new DOMException("stolen", "AbortError"));
        if (steal || !holder) return take();
        waiting.push(take);
        signal?.addEventListener("abort", () => {
          waiting.splice(waiting.indexOf(take), 1);
          reject(signal.reason);
        });
      }),
  });
}

/** Windows of one browser. */
function browser() {
  const locks = makeLocks();
  /** @type {BroadcastChannel[]} */
  const channels = [];
  return {
    /** @param {object} kept what it would hand over */
    opens(kept = {}) {
      const channel = new BroadcastChannel("a circle");
      channels.push(channel);
      /** @type {string[]} */
      const told = [];
      const windows = makeWindows({
        name: "a circle",
        locks,
        channel,
        handOver: () => {
          told.push("handed over");
          return kept;
        },
        onTaken: () => told.push("taken"),
      });
      return { windows, told, channel };
    },
    closes: () => {
      for (const channel of channels) channel.close();
    },
  };
}

test("the first window sits, and a second one finds it taken", async () => {
  const { opens, closes } = browser();
  assert.equal(await opens().windows.alone(), true);
  assert.equal(await opens().windows.alone(), false);
  closes();
});

test("a window that is loaded again finds its place free a moment later", async () => {
  const { opens, closes } = browser();
  const [first, again] = [opens(), opens()];
  await first.windows.alone();
  const waiting = again.windows.alone();
  first.windows.end();
  assert.equal(await waiting, true);
  closes();
});

test("asked to move, the first one hands over and lets go, and only the one that asked is given it", async () => {
  const { opens, closes } = browser();
  const kept = { seat: "a", token: "t", resume: "r" };
  const [first, second, third] = [opens(kept), opens(), opens()];
  await first.windows.alone();
  const [moved, other] = [second.windows.move("2"), third.windows.move("3")];
  assert.deepEqual(await moved, kept);
  assert.deepEqual(first.told, ["handed over"]);
  assert.deepEqual([await other, second.told, third.told], [null, ["taken"], []]);
  closes();
});

test("one that does not answer loses its hold, and is told so when it wakes", async () => {
  const { opens, closes } = browser();
  const [first, second] = [opens(), opens()];
  await first.windows.alone();
  first.channel.close();
  assert.equal(await second.windows.move("2"), null);
  await new Promise(setImmediate);
  assert.deepEqual(first.told, ["taken"]);
  closes();
});

test("after the end of its circle a window is in nobody's way, and hands over nothing", async () => {
  const { opens, closes } = browser();
  const [first, second] = [opens(), opens()];
  await first.windows.alone();
  first.windows.end();
  assert.equal(await second.windows.alone(), true);
  assert.deepEqual(first.told, []);
  closes();
});
