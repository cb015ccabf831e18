// Bytes: their base64url form, what is reckoned from them alone, and fields of fixed width (docs/protocol.md section 7.1). Nothing else.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** @param {Uint8Array<ArrayBuffer>} bytes */
export const b64 = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} Throws for a text that is no base64url. */
export const unb64 = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @param {BufferSource} data */
export const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));

/** @param {(Bytes | string)[]} parts one after another; a string stands for its UTF-8 @returns {Bytes} */
export function joined(...parts) {
  const all = parts.map((part) => (typeof part === "string" ? utf8(part) : part));
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {number} length */
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** A secret that keys are derived from, as WebCrypto holds it. @param {Bytes} secret */
export const secretKey = (secret) => crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);

/**
 * HKDF-SHA256 as docs/protocol.md section 1 names it.
 * @param {Bytes | CryptoKey} key @param {string} label @param {string | Bytes} [context] @param {number} [length] in bytes
 */
export async function hkdf(key, label, context, length = 32) {
  const material = key instanceof CryptoKey ? key : await secretKey(key);
  const info = context === undefined ? utf8(`circle/1 ${label}`) : joined(`circle/1 ${label}\0`, context);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, material, length * 8));
}

/** HMAC-SHA256. @param {Bytes} key @param {Bytes} data */
export async function hmac(key, data) {
  const held = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", held, data));
}

/** AES-256-GCM with a nonce of its own in front. @param {Bytes} key @param {Bytes} plain @param {Bytes} additionalData @param {Bytes} [iv] never the same one twice */
export async function sealUnder(key, plain, additionalData, iv = random(12)) {
  const held = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, held, plain);
  return joined(iv, new Uint8Array(sealed));
}

/** Throws for what was not sealed so. @param {Bytes} key @param {Bytes} sealed @param {Bytes} additionalData */
export async function openUnder(key, sealed, additionalData) {
  const held = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: sealed.slice(0, 12), additionalData };
  return new Uint8Array(await crypto.subtle.decrypt(how, held, sealed.slice(12)));
}

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

/** Whether a text from outside is so many bytes. @param {unknown} text @param {number} length @returns {text is string} */
export function isOf(text, length) {
  try {
    return bytesOf(text, length).length === length;
  } catch {
    return false;
  }
}
