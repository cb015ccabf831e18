// SFrame and the layout of frames: the RFC's own vectors, our own ones for who writes the same in Python, and noise.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openFrame, readFrame, sealFrame } from "../../static/js/media/framing.js";
import { concat, decodeHeader, decrypt, deriveKeys, encodeHeader, encrypt } from "../../static/js/media/sframe.js";
import { current, hex } from "./frame_vectors.mjs";
import { makeNoise } from "./noise.mjs";
import { read, withoutComments } from "./source.mjs";

const rfc = JSON.parse(read("tests/static/sframe_vectors.json"));
const { frames } = JSON.parse(read("tests/static/frame_vectors.json"));

/** @param {string} text */
const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));

/** @param {string} text */
const number = (text) => BigInt(`0x${text}`);

/** @param {{ base: string, kid: number }} vector */
const keysOf = ({ base, kid }) => deriveKeys(bytes(base), BigInt(kid));

/** Every way to change one bit of these bytes. @param {Uint8Array<ArrayBuffer>} whole */
function* flips(whole) {
  for (let bit = 0; bit < whole.length * 8; bit += 1) {
    const changed = whole.slice();
    changed[bit >> 3] ^= 1 << (bit & 7);
    yield changed;
  }
}

test("a header is written and read as RFC 9605, C.1 says", () => {
  assert.equal(rfc.header.length, 289);
  for (const { kid, ctr, header } of rfc.header) {
    assert.equal(hex(encodeHeader(number(kid), number(ctr))), header);
    const found = decodeHeader(concat(bytes(header), bytes("ff00")));
    assert.deepEqual(found, { kid: number(kid), ctr: number(ctr), length: header.length / 2 });
  }
});

test("a header that is cut off, or longer than it need be, is none", () => {
  for (const { header } of rfc.header) {
    for (let end = 0; end < header.length / 2; end += 1) assert.equal(decodeHeader(bytes(header).slice(0, end)), null);
  }
  for (const long of ["0800", "0807", "8000", "8007", "0900ff", "9000ff", "0a00ffff", "9f0001"]) {
    assert.equal(decodeHeader(bytes(`${long}${"00".repeat(16)}`)), null, long);
  }
});

test("keys and bytes are those of RFC 9605, C.3 for suite 0x0005", async () => {
  const { suite } = rfc;
  assert.equal(suite.cipher_suite, "0005");
  const keys = await deriveKeys(bytes(suite.base_key), number(suite.kid));
  assert.equal(hex(keys.salt), suite.sframe_salt);
  const header = encodeHeader(number(suite.kid), number(suite.ctr));
  assert.equal(hex(concat(header, bytes(suite.metadata))), suite.aad);
  const sealed = await encrypt(keys, number(suite.ctr), header, bytes(suite.metadata), bytes(suite.pt));
  assert.equal(hex(concat(header, sealed)), suite.ct);
  assert.equal(hex(await decrypt(keys, number(suite.ctr), header, bytes(suite.metadata), sealed)), suite.pt);
});

test("a key cannot be taken out of the browser's hands", async () => {
  const { key } = await keysOf(frames[0]);
  assert.equal(key.extractable, false);
});

test("our vectors are what is reckoned now", async () => {
  assert.equal(read("tests/static/frame_vectors.json"), await current());
});

test("a frame is encrypted to its vector, and opened to what it was", async () => {
  assert.ok(frames.length > 30);
  for (const one of frames) {
    const keys = await keysOf(one);
    assert.equal(hex(await sealFrame(keys, BigInt(one.ctr), one.kind, bytes(one.frame))), one.encrypted);
    const parts = readFrame(one.kind, bytes(one.encrypted));
    assert.deepEqual([hex(parts.clear), hex(parts.header)], [one.clear, one.header]);
    assert.equal(hex(await openFrame(keys, parts)), one.frame);
  }
});

test("of sound nothing stays clear, of a picture 10 bytes on key frames and 3 on others, never more than it has", () => {
  for (const { kind, clear, frame } of frames) {
    const most = kind === "audio" ? 0 : bytes(frame)[0] & 1 ? 3 : 10;
    assert.equal(clear, frame.slice(0, 2 * most));
    assert.equal(clear.length / 2, Math.min(most, frame.length / 2));
  }
});

test("no bit of an encrypted frame can be changed, the clear ones included", async () => {
  const short = frames.filter(({ encrypted }) => encrypted.length < 80);
  assert.deepEqual(new Set(short.map(({ kind }) => kind)), new Set(["audio", "video"]));
  for (const one of short.slice(0, 6)) {
    const keys = await keysOf(one);
    for (const changed of flips(bytes(one.encrypted))) {
      const parts = readFrame(one.kind, changed);
      assert.equal(parts && (await openFrame(keys, parts)), null);
    }
  }
});

test("a frame that is cut, lengthened or read as the other kind is not opened", async () => {
  for (const one of frames.filter(({ encrypted }) => encrypted.length < 80)) {
    const [keys, whole] = [await keysOf(one), bytes(one.encrypted)];
    const others = Array.from(whole, (_, end) => whole.slice(0, end));
    others.push(
      ...Array.from(whole, (_, from) => whole.slice(from + 1)),
      concat(whole, bytes("00")),
      concat(whole, whole),
    );
    const read = others.map((other) => readFrame(one.kind, other));
    read.push(readFrame(one.kind === "audio" ? "video" : "audio", whole));
    for (const parts of read) assert.equal(parts && (await openFrame(keys, parts)), null);
  }
});

test("noise is read without a throw, and what looks like a frame is one in form: its parts are the whole", () => {
  const noise = makeNoise();
  let looked = 0;
  for (let run = 0; run < 100_000; run += 1) {
    const data = noise();
    for (const kind of /** @type {const} */ (["audio", "video"])) {
      const parts = readFrame(kind, data);
      if (!parts) continue;
      looked += 1;
      const { header, clear, sealed } = parts;
      assert.equal(header.length + clear.length + sealed.length, data.length - (kind === "video" ? 1 : 0));
      assert.ok(sealed.length >= 16);
    }
  }
  assert.ok(looked > 10_000);
});

test("nothing that has frames or keys in its hands can print them: it neither writes to the console nor throws", () => {
  for (const name of ["sframe", "framing", "keyring", "worker", "frames"]) {
    const code = withoutComments(read(`static/js/media/${name}.js`));
    assert.doesNotMatch(code, /\bconsole\b|\bthrow\b|\bnew \w*Error\b|\breportError\b/, name);
  }
});
