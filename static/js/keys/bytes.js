// Bytes and their base64url form. Nothing else.

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

/**
 * HKDF-SHA256 as docs/protocol.md section 1 names it.
 * @param {Uint8Array<ArrayBuffer>} key @param {string} label @param {string} [context] @param {number} [length] in bytes
 */
export async function hkdf(key, label, context, length = 32) {
  const material = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const info = utf8(`circle/1 ${label}${context === undefined ? "" : `\0${context}`}`);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, material, length * 8));
}
