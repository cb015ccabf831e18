// What the parts of the keys share: the link and its seed, one's own keys, what the server shows, the keys that are held.
import { b64, isOf, unb64 } from "./bytes.js";
import { makeHeld } from "./held.js";
import { fromSeed, isPinned, rootSigner } from "./links.js";
import { makeOwn, powersOf, trusted } from "./members.js";
import { SEAT } from "./roster.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./types.js").Parts} Parts */
/** @typedef {import("./commit.js").Commit} Commit */

/** @param {Parts} parts */
export async function makeCore(parts) {
  const { link, now, seat } = parts;
  const held = makeHeld(now);
  /** @type {Map<string, Promise<number>>} certificates that were checked, so that each is checked once */
  const checked = new Map();
  /** @type {Promise<unknown>} */
  let working = Promise.resolve();
  let latestLink = 0;
  /** @type {Set<Promise<unknown>>} */
  const pending = new Set();

  const core = {
    parts,
    now,
    seat,
    held,
    rid: link.rid,
    seed: link.seed,
    /** @type {Bytes | null} */
    root: link.seed ? (await rootSigner(link.seed)).root : null,
    own: await makeOwn(),
    /** All is forgotten, and what still comes finds nobody. */
    over: false,
    /** @type {Sight | null} */
    sight: null,
    /** Certificates that were on the roster and are no longer: of who was removed, or lost a duty. @type {Set<string>} */
    withdrawn: new Set(),
    /** Seats that were here and have none any more: who sat there, was removed or left. @type {Set<string>} */
    gone: new Set(),
    /** The latest roster that was checked. @type {import("./checks.js").Last | null} */
    last: null,
    /** The latest commit that was seen, of which nothing is checked but its form. @type {Commit | null} */
    latest: null,
    /** The latest commit that was refused, and when first. @type {{ n: number, at: number } | null} */
    broken: null,
    /** The present link, for who holds the seed. @type {import("./links.js").Link | null} */
    given: null,
    /** One's own name, as it is shown. */
    name: "",
    /** What one was let in by before a reload, or since then; `beside`: mids of all who sat there. @type {import("./held.js").Before | null} */
    before: null,
    /** Whose press "let in" was done here, by seat. @type {Map<string, { mk: string, ms: string, mid: string, name: string | null }>} */
    pressed: new Map(),

    /** One after the other, in the order in which they came. @template T @param {() => T | Promise<T>} work @returns {Promise<T>} */
    turn(work) {
      const done = working.then(work);
      working = done.catch(() => {});
      return done;
    },
    /** Asks the server without keeping the others waiting; what follows from the answer has its turn. @param {"keys" | "command" | "whisper"} event @param {object} data @param {(answer: import("./types.js").Ack) => unknown} [then] */
    ask(event, data, then = () => {}) {
      const asked = parts.send(event, data).then((answer) => core.turn(() => (core.over ? null : then(answer))));
      pending.add(asked);
      asked.finally(() => pending.delete(asked));
    },
    async idle() {
      for (let last = null; last !== working || pending.size > 0; ) {
        last = working;
        await Promise.all([working, ...pending]);
      }
    },

    /** @returns {import("./members.js").Authority} */
    authority: () => ({ rid: unb64(core.rid), root: core.root ?? new Uint8Array(), now: now() }),
    /** Powers that are good now; those that have run out are asked again. @param {string | null} certificate @param {{ mk: string, ms: string }} keys */
    powers(certificate, keys) {
      const key = [Math.floor(now() / 60), keys.mk, keys.ms, certificate].join(" ");
      const known = checked.get(key) ?? powersOf(certificate, keys, core.authority());
      if (checked.size > 500) checked.clear();
      checked.set(key, known);
      return known.then((powers) => trusted(powers, certificate, core.withdrawn));
    },
    /** @param {Iterable<import("./roster.js").Entry>} entries @returns {Promise<Map<string, number>>} by mid */
    async powersIn(entries) {
      const all = [...entries].map(
        async (entry) => /** @type {const} */ ([entry.mid, await core.powers(entry.certificate, entry)]),
      );
      return new Map(await Promise.all(all));
    },

    /** What the server shows now; its root key is believed only where the link pins it. @param {import("../protocol.js").View} view */
    async look(view) {
      const sight = sightOf(view);
      if (sight.inside) noticeGone(core, sight);
      core.sight = sight;
      const { root, link: counter } = core.sight;
      if (counter !== null && core.seed && counter !== latestLink) {
        latestLink = counter;
        core.given = await fromSeed(core.seed, counter);
      }
      if (!core.root && isOf(root, 32) && (await isPinned(link, unb64(root)))) core.root = unb64(root);
    },
    ownSeat: () => core.sight?.seats.find(({ id }) => id === seat()) ?? null,
    /** One's own entry in the keys that are held, with the keys that one has now. */
    entry: () => core.last?.roster.entries.find(({ mid }) => mid === core.own.mid) ?? null,
    /** Other keys, as if one came anew: what was known of the roster is believed no longer. */
    async restart() {
      core.own = await makeOwn();
      core.last = null;
    },
    /** Every L that one has come to know; for who can show more than that. */
    links() {
      if (!core.before && !core.seed) return new Set();
      return new Set([link.secret, core.presentSecret(), ...(core.given ? [core.given.secret] : [])].map(b64));
    },
    /** The link with that counter, for who holds the seed. @param {number} counter */
    linkOf: async (counter) => (core.seed ? fromSeed(core.seed, counter) : null),
    /** @param {Bytes} seed */
    async lead(seed) {
      core.seed = seed;
      core.root = (await rootSigner(seed)).root;
    },
    /** L of the present link: from the keys, or of the link by which one came. */
    presentSecret: () =>
      held.block() ? unb64(/** @type {import("./epoch.js").Block} */ (held.block()).link) : link.secret,
  };
  return core;
}

/** Whoever was seen here or has the keys, and has no seat any more, is gone for good: no seat's name comes again. @param {{ sight: Sight | null, last: import("./checks.js").Last | null, gone: Set<string> }} core @param {Sight} now */
function noticeGone({ sight, last, gone }, now) {
  const here = new Set(now.seats.map(({ id }) => id));
  const before = [...(sight?.seats.map(({ id }) => id) ?? []), ...(last?.roster.entries.map(({ seat }) => seat) ?? [])];
  for (const seat of before) if (!here.has(seat)) gone.add(seat);
}

/** @typedef {Awaited<ReturnType<typeof makeCore>>} Core */

/** @typedef {import("../protocol.js").View} View */
/** @typedef {{ id: string, present: boolean, listens: boolean, facilitates: boolean, keepsDoor: boolean, keys: string | null, name: string | null, boxes: Record<string, string> }} SeatSeen */
/** @typedef {{ inside: boolean, waiting: boolean, leads: boolean, root: string | null, keepers: { seat: string, key: string }[], epoch: number, link: number | null, successor: string | null, seats: SeatSeen[] }} Sight */

/** @param {any} seat @returns {SeatSeen} */
const seatSeen = ({ id, present, role, duties, keys, name, boxes }) => ({
  id,
  present,
  listens: role === "observer",
  facilitates: role === "facilitator",
  keepsDoor: duties.includes("door"),
  keys: keys ?? null,
  name: name ?? null,
  boxes: boxes ?? {},
});

/** @param {unknown} value */
const counted = (value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32 ? Number(value) : null;

/** Seats that are named otherwise than seats are, are none. @param {any} view @returns {Sight} */
const sightOf = (view) => ({
  inside: view.at === "circle",
  waiting: view.at === "waiting",
  leads: view.leads ?? false,
  root: view.root ?? null,
  keepers: view.keepers ?? [],
  epoch: counted(view.epoch) ?? 0,
  link: counted(view.link) || null,
  successor: view.successor ?? null,
  seats: (view.seats ?? []).filter((/** @type {any} */ seat) => isOf(seat.id, SEAT)).map(seatSeen),
});
