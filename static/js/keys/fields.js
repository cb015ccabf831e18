// Fields of fixed width, docs/protocol.md section 7.1: written, and read with nothing missing and nothing left over.
import { b64, unb64 } from "./bytes.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */

/** What was sent is not what the protocol says; `code` names the check that refused it. */
export class Refused extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** @param {number} value @param {number} width in bytes @returns {Bytes} */
function number(value, width) {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** width) throw new Refused("malformed");
  const bytes = new Uint8Array(width);
  let rest = value;
  for (let at = width - 1; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** @param {number} value */
export const u8 = (value) => number(value, 1);
/** @param {number} value */
export const u16 = (value) => number(value, 2);
/** @param {number} value */
export const u32 = (value) => number(value, 4);
/** @param {number} value up to 2^53 */
export const u64 = (value) => number(value, 8);

/** @param {Bytes} bytes */
export function makeFields(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  /** Where the next so many bytes begin. @param {number} length */
  const step = (length) => {
    if (at + length > bytes.length) throw new Refused("malformed");
    at += length;
    return at - length;
  };
  /** @param {number} length */
  const take = (length) => {
    const from = step(length);
    return bytes.slice(from, from + length);
  };
  return {
    take,
    /** The next bytes as base64url. @param {number} length */
    text: (length) => b64(take(length)),
    u8: () => view.getUint8(step(1)),
    u32: () => view.getUint32(step(4)),
    u64: () => {
      const value = view.getBigUint64(step(8));
      if (value > LARGEST) throw new Refused("malformed");
      return Number(value);
    },
    left: () => bytes.length - at,
    /** Nothing may be left over. */
    end: () => {
      if (at !== bytes.length) throw new Refused("malformed");
    },
  };
}

/**
 * Bytes of a text from outside: base64url in its one spelling, of that length. Throws Refused.
 * @param {unknown} text @param {number} least in bytes @param {number} [most]
 */
export function bytesOf(text, least, most = least) {
  if (typeof text !== "string" || text.length > Math.ceil((most * 4) / 3) || !/^[A-Za-z0-9_-]*$/.test(text))
    throw new Refused("malformed");
  if (text.length % 4 === 1) throw new Refused("malformed");
  const bytes = unb64(text);
  if (bytes.length < least || b64(bytes) !== text) throw new Refused("malformed");
  return bytes;
}
