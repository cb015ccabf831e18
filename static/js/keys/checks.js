// Whether a commit is taken: docs/protocol.md section 7.4, in its order. Nothing here changes anything.
import { unb64 } from "./bytes.js";
import { FACILITATES, powersOf, STANDS_IN } from "./certificates.js";
import { signedBy } from "./commit.js";
import { makeEpoch, wrapFor } from "./epoch.js";
import { Refused } from "./fields.js";
import { openFrom } from "./hpke.js";
import { isSigned } from "./members.js";
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
 * @property {Bytes[]} shared what only those inside know beside oneself: R for who sat here, L for who holds the seed. A wrap that opens by it needs no certificate
 * @property {number} now seconds, unix time
 */

/** @typedef {Known & { powers: Map<string, number>, vouched: boolean }} Case `powers` of the new roster, by mid; `vouched`: the wrap opens by what is shared */

/** @param {Commit} commit */
const committer = ({ roster }) => roster.entries.find(({ mid }) => mid === roster.by);

/** @param {Commit} commit @param {Known} known */
const committerBefore = ({ roster }, { last }) => last?.roster.entries.find(({ mid }) => mid === roster.by);

/** @param {Commit} commit @param {Pick<Known, "own">} known */
export const ownEntry = ({ roster }, { own }) => roster.entries.find(({ mid }) => mid === own.mid);

/** @param {Commit} commit @param {Case} known */
const powersOfCommitter = ({ roster }, { powers }) => powers.get(roster.by) ?? 0;

/** @param {Commit} commit @param {Case} known */
const mayBeginFor = (commit, known) => {
  const powers = powersOfCommitter(commit, known);
  return known.jump ? (powers & (FACILITATES | STANDS_IN)) !== 0 : powers !== 0 || known.vouched;
};

/** Without a certificate a circle only shrinks, and takes in who holds the seed. @param {Commit} commit @param {Case} known */
const onlyShrinks = ({ roster }, { last, powers }) =>
  roster.entries.every((entry) => {
    const facilitates = ((powers.get(entry.mid) ?? 0) & FACILITATES) !== 0;
    const sat = last?.roster.entries.some(({ seat }) => seat === entry.seat);
    const kept = last?.roster.entries.find(({ mid }) => mid === entry.mid)?.certificate === entry.certificate;
    return (sat || facilitates) && (entry.certificate === null || kept || facilitates);
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
      if (known.last === null || known.jump) return committer(commit) !== undefined && mayBeginFor(commit, known);
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
    async (commit, known) => {
      const { ms } = /** @type {import("./roster.js").Entry} */ (committer(commit) ?? committerBefore(commit, known));
      return isSigned(ms, commit.signature, await signedBy(commit.head, commit.confirm, commit.block));
    },
  ],
];

/** An entry keeps its index while its keys stay, and nobody takes one that has just been used. @param {import("./roster.js").Entry} entry @param {import("./roster.js").Entry[]} before */
function hasOwnIndex({ mid, index }, before) {
  const same = before.find((entry) => entry.mid === mid);
  return same ? same.index === index : before.every((entry) => entry.index !== index);
}

/** @param {Commit} commit @param {Known} known */
async function powersIn({ roster }, { rid, root, now }) {
  const authority = { rid: unb64(rid), root, now };
  const powers = roster.entries.map(
    async (entry) => /** @type {const} */ ([entry.mid, await powersOf(entry.certificate, entry, authority)]),
  );
  return new Map(await Promise.all(powers));
}

/** The secret in one's own wrap; null for none, or one that does not open. @param {Commit} commit @param {Known} known @param {Bytes} [key] */
async function secretIn({ roster, head, wrap }, { rid, own }, key) {
  if (wrap === null) return null;
  const id = unb64(rid);
  const about = { ...wrapFor(id, roster.n, head, own.mid), ...(key && { psk: { id, key } }) };
  const secret = await openFrom(own.box, about, wrap);
  return secret?.length === 32 ? secret : null;
}

/** @param {Commit} commit @param {Known} known */
async function firstOpened(commit, known) {
  const opened = await Promise.all(known.shared.map((key) => secretIn(commit, known, key)));
  return opened.find((secret) => secret !== null) ?? null;
}

/**
 * The epoch that a commit brings; null where one is not on its roster, or `between`, where a later commit follows that brings one.
 * Throws Refused with the code of the first check that does not hold.
 * @param {Commit} commit @param {Known} known @param {boolean} [between]
 */
export async function examine(commit, known, between = false) {
  const powers = await powersIn(commit, known);
  const byShared = powers.get(commit.roster.by) ? null : await firstOpened(commit, known);
  const all = { ...known, powers, vouched: byShared !== null };
  for (const [code, holds] of CHECKS) if (!(await holds(commit, all))) throw new Refused(code);
  if (between || !ownEntry(commit, known)) return null;
  const secret = byShared ?? (await secretIn(commit, known));
  if (!secret) throw new Refused("wrap");
  const epoch = await makeEpoch(commit.roster, commit.head, secret);
  if ((await epoch.confirm()) !== commit.confirm) throw new Refused("confirm");
  return epoch;
}
