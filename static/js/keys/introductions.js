// Who has a seat and no keys yet: what they show, and who may take them in by it. docs/protocol.md section 7.5.
import { b64, bytesOf, hmac, joined, makeFields, Refused, u8, u32, unb64 } from "./bytes.js";
import { CERTIFICATE, FACILITATES, midOf, powersOf } from "./members.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{ mk: string, ms: string }} Keys */

export const UNVOUCHED = 0;
const BY_SEED = 1;
const SAT_HERE = 2;
const PROOFS = [0, CERTIFICATE, 36];
const KEYS = 65;

/** @param {Keys} own @param {number} kind @param {Bytes} [proof] */
const written = ({ mk, ms }, kind, proof = new Uint8Array()) => b64(joined(unb64(mk), unb64(ms), u8(kind), proof));

/** @param {Keys} own */
export const unvouched = (own) => written(own, UNVOUCHED);

/** @param {Keys} own @param {string} certificate */
export const bySeed = (own, certificate) => written(own, BY_SEED, unb64(certificate));

/** @param {string} rid @param {string} seat @param {Keys} keys */
const said = (rid, seat, { mk, ms }) => joined("circle/1 resume", unb64(rid), unb64(seat), unb64(mk), unb64(ms));

/** @param {Keys} own @param {{ rid: string, seat: string, m: number, resume: Bytes }} before `resume`: R of the last epoch m that one had */
export const satHere = async (own, { rid, seat, m, resume }) =>
  written(own, SAT_HERE, joined(u32(m), await hmac(resume, said(rid, seat, own))));

/** Throws Refused for anything that is not written so. @param {string} text */
export async function readIntroduction(text) {
  const fields = makeFields(bytesOf(text, KEYS, KEYS + CERTIFICATE));
  const [mk, ms, kind] = [fields.text(32), fields.text(32), fields.u8()];
  if (kind >= PROOFS.length || fields.left() !== PROOFS[kind]) throw new Refused("malformed");
  const proof = fields.take(PROOFS[kind]);
  return { mk, ms, mid: await midOf(mk, ms), kind, proof };
}

/** @typedef {Awaited<ReturnType<typeof readIntroduction>>} Introduction */

/** The certificate of who holds the seed, or null. @param {Introduction} introduction @param {import("./members.js").Authority} authority */
export async function certificateIn(introduction, authority) {
  if (introduction.kind !== BY_SEED) return null;
  const certificate = b64(introduction.proof);
  return (await powersOf(certificate, introduction, authority)) & FACILITATES ? certificate : null;
}

/**
 * Whether the proof shows that who sat there is the same now.
 * @param {Introduction} introduction @param {string} seat @param {string} rid @param {(m: number) => import("./epoch.js").Epoch | null} epochOf of those that are still kept
 */
export async function satBefore(introduction, seat, rid, epochOf) {
  if (introduction.kind !== SAT_HERE) return false;
  const fields = makeFields(introduction.proof);
  const epoch = epochOf(fields.u32());
  const entry = epoch?.roster.entries.find((one) => one.seat === seat);
  if (!epoch || !entry) return false;
  return b64(await hmac(await epoch.resume(entry.mid), said(rid, seat, introduction))) === fields.text(32);
}
