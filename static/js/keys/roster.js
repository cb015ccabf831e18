// Who holds the circle's keys, as bytes that all sign and hash alike: docs/protocol.md section 7.4.
import { b64, bytesOf, joined, makeFields, Refused, sha256, u8, u32 } from "./bytes.js";
import { CERTIFICATE, midOf } from "./members.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */

/**
 * @typedef {object} Entry all bytes as base64url
 * @property {string} seat
 * @property {string} mk
 * @property {string} ms
 * @property {string} mid
 * @property {number} index
 * @property {number} role 0 only listens, 1 sits
 * @property {string | null} certificate
 */

/** @typedef {{ version: number, rid: string, n: number, prev: string, by: string, entries: Entry[] }} Roster `entries` by index */

export const VERSION = 1;
export const MOST = 32;
export const SEAT = 8;
export const NONE_BEFORE = b64(new Uint8Array(32));
const HEADER = 70;
const ENTRY = 75;
export const SMALLEST = HEADER + ENTRY;
export const LARGEST = HEADER + MOST * (ENTRY + CERTIFICATE);

// Every field in its own width: a seat's name comes from the server, and a longer one would push others' keys out of their places.
/** @param {Entry} entry */
function entryBytes({ seat, mk, ms, index, role, certificate }) {
  const proof = certificate === null ? [u8(0)] : [u8(1), bytesOf(certificate, CERTIFICATE)];
  return joined(bytesOf(seat, SEAT), bytesOf(mk, 32), bytesOf(ms, 32), u8(index), u8(role), ...proof);
}

/** Throws Refused where something has not its width. @param {Roster} roster */
export function rosterBytes({ version, rid, n, prev, by, entries }) {
  const sorted = [...entries].sort((one, other) => one.index - other.index);
  const head = [u8(version), bytesOf(rid, 16), u32(n), bytesOf(prev, 32), bytesOf(by, 16), u8(entries.length)];
  return joined(...head, ...sorted.map(entryBytes));
}

/** @param {Bytes} bytes @returns {Promise<string>} */
export const headOf = async (bytes) => b64(await sha256(bytes));

/** @param {ReturnType<typeof makeFields>} fields @returns {Promise<Entry>} */
async function readEntry(fields) {
  const [seat, mk, ms] = [fields.text(SEAT), fields.text(32), fields.text(32)];
  const [index, role, has] = [fields.u8(), fields.u8(), fields.u8()];
  if (role > 1 || has > 1) throw new Refused("malformed");
  const certificate = has ? fields.text(CERTIFICATE) : null;
  return { seat, mk, ms, mid: await midOf(mk, ms), index, role, certificate };
}

/** Throws Refused for anything that is not written so. @param {Bytes} bytes @returns {Promise<Roster>} */
export async function readRoster(bytes) {
  const fields = makeFields(bytes);
  const [version, rid, n] = [fields.u8(), fields.text(16), fields.u32()];
  const [prev, by, count] = [fields.text(32), fields.text(16), fields.u8()];
  if (count < 1 || count > MOST) throw new Refused("malformed");
  /** @type {Entry[]} */
  const entries = [];
  while (entries.length < count) entries.push(await readEntry(fields));
  fields.end();
  if (entries.some(({ index }, at) => at > 0 && index < entries[at - 1].index)) throw new Refused("malformed");
  return { version, rid, n, prev, by, entries };
}

/** The lowest index that neither roster uses. @param {Entry[]} now @param {Entry[]} before */
export function freeIndex(now, before) {
  const used = new Set([...now, ...before].map(({ index }) => index));
  let index = 0;
  while (used.has(index)) index += 1;
  return index;
}
