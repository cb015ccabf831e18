// SFrame, RFC 9605, with its suite 0x0005: AES-256-GCM, SHA-512, a tag of 16 bytes. Bytes in, bytes out; knows of no frame, seat or clock.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{ kid: bigint, key: CryptoKey, salt: Bytes }} Keys of one sender in one epoch */

const SUITE = 5;
const KEY = 32;
const NONCE = 12;
export const TAG = 16;

/** A number in so many bytes, the highest first. @param {bigint} value @param {number} length @returns {Bytes} */
const inBytes = (value, length) => {
  const out = new Uint8Array(length);
  for (let at = length - 1, rest = value; at >= 0; at -= 1, rest >>= 8n) out[at] = Number(rest & 0xffn);
  return out;
};

/** @param {Bytes} bytes */
const asNumber = (bytes) => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** The fewest bytes that hold it. @param {bigint} value */
const lengthOf = (value) => {
  let length = 1;
  while (value >> BigInt(8 * length)) length += 1;
  return length;
};

/** @param {...Uint8Array} parts @returns {Bytes} */
export const concat = (...parts) => {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

/** Both below 2^64. @param {bigint} kid @param {bigint} ctr @returns {Bytes} 1 to 17 bytes */
export function encodeHeader(kid, ctr) {
  const [inKid, inCtr] = [kid, ctr].map((value) => (value < 8n ? new Uint8Array() : inBytes(value, lengthOf(value))));
  const half = (/** @type {Bytes} */ long, /** @type {bigint} */ value) =>
    long.length ? 7 + long.length : Number(value);
  return concat(new Uint8Array([(half(inKid, kid) << 4) | half(inCtr, ctr)]), inKid, inCtr);
}

/**
 * The header at the beginning of these bytes; null if it is cut off, or longer than it need be.
 * @param {Bytes} bytes @returns {{ kid: bigint, ctr: bigint, length: number } | null}
 */
export function decodeHeader(bytes) {
  if (!bytes.length) return null;
  let at = 1;
  /** @param {number} half four bits: a small number, or the length of one that follows */
  const next = (half) => {
    if (half < 8) return BigInt(half);
    const part = bytes.subarray(at, at + half - 7);
    at += half - 7;
    return asNumber(part);
  };
  const kid = next(bytes[0] >> 4);
  const ctr = next(bytes[0] & 15);
  const same = at <= bytes.length && encodeHeader(kid, ctr).every((byte, place) => byte === bytes[place]);
  return same ? { kid, ctr, length: at } : null;
}

/**
 * The base key is not needed after this, nor kept here.
 * @param {Bytes} base 16 bytes or more @param {bigint} kid @returns {Promise<Keys>}
 */
export async function deriveKeys(base, kid) {
  const material = await crypto.subtle.importKey("raw", base, "HKDF", false, ["deriveBits"]);
  /** @param {string} label @param {number} length */
  const derive = async (label, length) => {
    const info = concat(
      new TextEncoder().encode(`SFrame 1.0 Secret ${label} `),
      inBytes(kid, 8),
      inBytes(BigInt(SUITE), 2),
    );
    const parameters = { name: "HKDF", hash: "SHA-512", salt: new Uint8Array(), info };
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, material, length * 8));
  };
  const secret = await derive("key", KEY);
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
  secret.fill(0);
  return { kid, key, salt: await derive("salt", NONCE) };
}

/** @param {Keys} keys @param {bigint} ctr @param {Bytes} additionalData */
const parameters = ({ salt }, ctr, additionalData) => {
  const iv = inBytes(ctr, NONCE).map((byte, at) => byte ^ salt[at]);
  return { name: "AES-GCM", iv, additionalData, tagLength: TAG * 8 };
};

/** @param {Keys} keys @param {bigint} ctr never twice with the same keys @param {Bytes} header @param {Uint8Array} metadata @param {Bytes} plain */
export async function encrypt(keys, ctr, header, metadata, plain) {
  return new Uint8Array(await crypto.subtle.encrypt(parameters(keys, ctr, concat(header, metadata)), keys.key, plain));
}

/**
 * The plain bytes; null if this is not what was encrypted by these keys.
 * @param {Keys} keys @param {bigint} ctr @param {Bytes} header @param {Uint8Array} metadata @param {Bytes} sealed
 */
export async function decrypt(keys, ctr, header, metadata, sealed) {
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt(parameters(keys, ctr, concat(header, metadata)), keys.key, sealed),
    );
  } catch {
    return null; // the browser says no more than this, and neither do we
  }
}
