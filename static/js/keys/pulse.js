// Sends the facilitator's sign where it is this page's to send, and watches that of the others.
import { caughtUp, complaint, EVERY, firstWatch, heard, makeBeat, readBeat } from "./beats.js";
import { FACILITATES, STANDS_IN } from "./certificates.js";
import { placeOf } from "./election.js";

const BEATS = FACILITATES | STANDS_IN;

/** @param {import("./core.js").Core} core @param {() => void} fetch */
export function makePulse(core, fetch) {
  let watch = firstWatch(core.now());
  let sent = Number.NEGATIVE_INFINITY;
  /** @type {Map<string, number>} */
  let powers = new Map();
  let expected = false;

  /** @param {string} mid */
  const beats = (mid) => ((powers.get(mid) ?? 0) & BEATS) !== 0;

  /** @param {import("./roster.js").Entry} entry */
  const isHere = ({ seat }) => core.sight?.seats.some(({ id, present }) => id === seat && present) ?? false;

  async function learn() {
    const entries = core.last?.roster.entries ?? [];
    powers = await core.powersIn(entries);
    const before = expected;
    expected = entries.some((entry) => beats(entry.mid) && isHere(entry));
    if (expected && !before) watch = { ...watch, heard: core.now() };
  }

  async function send() {
    const { last, sight, own } = core;
    if (!last || !sight || !core.entry() || !beats(own.mid)) return;
    if (placeOf({ entries: last.roster.entries, powers, me: own.mid, seats: sight.seats }) !== 0) return;
    sent = core.now();
    const beat = await makeBeat(core.rid, own, { n: last.roster.n, head: last.head }, sent);
    core.ask("whisper", { type: "beat", beat });
  }

  return {
    async look() {
      await learn();
      if (core.now() - sent >= EVERY) await send();
    },
    /** At once after a commit. */
    async installed() {
      if (core.last) watch = caughtUp(watch, core.last.roster.n);
      await learn();
      await send();
    },
    /** @param {string} by the seat that the server names @param {string} text */
    async take(by, text) {
      const { last } = core;
      if (!last) return;
      await learn();
      const sender = last.roster.entries.find(({ seat, mid }) => seat === by && beats(mid));
      const keyOf = (/** @type {string} */ mid) => (sender?.mid === mid ? sender.ms : null);
      const beat = await readBeat(text, core.rid, keyOf);
      if (!beat) return;
      watch = heard(watch, beat, { n: last.roster.n, head: last.head }, core.now());
      if (beat.n > last.roster.n) fetch();
    },
    complaint: () => (core.last ? complaint(watch, core.now(), expected) : null),
  };
}
