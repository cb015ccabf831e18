// Commits where there is a reason and it is this page's turn: builds on what is held, and builds again where another one was first.
import { b64 } from "./bytes.js";
import { buildCommit } from "./commit.js";
import { dueAt, placed, placeOf, reasons, SETTLES, wantedEntries } from "./election.js";
import { withFreshRoom } from "./epoch.js";
import { rootSigner } from "./links.js";
import { certify, FACILITATES, STANDS_IN } from "./members.js";
import { NONE_BEFORE, VERSION } from "./roster.js";

/** @typedef {import("./election.js").Situation} Situation */
/** @typedef {import("./election.js").Wanted} Wanted */
/** @typedef {import("./election.js").Taken} Taken */

const AGAIN = 1;
const ANSWERED_WITHIN = 3;
const ALONE = 5;
/** A reason for which one has committed, and that stands still, is none for so long: nothing that a server shows makes a circle commit without end. */
const SPENT = 5;

/**
 * @param {import("./core.js").Core} core
 * @param {object} with_
 * @param {import("./vouching.js").Vouching} with_.vouching
 * @param {() => void} with_.fetch asks for what is missing
 */
export function makeCommitting(core, { vouching, fetch }) {
  /** @type {Map<string, number>} since when each reason stands */
  let since = new Map();
  /** @type {Map<string, number>} since when each seat is away */
  let away = new Map();
  /** @type {Map<string, number>} when one committed for which reason */
  let spent = new Map();
  let busy = false;
  let notBefore = 0;
  let installed = core.now();
  /** @type {number | null} since when nobody here holds the keys */
  let alone = null;

  /** @param {ReadonlyMap<string, Taken>} taken @returns {Promise<Situation>} */
  async function situation(taken) {
    const { last, sight, own, held } = core;
    const entries = last?.roster.entries ?? [];
    const self = entries.find(({ mid }) => mid === own.mid);
    return {
      entries,
      powers: await core.powersIn(entries),
      me: own.mid,
      seed: core.seed !== null,
      seats: sight?.seats ?? [],
      successor: sight?.successor ?? null,
      away,
      taken,
      linkDiffers: sight?.link !== held.block()?.counter,
      nameMissing: Boolean(self && core.name && held.names().get(own.mid) !== core.name),
      installed,
      now: core.now(),
    };
  }

  /** Signs what is wanted with powers. @param {Wanted[]} wanted @returns {Promise<import("./roster.js").Entry[]>} */
  async function certified(wanted) {
    const signer = core.seed && (await rootSigner(core.seed));
    const { rid, now } = core.authority();
    const all = wanted.map(async ({ powers, ...entry }) =>
      powers && signer ? { ...entry, certificate: await certify(signer.sign, rid, entry, powers, now) } : entry,
    );
    return Promise.all(all);
  }

  /** @param {import("./roster.js").Entry[]} entries @returns {Promise<import("./epoch.js").Block>} */
  async function blockFor(entries) {
    const { held, sight } = core;
    const before = held.block();
    const left = core.last?.roster.entries.some(({ mid }) => !entries.some((entry) => entry.mid === mid)) ?? true;
    const rooms = before?.rooms ?? [];
    const names = entries.map((entry) => {
      const pressed = core.pressed.get(entry.seat)?.name;
      const own = entry.mid === core.own.mid ? core.name : null;
      return /** @type {[string, string]} */ ([entry.mid, own || pressed || held.nameOf(entry) || ""]);
    });
    const counter = core.seed && sight?.link ? sight.link : (before?.counter ?? 1);
    const link = await core.linkOf(counter);
    return {
      counter,
      link: link ? b64(link.secret) : (before?.link ?? ""),
      rooms: left ? withFreshRoom(rooms) : rooms,
      names: new Map(names.filter(([, name]) => name)),
    };
  }

  /** @param {{ n: number, prev: string, wanted: Wanted[] }} what */
  async function commit({ n, prev, wanted }) {
    busy = true;
    const entries = await certified(wanted);
    const roster = { version: VERSION, rid: core.rid, n, prev, by: core.own.mid, entries };
    const message = await buildCommit(roster, await blockFor(entries), core.own);
    core.ask("keys", message, (answer) => {
      busy = false;
      // The commit itself may have come before its answer.
      const there = answer.ok && (core.last?.roster.n ?? 0) >= n;
      if (!there) notBefore = core.now() + (answer.ok ? ANSWERED_WITHIN : AGAIN);
      if (!answer.refused) return;
      spent = new Map();
      fetch();
    });
  }

  /** Keeps what stands since when: what is gone is forgotten. @param {Iterable<string>} keys @param {ReadonlyMap<string, number>} known */
  const standing = (keys, known) => new Map([...keys].map((key) => [key, known.get(key) ?? core.now()]));

  /** The server's latest commit, where it does not hold and one is followed over it. @param {number} powers one's own */
  function commitOver(powers) {
    const { latest, broken, sight } = core;
    const stands =
      latest && broken && latest.n === broken.n && latest.n === sight?.epoch && latest.n > (core.last?.roster.n ?? 0);
    return stands && powers & (FACILITATES | STANDS_IN) ? { n: latest.n, head: latest.head, at: broken.at } : null;
  }

  async function lookInside() {
    const { last } = core;
    if (!last) return;
    const taken = await vouching.taken();
    const now = await situation(taken);
    const wanted = wantedEntries(now);
    const over = commitOver(now.powers.get(now.me) ?? 0);
    const broken = over ? [{ key: `broken ${over.n}`, mine: false, from: over.at + SETTLES }] : [];
    const found = [...reasons(now, wanted), ...broken].filter(({ key }) => core.now() - (spent.get(key) ?? 0) >= SPENT);
    since = standing(
      found.map(({ key }) => key),
      since,
    );
    const due = dueAt(found, since, placeOf(now), core.now());
    if (due === null || core.now() < due) return;
    for (const { key } of found) spent.set(key, core.now());
    const before = over ?? { n: last.roster.n, head: last.head };
    await commit({ n: before.n + 1, prev: before.head, wanted });
  }

  /** Whether anybody who holds the keys is here: who shows an introduction does not. */
  function somebodyHolds() {
    const holding = core.sight?.seats.filter(({ id, present, keys }) => present && keys === null && id !== core.seat());
    const seats = new Set(core.latest?.roster.entries.map(({ seat }) => seat));
    return holding?.some(({ id }) => seats.has(id)) ?? false;
  }

  /** Whoever holds the seed begins where nobody has keys. */
  async function lookFromOutside() {
    const { sight, latest, own } = core;
    const self = core.ownSeat();
    if (!sight || !core.seed || !self?.facilitates) return;
    if (sight.epoch > 0 && latest?.n !== sight.epoch) return fetch();
    alone = somebodyHolds() ? null : (alone ?? core.now());
    if (alone === null || (sight.epoch > 0 && core.now() - alone < ALONE)) return;
    const taken = await vouching.taken();
    taken.set(self.id, { mk: own.mk, ms: own.ms, mid: own.mid, certificate: null, pressed: false });
    const start = { ...(await situation(taken)), entries: [], powers: new Map([[own.mid, FACILITATES]]) };
    const wanted = wantedEntries(start).map((entry) => {
      return { ...entry, index: -1, powers: entry.mid === own.mid ? FACILITATES : null };
    });
    const roster = latest?.roster.entries ?? [];
    await commit({ n: sight.epoch + 1, prev: latest?.head ?? NONE_BEFORE, wanted: placed(wanted, roster) });
  }

  return {
    /** The view has changed. */
    see() {
      const gone = core.sight?.seats.filter(({ present }) => !present).map(({ id }) => id) ?? [];
      away = standing(gone, away);
    },
    installed() {
      installed = core.now();
      notBefore = 0;
      for (const { seat, mid } of core.last?.roster.entries ?? []) {
        if (core.pressed.get(seat)?.mid === mid) core.pressed.delete(seat);
      }
    },
    async look() {
      if (busy || core.now() < notBefore) return;
      if (core.entry()) await lookInside();
      else await lookFromOutside();
    },
  };
}
