// Whether a commit is taken: docs/protocol.md section 7.4, in its order. Nothing here changes anything.
import { Refused, unb64 } from "./bytes.js";
import { signedBy } from "./commit.js";
import { makeEpoch, openBlock, wrapFor } from "./epoch.js";
import { openFrom } from "./hpke.js";
import { FACILITATES, isSigned, powersOf, STANDS_IN, trusted } from "./members.js";
import { NONE_BEFORE, VERSION } from "./roster.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./commit.js").Commit} Commit */
/** @typedef {import("./roster.js").Roster} Roster */
/** @typedef {{ roster: Roster, head: string }} Last the latest roster that was checked */

/**
 * @typedef {object} Known what a page knows when a commit comes
 * @property {string} rid
 * @property {Bytes} root
 * @property {import("./members.js").Own} own
 * @property {string | null} seat one's own
 * @property {ReadonlySet<number>} roles that one's own entry may have
 * @property {Last | null} last null before the first one
 * @property {boolean} jump the commits between `last` and this one cannot be had any more
 * @property {ReadonlySet<string>} links every L that one knows: no server does
 * @property {ReadonlySet<string> | null} beside mids of those with whom one sat last; null for who never did
 * @property {ReadonlySet<string>} shown `seat mid` of each introduction that the server has shown since `last`
 * @property {ReadonlySet<string>} withdrawn certificates that were on a roster here and are on it no longer
 * @property {number} now seconds, unix time
 */

/** @typedef {Known & { powers: Map<string, number>, before: Map<string, number> }} Case powers that are good in the new roster and in the one before, by mid */

/** @param {Commit} commit */
const committer = ({ roster }) => roster.entries.find(({ mid }) => mid === roster.by);

/** @param {Commit} commit @param {Known} known */
const committerBefore = ({ roster }, { last }) => last?.roster.entries.find(({ mid }) => mid === roster.by);

/** @param {Commit} commit @param {Pick<Known, "own">} known */
export const ownEntry = ({ roster }, { own }) => roster.entries.find(({ mid }) => mid === own.mid);

/** @param {Commit} commit @param {Case} known */
const powersOfCommitter = (commit, { powers, withdrawn }) =>
  trusted(powers.get(commit.roster.by) ?? 0, committer(commit)?.certificate ?? null, withdrawn);

/** Where nothing is known of the roster before: that those inside vouch for the committer, the block shows. Who stands in does so by the own roster. @param {Commit} commit @param {Case} known */
const mayJump = (commit, known) =>
  !known.jump ||
  (powersOfCommitter(commit, known) & FACILITATES) !== 0 ||
  (powersOfCommitter(commit, known) & (known.before.get(commit.roster.by) ?? 0) & STANDS_IN) !== 0;

/** Without a certificate a circle only shrinks, and takes in who holds the seed; who sat gets no other keys than were shown at the seat; certificates stay as long as they are good. @param {Commit} commit @param {Case} known */
const onlyShrinks = ({ roster }, { last, powers, before, shown }) =>
  roster.entries.every(({ seat, mid, certificate }) => {
    const facilitates = ((powers.get(mid) ?? 0) & FACILITATES) !== 0;
    const kept = last?.roster.entries.find((one) => one.mid === mid);
    if (!kept) {
      const sat = last?.roster.entries.some((one) => one.seat === seat);
      return facilitates || (sat && certificate === null && shown.has(`${seat} ${mid}`));
    }
    if (kept.seat !== seat) return false;
    if (kept.certificate === certificate) return true;
    return certificate === null ? !before.get(mid) : kept.certificate === null && facilitates;
  });

/** @param {string[]} all */
const allDiffer = (all) => new Set(all).size === all.length;

/** @type {[code: string, holds: (commit: Commit, known: Case) => boolean | Promise<boolean>][]} */
export const CHECKS = [
  ["version", ({ roster }) => roster.version === VERSION],
  ["circle", ({ roster }, { rid }) => roster.rid === rid],
  [
    "order",
    ({ n, roster }, { last, jump }) => {
      if (last === null) return n > 0 && (n > 1 || roster.prev === NONE_BEFORE);
      return jump ? n > last.roster.n + 1 : n === last.roster.n + 1 && roster.prev === last.head;
    },
  ],
  [
    "committer",
    (commit, known) => {
      if (committer(commit) === undefined) return false;
      if (known.last === null || known.jump) return mayJump(commit, known);
      return committerBefore(commit, known) !== undefined || (powersOfCommitter(commit, known) & FACILITATES) !== 0;
    },
  ],
  [
    "power",
    (commit, known) => powersOfCommitter(commit, known) !== 0 || known.last === null || onlyShrinks(commit, known),
  ],
  [
    "twice",
    ({ roster: { entries } }) =>
      allDiffer(entries.map(({ seat }) => seat)) &&
      allDiffer(entries.map(({ index }) => String(index))) &&
      allDiffer(entries.flatMap(({ mk, ms }) => [mk, ms])),
  ],
  [
    "index",
    ({ roster: { entries } }, { last, jump }) =>
      last === null || jump || entries.every((entry) => hasOwnIndex(entry, last.roster.entries)),
  ],
  [
    "certificate",
    ({ roster }, { powers }) => roster.entries.every(({ certificate, mid }) => certificate === null || powers.get(mid)),
  ],
  [
    "own",
    ({ roster }, { own, seat, roles }) => {
      const touched = roster.entries.filter(({ mk, ms }) => mk === own.mk || ms === own.ms);
      return touched.every((entry) => entry.mid === own.mid && entry.seat === seat && roles.has(entry.role));
    },
  ],
  [
    "signature",
    async (commit) => {
      const { ms } = /** @type {import("./roster.js").Entry} */ (committer(commit));
      return isSigned(ms, commit.signature, await signedBy(commit.head, commit.confirm, commit.block));
    },
  ],
];

/** An entry keeps its index while its keys stay, and nobody takes one that has just been used. @param {import("./roster.js").Entry} entry @param {import("./roster.js").Entry[]} before */
function hasOwnIndex({ mid, index }, before) {
  const same = before.find((entry) => entry.mid === mid);
  return same ? same.index === index : before.every((entry) => entry.index !== index);
}

/** @param {Roster | undefined} roster @param {Known} known */
async function powersIn(roster, { rid, root, now }) {
  const authority = { rid: unb64(rid), root, now };
  const powers = (roster?.entries ?? []).map(
    async (entry) => /** @type {const} */ ([entry.mid, await powersOf(entry.certificate, entry, authority)]),
  );
  return new Map(await Promise.all(powers));
}

/** The secret in one's own wrap; null for none, or one that does not open. @param {Commit} commit @param {Known} known */
async function secretIn({ roster, head, wrap }, { rid, own }) {
  if (wrap === null) return null;
  const secret = await openFrom(own.box, wrapFor(unb64(rid), roster.n, head, own.mid), wrap);
  return secret?.length === 32 ? secret : null;
}

/** Base mode proves no sender: where no certificate speaks for the committer, they show that they know the link; and who sat here before knows them. @param {Commit} commit @param {import("./epoch.js").Block} block @param {Known} known */
const isBelieved = ({ roster }, { link }, { links, beside }) =>
  links.has(link) && (beside === null || beside.has(roster.by));

/**
 * The epoch that a commit brings, and its block; null where one is not on its roster, or `between`, where a later commit follows that brings one.
 * Throws Refused with the code of the first check that does not hold.
 * @param {Commit} commit @param {Known} known @param {boolean} [between]
 */
export async function examine(commit, known, between = false) {
  const [powers, before] = await Promise.all([powersIn(commit.roster, known), powersIn(known.last?.roster, known)]);
  const all = { ...known, powers, before };
  for (const [code, holds] of CHECKS) if (!(await holds(commit, all))) throw new Refused(code);
  if (between || !ownEntry(commit, known)) return null;
  const secret = await secretIn(commit, known);
  if (!secret) throw new Refused("wrap");
  const epoch = await makeEpoch(commit.roster, commit.head, secret);
  if ((await epoch.confirm()) !== commit.confirm) throw new Refused("confirm");
  const block = await openBlock(epoch, commit.block);
  if (!known.last && !powersOfCommitter(commit, all) && !isBelieved(commit, block, known)) throw new Refused("block");
  return { epoch, block, empowered: powersOfCommitter(commit, all) !== 0 };
}
