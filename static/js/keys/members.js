// A tab's own keys, which cannot be taken out of the browser; the names of others' keys, and their powers (docs/protocol.md section 7.2).
import { b64, joined, makeFields, sha256, u8, u64, unb64 } from "./bytes.js";

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

/** @typedef {{ rid: Bytes, root: Bytes, now: number }} Authority `now` in seconds, unix time */

export const FACILITATES = 1;
export const STANDS_IN = 2;
export const KEEPS_DOOR = 4;
export const CERTIFICATE = 73;
const KNOWN = FACILITATES | STANDS_IN | KEEPS_DOOR;
const DAY = 24 * 3600;
/** Whoever is removed with a certificate has it still: it is good for nothing much longer. */
const SHORT = 2 * 3600;
const GRACE = 60;

/** @param {Bytes} rid @param {{ mk: string, ms: string }} keys @param {number} powers @param {number} until */
const said = (rid, { mk, ms }, powers, until) =>
  joined("circle/1 certificate", rid, unb64(mk), unb64(ms), u8(powers), u64(until));

/** How long a certificate is given for, in seconds: who holds the seed could give it anew at any time. @param {number} powers */
export const lasts = (powers) => (powers & FACILITATES ? DAY : SHORT);

/** @param {(data: Bytes) => Promise<Bytes>} sign by the root key @param {Bytes} rid @param {{ mk: string, ms: string }} keys @param {number} powers @param {number} now */
export async function certify(sign, rid, keys, powers, now) {
  const until = Math.floor(now) + lasts(powers);
  return b64(joined(u8(powers), u64(until), await sign(said(rid, keys, powers, until))));
}

/** @param {string} certificate 73 bytes */
export function readCertificate(certificate) {
  const fields = makeFields(unb64(certificate));
  const read = { powers: fields.u8(), until: fields.u64(), signature: fields.take(64) };
  fields.end();
  return read;
}

/** What is left of a certificate's powers where it was taken off the roster: whoever holds the seed could give another one. @param {number} powers @param {string | null} certificate @param {ReadonlySet<string>} withdrawn */
export const trusted = (powers, certificate, withdrawn) =>
  certificate !== null && withdrawn.has(certificate) ? powers & FACILITATES : powers;

/** Whether it is a short one of which half of the time is over. @param {string} certificate @param {number} now */
export function isWorn(certificate, now) {
  const { powers, until } = readCertificate(certificate);
  return !(powers & FACILITATES) && until - now < SHORT / 2;
}

/** The powers that it gives to these keys now; 0 if it is not good. @param {string | null} certificate @param {{ mk: string, ms: string }} keys @param {Authority} authority */
export async function powersOf(certificate, keys, { rid, root, now }) {
  if (certificate === null) return 0;
  const { powers, until, signature } = readCertificate(certificate);
  if (until + GRACE < now || !(powers & KNOWN)) return 0;
  return (await isSigned(b64(root), signature, said(rid, keys, powers, until))) ? powers & KNOWN : 0;
}
