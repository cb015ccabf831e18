// Bytes, their base64url form, and what is reckoned from bytes alone. Nothing else.

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
