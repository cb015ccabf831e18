// A commit: the next roster and the next secret, one wrap for each who is on it. Built and read here; checks.js says which is taken.
import { b64, bytesOf, joined, Refused, random, sha256, unb64 } from "./bytes.js";
import { LARGEST_BLOCK, makeEpoch, sealBlock, WRAP, wrapFor } from "./epoch.js";
import { sealTo } from "./hpke.js";
import { headOf, LARGEST, readRoster, rosterBytes, SMALLEST } from "./roster.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./roster.js").Roster} Roster */
/** @typedef {import("./members.js").Own} Own */

const SMALLEST_BLOCK = 256 + 28;

/** What the committer signs. @param {string} head @param {string} confirm @param {Bytes} block */
export const signedBy = async (head, confirm, block) =>
  joined("circle/1 commit", unb64(head), unb64(confirm), await sha256(block));

/**
 * A commit as it goes to the server.
 * @param {Roster} roster @param {import("./epoch.js").Block} block @param {Pick<Own, "sign">} own
 */
export async function buildCommit(roster, block, own) {
  const bytes = rosterBytes(roster);
  const [head, secret] = [await headOf(bytes), random(32)];
  const epoch = await makeEpoch(roster, head, secret);
  const [confirm, sealed] = await Promise.all([epoch.confirm(), sealBlock(epoch, block)]);
  const rid = unb64(roster.rid);
  const wraps = roster.entries.map(async ({ seat, mk, mid }) => {
    return [seat, b64(await sealTo(unb64(mk), wrapFor(rid, roster.n, head, mid), secret))];
  });
  return {
    type: /** @type {const} */ ("commit"),
    n: roster.n,
    roster: b64(bytes),
    confirm,
    signature: b64(await own.sign(await signedBy(head, confirm, sealed))),
    block: b64(sealed),
    wraps: /** @type {Record<string, string>} */ (Object.fromEntries(await Promise.all(wraps))),
  };
}

/** A commit as it came, in form. Throws Refused. @param {import("./types.js").CommitMessage} message */
export async function readCommit({ n, roster, confirm, signature, block, wrap }) {
  const bytes = bytesOf(roster, SMALLEST, LARGEST);
  const read = await readRoster(bytes);
  if (read.n !== n) throw new Refused("malformed");
  bytesOf(confirm, 32);
  return {
    n,
    roster: read,
    head: await headOf(bytes),
    confirm,
    signature: bytesOf(signature, 64),
    block: bytesOf(block, SMALLEST_BLOCK, LARGEST_BLOCK),
    wrap: wrap === null ? null : bytesOf(wrap, WRAP),
  };
}

/** @typedef {Awaited<ReturnType<typeof readCommit>>} Commit */
