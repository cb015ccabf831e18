// One epoch's secret, and what is derived from it. The secret itself stays inside WebCrypto.
import { b64, hkdf, hmac, joined, secretKey, unb64 } from "./bytes.js";
import { u32 } from "./fields.js";

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
