// The four sorts of words: docs/protocol.md section 7.6. Those of the doorstep stand in doorstep.js.
import { b64, hkdf, joined, openUnder, sealUnder, sha256, unb64 } from "./bytes.js";
import { makeFields, u8, u32 } from "./fields.js";
import { isSigned } from "./members.js";
import { linkSchedule } from "./schedule.js";
import { belonging, makeWords, pad, unpad } from "./words.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./epoch.js").Epoch} Epoch */
/** @typedef {import("./words.js").Kind} Kind */
/** @typedef {import("./words.js").About} About */

const SIGNATURE = 64;

/** Gives null for whatever cannot be opened: words come from anywhere. @template T @param {() => Promise<T | null>} open @returns {Promise<T | null>} */
const orNull = async (open) => {
  try {
    return await open();
  } catch {
    return null;
  }
};

/** @param {Bytes} link L @param {string} rid */
export const doorWords = (link, rid) => makeWords(linkSchedule(link), rid);

/** @param {string} head @param {Bytes} aad @param {Bytes} padded */
const said = async (head, aad, padded) => joined("circle/1 words", unb64(head), await sha256(joined(aad, padded)));

/** @param {Epoch} epoch @param {Kind} kind @param {string} mid */
const ownKey = ({ exporter }, kind, mid) => exporter("words", `${kind} ${mid}`, 32);

/** One's own words, signed. @param {Epoch} epoch @param {import("./members.js").Own} own @param {string} rid @param {string} text @param {Kind} kind @param {About} about */
export async function sealSigned(epoch, own, rid, text, kind, about) {
  const [aad, padded] = [belonging(rid, kind, about), pad(text, kind)];
  const signature = await own.sign(await said(epoch.head, aad, padded));
  const sealed = await sealUnder(await ownKey(epoch, kind, own.mid), joined(signature, padded), aad);
  return b64(joined(u32(epoch.n), unb64(own.mid), sealed));
}

/** Words that this seat has written, or null. @param {(n: number) => Epoch | null} epochOf @param {string} seat @param {string} rid @param {string} sealed @param {Kind} kind @param {About} about */
export const openSigned = (epochOf, seat, rid, sealed, kind, about) =>
  orNull(async () => {
    const fields = makeFields(unb64(sealed));
    const [epoch, mid] = [epochOf(fields.u32()), fields.text(16)];
    const author = epoch?.roster.entries.find((entry) => entry.mid === mid);
    if (!epoch || author?.seat !== seat) return null;
    const aad = belonging(rid, kind, about);
    const plain = await openUnder(await ownKey(epoch, kind, mid), fields.take(fields.left()), aad);
    const [signature, padded] = [plain.slice(0, SIGNATURE), plain.slice(SIGNATURE)];
    return (await isSigned(author.ms, signature, await said(epoch.head, aad, padded))) ? unpad(padded, kind) : null;
  });

/** @param {{ id: number, key: Bytes }} room @param {string} rid @param {string} text @param {Kind} kind @param {About} about */
export async function sealInRoom({ id, key }, rid, text, kind, about) {
  const sealed = await sealUnder(await hkdf(key, `room ${kind}`), pad(text, kind), belonging(rid, kind, about));
  return b64(joined(u8(id), sealed));
}

/** @param {(id: number) => { key: Bytes } | null} roomOf @param {string} rid @param {string} sealed @param {Kind} kind @param {About} about */
export const openInRoom = (roomOf, rid, sealed, kind, about) =>
  orNull(async () => {
    const bytes = unb64(sealed);
    const room = roomOf(bytes[0]);
    if (!room) return null;
    return unpad(
      await openUnder(await hkdf(room.key, `room ${kind}`), bytes.slice(1), belonging(rid, kind, about)),
      kind,
    );
  });
