// Power over keys, given by the circle's root key alone: docs/protocol.md section 7.2.
import { b64, joined, unb64 } from "./bytes.js";
import { makeFields, u8, u64 } from "./fields.js";
import { isSigned } from "./members.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{ rid: Bytes, root: Bytes, now: number }} Authority `now` in seconds, unix time */

export const FACILITATES = 1;
export const STANDS_IN = 2;
export const KEEPS_DOOR = 4;
export const CERTIFICATE = 73;
const KNOWN = FACILITATES | STANDS_IN | KEEPS_DOOR;
const LONGEST = 24 * 3600;
const GRACE = 60;

/** @param {Bytes} rid @param {{ mk: string, ms: string }} keys @param {number} powers @param {number} until */
const said = (rid, { mk, ms }, powers, until) =>
  joined("circle/1 certificate", rid, unb64(mk), unb64(ms), u8(powers), u64(until));

/** @param {(data: Bytes) => Promise<Bytes>} sign by the root key @param {Bytes} rid @param {{ mk: string, ms: string }} keys @param {number} powers @param {number} now */
export async function certify(sign, rid, keys, powers, now) {
  const until = Math.floor(now) + LONGEST;
  return b64(joined(u8(powers), u64(until), await sign(said(rid, keys, powers, until))));
}

/** @param {string} certificate 73 bytes */
export function readCertificate(certificate) {
  const fields = makeFields(unb64(certificate));
  const read = { powers: fields.u8(), until: fields.u64(), signature: fields.take(64) };
  fields.end();
  return read;
}

/** The powers that it gives to these keys now; 0 if it is not good. @param {string | null} certificate @param {{ mk: string, ms: string }} keys @param {Authority} authority */
export async function powersOf(certificate, keys, { rid, root, now }) {
  if (certificate === null) return 0;
  const { powers, until, signature } = readCertificate(certificate);
  if (until + GRACE < now || !(powers & KNOWN)) return 0;
  return (await isSigned(b64(root), signature, said(rid, keys, powers, until))) ? powers & KNOWN : 0;
}
