// A fresh link: the old one opens the door no longer, and the words' secret stays what it was, the first link's. And the facilitators'
// link, handed on to who leads the next time.
import { b64, sha256, unb64 } from "./bytes.js";
import { fromSeed, joinProof } from "./links.js";
import { linkSchedule } from "./schedule.js";
import { makeWords } from "./words.js";

/** @typedef {import("./links.js").Link} Link */
/** @typedef {import("./words.js").Words} Words */

/** @param {Uint8Array<ArrayBuffer>} secret @param {string} rid */
const under = (secret, rid) => makeWords(linkSchedule(secret), rid);

/**
 * The link with this counter, and the command that makes it the present one.
 * @param {Uint8Array<ArrayBuffer>} seed @param {number} counter
 */
export async function freshLink(seed, counter) {
  const [first, link] = [await fromSeed(seed), await fromSeed(seed, counter)];
  const join = b64(await sha256(unb64(await joinProof(link))));
  const fresh = await under(first.secret, link.rid).seal(b64(link.secret), "link");
  const keys = await under(link.secret, link.rid).seal(b64(first.secret), "keys");
  return { link, command: { type: /** @type {const} */ ("set_link"), link: counter, join, fresh, keys } };
}

/** The words' secret, for who has come by a fresh link; null where it cannot be opened by this one. @param {Link} link @param {string} keys */
export async function wordsSecret(link, keys) {
  const opened = await under(link.secret, link.rid).open(keys, "keys");
  return opened ? unb64(opened) : null;
}

/** The present link, for those inside: by it they find back to the door. @param {Link} link @param {Pick<Words, "open">} words @param {string} fresh @returns {Promise<Link | null>} */
export async function presentLink(link, words, fresh) {
  const opened = await words.open(fresh, "link");
  return opened ? { ...link, secret: unb64(opened) } : null;
}

/**
 * The facilitators' link for one seat alone. Sealed by the words' key, which all inside have, so that the server shows it to that seat only; a
 * seal by that seat's own public key belongs here.
 * @param {Pick<Words, "seal">} words @param {Uint8Array<ArrayBuffer>} seed @param {string} seat for whom
 */
export const sealSeed = (words, seed, seat) => words.seal(b64(seed), "link", "lead", seat);

/** The link, or null: sealed for another, or the link of another circle. @param {Pick<Words, "open">} words @param {string} sealed @param {string} seat one's own @param {string} rid @returns {Promise<Link | null>} */
export async function openSeed(words, sealed, seat, rid) {
  const seed = await words.open(sealed, "link", "lead", seat);
  if (!seed || !/^[A-Za-z0-9_-]{43}$/.test(seed)) return null;
  const link = await fromSeed(unb64(seed));
  return link.rid === rid ? link : null;
}
