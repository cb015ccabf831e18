// A fresh link: the old one opens the door no longer, and the words' secret stays what it was, the first link's.
import { b64, sha256, unb64 } from "./bytes.js";
import { fromSeed, joinProof } from "./links.js";
import { linkSchedule } from "./schedule.js";
import { makeWords } from "./words.js";

/** @typedef {import("./links.js").Link} Link */

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

/** The present link, for those inside. @param {Link} link @param {Uint8Array<ArrayBuffer>} words their secret @param {string} fresh @returns {Promise<Link | null>} */
export async function presentLink(link, words, fresh) {
  const opened = await under(words, link.rid).open(fresh, "link");
  return opened ? { ...link, secret: unb64(opened) } : null;
}
