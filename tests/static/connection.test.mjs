// When to try again after the connection was lost, and where a nonce comes from.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { challenge, SCHEDULE, waitBefore } from "../../static/js/connection.js";

const most = SCHEDULE.length;
const waits = (/** @type {number} */ chance) => SCHEDULE.map((_, tries) => waitBefore(tries, chance));

test("the first try is at once, the next ones ever later, the last five after seven seconds each", () => {
  assert.deepEqual(waits(0), [0, 300, 1200, 2700, 4800, 7000, 7000, 7000, 7000, 7000]);
});

test("tries are spread by up to a second, so that a whole circle does not come back in one instant", () => {
  for (let tries = 1; tries < most; tries += 1) {
    assert.equal(waitBefore(tries, 0.5), SCHEDULE[tries] + 500);
    assert.equal(waitBefore(tries, 1), SCHEDULE[tries] + 1000);
  }
  assert.equal(waitBefore(0, 1), 0);
});

test("after the last try the person is asked, and nothing runs on by itself", () => {
  assert.equal(waitBefore(most, 0.5), null);
  assert.equal(waitBefore(most + 100, 0.5), null);
});

/** A server that answers so when it is asked for a nonce. @param {import("node:test").TestContext} t @param {number} status @param {object} body */
async function answering(t, status, body) {
  const server = createServer((_request, response) => response.writeHead(status).end(JSON.stringify(body)));
  t.after(() => server.close().closeAllConnections());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  globalThis.location = /** @type {any} */ ({ origin: `http://127.0.0.1:${port}` });
}

test("the nonce, and which link is the present one, are taken from the server's answer", async (t) => {
  await answering(t, 200, { nonce: "n", link: 3 });
  assert.deepEqual(await challenge("r"), { nonce: "n", link: 3 });
});

test("a server that is too busy to give a nonce is asked again, not taken for a circle that is gone", async (t) => {
  await answering(t, 429, { refused: "busy" });
  await assert.rejects(challenge("r"));
});
