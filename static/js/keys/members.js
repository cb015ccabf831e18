// A tab's own keys, and the names of others' keys. The private halves cannot be taken out of the browser.
import { b64, joined, sha256, unb64 } from "./bytes.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{ mk: string, ms: string, mid: string }} Public base64url: 32 bytes to seal to, 32 to verify by, and 16 that name both */

/** @param {string} mk @param {string} ms */
export const midOf = async (mk, ms) =>
  b64((await sha256(joined("circle/1 member", unb64(mk), unb64(ms)))).slice(0, 16));

/** @param {CryptoKeyPair} pair */
const raw = async (pair) => b64(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));

export async function makeOwn() {
  const box = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey("X25519", false, ["deriveBits"]));
  const signer = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]));
  const [mk, ms] = await Promise.all([raw(box), raw(signer)]);
  return {
    mk,
    ms,
    mid: await midOf(mk, ms),
    box,
    /** @param {Bytes} data */
    sign: async (data) => new Uint8Array(await crypto.subtle.sign("Ed25519", signer.privateKey, data)),
  };
}

/** @typedef {Awaited<ReturnType<typeof makeOwn>>} Own */

/** Whether this key signed it. @param {string} ms @param {Bytes} signature @param {Bytes} data */
export async function isSigned(ms, signature, data) {
  try {
    const key = await crypto.subtle.importKey("raw", unb64(ms), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, data);
  } catch {
    // No point of the curve.
    return false;
  }
}
