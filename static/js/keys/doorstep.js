// What passes between who knocks and who keeps the door: docs/protocol.md section 7.3.
import { b64, bytesOf, hkdf, joined, makeFields, openUnder, sealUnder, unb64 } from "./bytes.js";
import { openFrom, sealTo } from "./hpke.js";
import { midOf } from "./members.js";
import { belonging, pad, unpad } from "./words.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./words.js").Kind} Kind */
/** @typedef {import("./words.js").About} About */
/** @typedef {{ rid: string, root: Bytes, link: Bytes }} Door `link`: L of the link that is used */
/** @typedef {(certificate: string, keys: { mk: string, ms: string }) => Promise<number>} PowersOf that are good now */
/** @typedef {{ seat: string, mk: string, ms: string }} Keeper whose certificate holds */

const DOOR_KEY = 137;
const BOX = 144;
const MOST_BOXES = 8;

/** @param {{ mk: string, ms: string }} own @param {string} certificate */
export const doorKey = ({ mk, ms }, certificate) => b64(joined(unb64(mk), unb64(ms), unb64(certificate)));

/** Who of those that the server names keeps the door by a certificate. @param {{ seat: string, key: string }[]} shown @param {PowersOf} powersOf @returns {Promise<Keeper[]>} */
export async function trueKeepers(shown, powersOf) {
  const all = await Promise.all(shown.slice(0, MOST_BOXES).map((one) => trueKeeper(one, powersOf)));
  return all.filter((one) => one !== null);
}

/** @param {{ seat: string, key: string }} shown @param {PowersOf} powersOf */
async function trueKeeper({ seat, key }, powersOf) {
  try {
    const fields = makeFields(bytesOf(key, DOOR_KEY));
    const [mk, ms, certificate] = [fields.text(32), fields.text(32), fields.text(fields.left())];
    return (await powersOf(certificate, { mk, ms })) ? { seat, mk, ms } : null;
  } catch {
    return null;
  }
}

/** @param {Door} door @param {string} mk the keeper's */
const about = ({ rid, root, link }, mk) => ({
  info: joined("circle/1 knock", unb64(rid), root, unb64(mk)),
  psk: { id: unb64(rid), key: link },
});

/** For each keeper one's own keys and the knock's secret. @param {Door} door @param {Keeper[]} keepers @param {{ mk: string, ms: string }} own @param {Bytes} secret D */
export async function boxesFor(door, keepers, own, secret) {
  const plain = joined(unb64(own.mk), unb64(own.ms), secret);
  const boxes = keepers.map(async ({ seat, mk }) => [seat, b64(await sealTo(unb64(mk), about(door, mk), plain))]);
  return /** @type {Record<string, string>} */ (Object.fromEntries(await Promise.all(boxes)));
}

/** Whose keys, and by which secret their words open; null for what opens nowhere. @param {Door} door @param {import("./members.js").Own} own the keeper @param {string | null} box */
export async function openBox(door, own, box) {
  try {
    const plain = box && (await openFrom(own.box, about(door, own.mk), bytesOf(box, BOX)));
    if (!plain) return null;
    const fields = makeFields(plain);
    const [mk, ms, secret] = [fields.text(32), fields.text(32), fields.take(32)];
    fields.end();
    return { mk, ms, mid: await midOf(mk, ms), secret };
  } catch {
    return null;
  }
}

/** Words under a knock's own secret. @param {Bytes} secret D @param {string} rid */
export function doorstepWords(secret, rid) {
  /** @param {Kind} kind */
  const key = (kind) => hkdf(secret, `doorstep ${kind}`);
  return {
    /** @param {string} text @param {Kind} kind @param {About} about */
    seal: async (text, kind, ...about) =>
      b64(await sealUnder(await key(kind), pad(text, kind), belonging(rid, kind, about))),
    /** @param {string | null} sealed @param {Kind} kind @param {About} about */
    async open(sealed, kind, ...about) {
      try {
        return sealed && unpad(await openUnder(await key(kind), unb64(sealed), belonging(rid, kind, about)), kind);
      } catch {
        return null;
      }
    },
  };
}
