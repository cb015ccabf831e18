// One epoch's secret, which stays inside WebCrypto, and the block: what only those inside know of a commit. docs/protocol.md section 7.4.
import {
  b64,
  hkdf,
  hmac,
  joined,
  makeFields,
  openUnder,
  Refused,
  random,
  sealUnder,
  secretKey,
  u8,
  u32,
  unb64,
  utf8,
} from "./bytes.js";
import { clean } from "./words.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./roster.js").Roster} Roster */

export const WRAP = 80;

/** @param {Roster} roster @param {string} head @param {Bytes} secret 32 random bytes */
export async function makeEpoch(roster, head, secret) {
  const [key, hash] = [await secretKey(secret), unb64(head)];
  /** @param {string} label @param {string | Bytes} context @param {number} length in bytes */
  const exporter = (label, context, length) => hkdf(key, `export ${label}`, joined(hash, context), length);
  return {
    n: roster.n,
    head,
    roster,
    exporter,
    confirm: async () => b64(await hmac(await hkdf(key, "confirm"), hash)),
    /** What proves later that these keys sat here. @param {string} mid */
    resume: (mid) => exporter("resume", unb64(mid), 32),
  };
}

/** @typedef {Awaited<ReturnType<typeof makeEpoch>>} Epoch */

/** For which epoch and whom a secret is wrapped. @param {Bytes} rid @param {number} n @param {string} head @param {string} mid */
export const wrapFor = (rid, n, head, mid) => ({
  info: joined("circle/1 wrap", rid, u32(n)),
  aad: joined(unb64(head), unb64(mid)),
});

/** @typedef {{ id: number, key: string }} RoomKey T, 32 bytes */
/** @typedef {{ counter: number, link: string, rooms: RoomKey[], names: Map<string, string> }} Block `names` by mid */

const STEP = 256;
export const MOST_ROOMS = 32;
// So that thirty-two of them fit.
const LONGEST_NAME = 192;
const AROUND = 28;
export const LARGEST_BLOCK = 8192 + AROUND;

/** A name as a block has room for it. @param {string} name */
export function blockName(name) {
  const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(clean(name, "name"))];
  while (utf8(letters.map(({ segment }) => segment).join("")).length > LONGEST_NAME) letters.pop();
  return letters
    .map(({ segment }) => segment)
    .join("")
    .trim();
}

/** @param {Block} block */
export function blockBytes({ counter, link, rooms, names }) {
  const named = [...names].map(([mid, name]) => [unb64(mid), utf8(blockName(name))]);
  const plain = joined(
    ...[u32(counter), unb64(link), u8(rooms.length)],
    ...rooms.map(({ id, key }) => joined(u8(id), unb64(key))),
    ...[u8(named.length), ...named.map(([mid, name]) => joined(mid, u8(name.length), name))],
  );
  return joined(plain, new Uint8Array(Math.ceil(plain.length / STEP) * STEP - plain.length));
}

/** Throws for anything that is not written so. @param {Bytes} bytes @returns {Block} */
export function readBlock(bytes) {
  const fields = makeFields(bytes);
  const [counter, link] = [fields.u32(), fields.text(32)];
  const rooms = Array.from({ length: fields.u8() }, () => ({ id: fields.u8(), key: fields.text(32) }));
  const names = Array.from(
    { length: fields.u8() },
    () => /** @type {const} */ ([fields.text(16), fields.take(fields.u8())]),
  );
  const grows = rooms.every(({ id }, at) => at === 0 || id === (rooms[at - 1].id + 1) % 256);
  const padding = fields.take(fields.left());
  if (rooms.length < 1 || rooms.length > MOST_ROOMS || !grows) throw new Refused("block");
  if (bytes.length % STEP || padding.length >= STEP || padding.some((byte) => byte !== 0)) throw new Refused("block");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const shown = names.map(([mid, name]) => /** @type {[string, string]} */ ([mid, blockName(decoder.decode(name))]));
  return { counter, link, rooms, names: new Map(shown.filter(([, name]) => name)) };
}

/** @param {string} head */
const about = (head) => joined("circle/1 block", unb64(head));

/** @param {Epoch} epoch @param {Block} block */
export const sealBlock = async ({ exporter, head }, block) =>
  sealUnder(await exporter("block", "", 32), blockBytes(block), about(head));

/** Throws Refused. @param {Epoch} epoch @param {Bytes} sealed */
export async function openBlock({ exporter, head }, sealed) {
  try {
    return readBlock(await openUnder(await exporter("block", "", 32), sealed, about(head)));
  } catch {
    throw new Refused("block");
  }
}

/** The room's keys with a fresh one behind them. @param {RoomKey[]} rooms */
export const withFreshRoom = (rooms) => {
  const id = rooms.length > 0 ? (rooms[rooms.length - 1].id + 1) % 256 : 0;
  return [...rooms, { id, key: b64(random(32)) }].slice(-MOST_ROOMS);
};
