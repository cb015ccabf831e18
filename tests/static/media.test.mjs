// Media, as far as it needs no browser: descriptions on their way out, and the keeper of a connection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { troubleOf } from "../../static/js/media/devices.js";
import { makeKeeper } from "../../static/js/media/keeper.js";
import { reduce } from "../../static/js/media/sdp.js";

// What Chromium writes after it has looked for its addresses; these are documentation's own.
const OFFER = [
  "v=0",
  "o=- 7369155052598260900 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "a=msid-semantic: WMS",
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "c=IN IP4 192.0.2.7",
  "a=rtcp:9 IN IP4 192.0.2.7",
  "a=candidate:1707318127 1 udp 2122194687 192.0.2.7 43879 typ host generation 0",
  "a=candidate:1655830495 1 udp 2122265343 2001:db8::7 59656 typ host generation 0",
  "a=candidate:3 1 udp 1 f3a9c1d2-1111-2222-3333-444455556666.local 5000 typ host",
  "a=candidate:4 1 udp 1 198.51.100.9 5000 typ srflx raddr 192.0.2.7 rport 5000",
  "a=end-of-candidates",
  "a=ice-ufrag:X0/s",
  "a=ice-pwd:FqXYXrlb9hXqqX+K9zO69vK1",
  "a=ice-options:trickle",
  "a=fingerprint:sha-256 C2:A2:74",
  "a=setup:actpass",
  "a=mid:0",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
  "a=sendonly",
  "a=msid:- 31b81a1d-bd16-4d69-8790-e6db7516b9f1",
  "a=rtcp-mux",
  "a=rtpmap:96 VP8/90000",
  "a=ssrc:1379712524 cname:yCV/55Vzl6PspQEB",
  "a=ssrc:1379712524 msid:- 31b81a1d-bd16-4d69-8790-e6db7516b9f1",
];
const KEPT = [0, 1, 2, 3, 4, 6, 14, 15, 17, 18, 19, 21, 22, 24, 25, 26].map((line) => OFFER[line]);

test("a description that leaves the browser holds what the server needs, line by line", () => {
  assert.deepEqual(reduce(`${OFFER.join("\r\n")}\r\n`).split("\r\n"), [...KEPT, ""]);
});

test("no address, candidate, name of a device or level of a voice leaves with a description, however lines end", () => {
  for (const end of ["\r\n", "\n"]) {
    const sent = reduce(OFFER.join(end) + end);
    assert.doesNotMatch(sent, /192\.0\.2|198\.51|2001:db8|\.local|candidate|msid|audio-level|\nc=/);
    assert.match(sent, /a=ice-pwd/);
  }
});

test("whatever goes wrong with a device is one of four words", () => {
  const named = (/** @type {string} */ name) => Object.assign(new Error("Could not start"), { name });
  const troubles = {
    NotAllowedError: "denied",
    SecurityError: "denied",
    NotFoundError: "missing",
    OverconstrainedError: "missing",
    NotReadableError: "busy",
    AbortError: "busy",
    TypeError: "other",
  };
  for (const [name, trouble] of Object.entries(troubles)) assert.equal(troubleOf(named(name)), trouble);
  assert.equal(troubleOf("no error at all"), "other");
  assert.equal(troubleOf(undefined), "other");
});

/** A keeper of connections that a test lets come up, fail and break; later waits for the test too. */
function makeTestKeeper() {
  /** @type {{ up: () => void, fail: () => void, again: () => void, closed: boolean }[]} */
  const made = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  /** @type {unknown[]} */
  const up = [];
  const keeper = makeKeeper(
    (again) =>
      new Promise((resolve, reject) => {
        const connection = {
          closed: false,
          again,
          close: () => {
            connection.closed = true;
          },
          up: () => resolve(connection),
          fail: () => reject(new Error("refused")),
        };
        made.push(connection);
      }),
    (connection) => up.push(connection),
    (run) => waiting.push(run),
  );
  return { keeper, made, waiting, up };
}

test("a connection is kept once it is up", async () => {
  const { keeper, made, up } = makeTestKeeper();
  const started = keeper.start();
  assert.equal(keeper.now(), null);
  made[0].up();
  await started;
  assert.deepEqual([keeper.now(), up], [made[0], [made[0]]]);
});

test("a connection that comes up after all was stopped is closed, and nothing is sent through it", async () => {
  const { keeper, made, up } = makeTestKeeper();
  const started = keeper.start();
  keeper.stop();
  made[0].up();
  await started;
  assert.deepEqual([made[0].closed, keeper.now(), up], [true, null, []]);
});

test("of two starts the later one counts, whichever comes up first", async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const { keeper, made, up } = makeTestKeeper();
    const started = [keeper.start(), keeper.start()];
    for (const one of order) {
      made[one].up();
      await started[one];
    }
    assert.deepEqual([made[0].closed, made[1].closed, keeper.now(), up], [true, false, made[1], [made[1]]]);
  }
});

test("what is refused is tried again later, and once only", async () => {
  const { keeper, made, waiting } = makeTestKeeper();
  const started = keeper.start();
  made[0].fail();
  await started;
  assert.equal(made.length, 1);
  assert.equal(waiting.length, 1);
  waiting[0]();
  assert.equal(made.length, 2);
});

test("a connection that breaks is closed and built anew", async () => {
  const { keeper, made, waiting } = makeTestKeeper();
  const started = keeper.start();
  made[0].up();
  await started;
  made[0].again();
  waiting[0]();
  assert.deepEqual([made.length, made[0].closed], [2, true]);
});

test("a connection that is no longer kept rebuilds nothing by breaking", async () => {
  const { keeper, made, waiting } = makeTestKeeper();
  const started = keeper.start();
  made[0].up();
  await started;
  keeper.start();
  made[0].again();
  for (const run of waiting) run();
  assert.equal(made.length, 2);
});

test("after a stop nothing that was still to be tried again is", async () => {
  const { keeper, made, waiting } = makeTestKeeper();
  const started = keeper.start();
  made[0].fail();
  await started;
  keeper.stop();
  for (const run of waiting) run();
  assert.equal(made.length, 1);
});
