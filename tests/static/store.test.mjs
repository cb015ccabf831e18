// The screen's one value: merged, drawn once a frame; and which view is news.
import assert from "node:assert/strict";
import { test } from "node:test";
import { firstScreen } from "../../static/js/screen.js";
import { isNews, makeStore } from "../../static/js/store.js";
import { door, view } from "./builders.mjs";

/** A store whose frames a test lets pass. */
function makeTestStore() {
  /** @type {(() => void)[]} */
  const frames = [];
  /** @type {any[]} */
  const drawn = [];
  const store = makeStore(
    firstScreen("Wren", false),
    (screen) => drawn.push(screen),
    (run) => frames.push(run),
  );
  return { store, drawn, frames };
}

test("a view is news if it is newer, whatever it shows", () => {
  assert.ok(isNews(null, view({ version: 1 })));
  assert.ok(isNews(view({ version: 1 }), view({ version: 2 })));
  assert.ok(isNews(door(1, "waiting"), view({ version: 2 })));
});

test("the same view again is no news, and an older one never is", () => {
  assert.ok(!isNews(view({ version: 2 }), view({ version: 2 })));
  assert.ok(!isNews(view({ version: 2 }), view({ version: 1 })));
  assert.ok(!isNews(view({ version: 2 }), door(1, "waiting")), "from the circle nothing old leads back to the door");
});

test("the same state seen from another place is news", () => {
  assert.ok(isNews(door(2), door(2, "waiting")));
});

test("many changes are drawn once, with all of them in", () => {
  const { store, drawn, frames } = makeTestStore();
  store.set({ busy: true });
  store.set({ name: "Fern" });
  assert.equal(store.get().name, "Fern");
  assert.equal(frames.length, 1);
  assert.deepEqual(drawn, []);
  frames[0]();
  assert.deepEqual([drawn.length, drawn[0].busy, drawn[0].name], [1, true, "Fern"]);
});

test("a change while drawing is drawn in the next frame", () => {
  const { store, drawn, frames } = makeTestStore();
  store.set({ name: "Fern" });
  frames[0]();
  store.set({ name: "Otter" });
  assert.equal(frames.length, 2);
  frames[1]();
  assert.deepEqual(
    drawn.map((screen) => screen.name),
    ["Fern", "Otter"],
  );
});

test("a page begins with nothing seen, sent or switched on, and one's own picture hidden", () => {
  const { devices, view: seen, at, me } = firstScreen("Wren", false);
  assert.deepEqual([at, seen, me], ["start", null, null]);
  assert.deepEqual([devices.microphoneOn, devices.cameraOn, devices.selfView], [false, false, false]);
});

test("what is built on what is there loses nothing of what came before the next drawing", () => {
  const { store, drawn, frames } = makeTestStore();
  const put = (/** @type {object} */ change) => store.set(({ adding }) => ({ adding: { ...adding, ...change } }));
  put({ title: "Songs" });
  put({ minutes: 12 });
  frames[0]();
  assert.equal(drawn[0].adding.title, "Songs");
  assert.equal(drawn[0].adding.minutes, 12);
});
