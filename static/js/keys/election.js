// Which roster a page would commit, for which reasons, and when it is its turn: docs/protocol.md section 7.4. Pure.
import { FACILITATES, isWorn, KEEPS_DOOR, STANDS_IN } from "./members.js";
import { freeIndex, MOST } from "./roster.js";

/** @typedef {import("./roster.js").Entry} Entry */
/** @typedef {import("./core.js").SeatSeen} SeatSeen */
/** @typedef {{ mk: string, ms: string, mid: string, certificate: string | null, pressed: boolean }} Taken whose keys may be taken in, for a seat */

/**
 * @typedef {object} Situation
 * @property {Entry[]} entries of the present roster
 * @property {ReadonlyMap<string, number>} powers good now, by mid
 * @property {string} me one's own mid
 * @property {boolean} seed whether one holds it
 * @property {SeatSeen[]} seats as the server shows them
 * @property {string | null} successor
 * @property {ReadonlyMap<string, number>} away since when, by seat
 * @property {ReadonlyMap<string, Taken>} taken by seat
 * @property {boolean} linkDiffers whether the present link is another one than in the block
 * @property {boolean} nameMissing whether one's own name is not known to the others as it is
 * @property {number} installed when the present epoch was
 * @property {number} now seconds
 */

/** An entry that is wanted; `powers` where it is to get another certificate than it has. @typedef {Entry & { powers: number | null }} Wanted */

const SHRINKS_AFTER = 15;
export const ROTATES_AFTER = 600;
const BETWEEN_PLACES = 1.5;
/** A view without an introduction follows the commit that took it. */
export const SETTLES = 3;
const RANK = [FACILITATES, STANDS_IN, KEEPS_DOOR];

/** Powers that a seat should have, as the server shows it. Nobody but oneself gives the first one. @param {SeatSeen} seat @param {Situation} situation @param {number} has @param {boolean} own */
function duePowers(seat, { successor }, has, own) {
  const leads = seat.facilitates && (own || (has & FACILITATES) !== 0);
  return (leads ? FACILITATES : 0) | (seat.id === successor ? STANDS_IN : 0) | (seat.keepsDoor ? KEEPS_DOOR : 0);
}

/** Whether the present page is one that gives certificates: it holds the seed, and the circle lets it lead. @param {Situation} situation */
const gives = ({ seed, seats, entries, me }) => {
  const own = entries.find(({ mid }) => mid === me);
  return seed && Boolean(seats.find(({ id }) => id === own?.seat)?.facilitates);
};

/** @param {Situation} situation */
const mayAdmit = (situation) => gives(situation) || (situation.powers.get(situation.me) ?? 0) !== 0;

/** Somebody on the roster as they should be, or null for who is gone. @param {Entry} entry @param {Situation} situation @returns {Wanted | null} */
function kept(entry, situation) {
  const { powers, me, away, now } = situation;
  const seat = situation.seats.find(({ id }) => id === entry.seat);
  const since = away.get(entry.seat);
  if (!seat || (since !== undefined && now - since >= SHRINKS_AFTER && entry.mid !== me)) return null;
  const taken = situation.taken.get(entry.seat);
  const role = seat.listens ? 0 : 1;
  if (taken && taken.mid !== entry.mid && seat.present) {
    return {
      seat: entry.seat,
      mk: taken.mk,
      ms: taken.ms,
      mid: taken.mid,
      index: -1,
      role,
      certificate: taken.certificate,
      powers: null,
    };
  }
  const has = powers.get(entry.mid) ?? 0;
  const certificate = has ? entry.certificate : null;
  if (!gives(situation)) return { ...entry, role, certificate, powers: null };
  const due = duePowers(seat, situation, has, entry.mid === me);
  const stays = due === has && !(certificate && isWorn(certificate, now));
  return { ...entry, role, certificate: stays ? certificate : null, powers: due && !stays ? due : null };
}

/** Those who come new. Without a certificate only who holds the seed is taken in. @param {Situation} situation @returns {Wanted[]} */
function newcomers(situation) {
  const { entries, seats, taken } = situation;
  return seats
    .filter(({ id, present }) => present && taken.has(id) && !entries.some(({ seat }) => seat === id))
    .map((seat) => ({ seat, keys: /** @type {Taken} */ (taken.get(seat.id)) }))
    .filter(({ keys }) => mayAdmit(situation) || keys.certificate !== null)
    .map(({ seat, keys: { mk, ms, mid, certificate } }) => {
      return { seat: seat.id, mk, ms, mid, index: -1, role: seat.listens ? 0 : 1, certificate, powers: null };
    });
}

/** The entries that one would commit now. @param {Situation} situation @returns {Wanted[]} */
export function wantedEntries(situation) {
  const staying = situation.entries.map((entry) => kept(entry, situation)).filter((entry) => entry !== null);
  return placed([...staying, ...newcomers(situation)], situation.entries).slice(0, MOST);
}

/** Those without an index get one that was not used a moment ago. @param {Wanted[]} wanted @param {Entry[]} before @returns {Wanted[]} */
export function placed(wanted, before) {
  const all = wanted.filter(({ index }) => index >= 0);
  for (const entry of wanted) if (entry.index < 0) all.push({ ...entry, index: freeIndex(all, before) });
  return all;
}

/** What differs between an entry before and after, as far as it is a reason to commit. @param {Entry | undefined} before @param {Wanted | undefined} after */
function difference(before, after) {
  if (!after) return "gone";
  if (!before) return "new";
  if (before.mid !== after.mid) return "keys";
  if (before.role !== after.role) return "role";
  return after.powers !== null || before.certificate !== after.certificate ? "power" : null;
}

/** Why there is something to commit: a name for each, whether it is this page's alone, and from when on it counts, since it may go away by itself. @typedef {{ key: string, mine: boolean, from: number }} Reason */

/** @param {Situation} situation @param {Wanted[]} wanted @returns {Reason[]} */
export function reasons(situation, wanted) {
  const { entries, me, taken } = situation;
  const seats = [...new Set([...entries, ...wanted].map(({ seat }) => seat))];
  const found = seats.flatMap((seat) => {
    const after = wanted.find((entry) => entry.seat === seat);
    const before = entries.find((entry) => entry.seat === seat);
    // Who shows keys that are on the roster has not got what was wrapped for them.
    const again = before?.mid === taken.get(seat)?.mid && before?.mid === after?.mid;
    const what = difference(before, after) ?? (again ? "again" : null);
    const mine = Boolean(taken.get(seat)?.pressed) || (what === "power" && after?.mid === me);
    return what
      ? [
          {
            key: `${what} ${seat} ${after?.mid ?? ""}`,
            mine,
            from: what === "again" ? situation.installed + SETTLES : 0,
          },
        ]
      : [];
  });
  if (situation.linkDiffers && gives(situation)) found.push({ key: "link", mine: false, from: 0 });
  if (situation.nameMissing && mayAdmit(situation)) found.push({ key: "name", mine: true, from: 0 });
  if (situation.now - situation.installed >= ROTATES_AFTER) found.push({ key: "time", mine: false, from: 0 });
  return found;
}

/** How many come before this page; -1 for who is not on the roster. @param {Pick<Situation, "entries" | "powers" | "me" | "seats">} situation */
export function placeOf({ entries, powers, me, seats }) {
  const here = entries.filter(({ seat, mid }) => mid === me || seats.some(({ id, present }) => id === seat && present));
  /** @param {Entry} entry */
  const rank = ({ mid }) => RANK.findIndex((power) => ((powers.get(mid) ?? 0) & power) !== 0) >>> 0;
  return here
    .sort((one, other) => rank(one) - rank(other) || one.index - other.index)
    .findIndex(({ mid }) => mid === me);
}

/**
 * When to commit: the earliest time at which one of the reasons is due, or null where there is none.
 * @param {Reason[]} found @param {ReadonlyMap<string, number>} since when each was first seen @param {number} place @param {number} now
 */
export function dueAt(found, since, place, now) {
  if (found.length === 0) return null;
  return Math.min(
    ...found.map(({ key, mine, from }) => Math.max(since.get(key) ?? now, from) + (mine ? 0 : place * BETWEEN_PLACES)),
  );
}
