// Frames as they are before and after encryption, for who writes the same in another language: `node tests/static/frame_vectors.mjs` writes the file.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readFrame, sealFrame } from "../../static/js/media/framing.js";
import { deriveKeys } from "../../static/js/media/sframe.js";

const PATH = fileURLToPath(new URL("frame_vectors.json", import.meta.url));
/** One for each frame of a key: no key ever meets a counter twice. */
const COUNTERS = [0, 7, 8, 0xff, 0x100, 0xffff, 0x1_0000, 0x100_0000, 0xffff_ffff, 2 ** 40, 2 ** 48 - 1].map(BigInt);
// Index 0 in epoch 1 fits the header's first byte; index 12 in epoch 3, and the largest of all, do not.
const KIDS = [1n, 0xc03n, 0xffffn];
/** Lengths around the clear part, an everyday sound and a picture. The first bit of a picture says that it is no key frame. @type {["audio" | "video", number[], number][]} */
const FRAMES = [
  ["audio", [1, 80], 0x78],
  ["video", [1, 9, 10, 11, 700], 0x10],
  ["video", [2, 3, 4, 300], 0x11],
];

/** @param {Uint8Array} bytes */
export const hex = (bytes) => Buffer.from(bytes).toString("hex");

/** @param {number} length @param {number} [from] */
const counting = (length, from = 0) => Uint8Array.from({ length }, (_, at) => (from + at) & 255);

/** @param {Uint8Array<ArrayBuffer>} base @param {bigint} kid @param {bigint} ctr @param {"audio" | "video"} kind @param {Uint8Array<ArrayBuffer>} frame */
async function vector(base, kid, ctr, kind, frame) {
  const encrypted = await sealFrame(await deriveKeys(base.slice(), kid), ctr, kind, frame);
  const { header, clear } = readFrame(kind, encrypted);
  const told = { base: hex(base), kid: Number(kid), ctr: Number(ctr), kind };
  return { ...told, clear: hex(clear), header: hex(header), frame: hex(frame), encrypted: hex(encrypted) };
}

/** The file as it should be. */
export async function current() {
  const all = FRAMES.flatMap(([kind, lengths, first]) =>
    lengths.map((length) => ({ kind, frame: counting(length, first) })),
  );
  const frames = KIDS.flatMap((kid, which) =>
    all.map(({ kind, frame }, at) => vector(counting(32, 32 * which), kid, COUNTERS[at], kind, frame)),
  );
  return `${JSON.stringify({ how: "docs/protocol.md 7.9; bytes in hex", frames: await Promise.all(frames) }, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PATH, await current());
