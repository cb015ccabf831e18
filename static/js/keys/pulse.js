// The facilitator's sign: sent where it is this page's to send, watched for when it is missing or does not agree. docs/protocol.md section 7.7.
import { b64, bytesOf, joined, makeFields, u32, u64, unb64 } from "./bytes.js";
import { placeOf, ROTATES_AFTER } from "./election.js";
import { FACILITATES, isSigned, STANDS_IN } from "./members.js";

const BEATS = FACILITATES | STANDS_IN;

/** @param {import("./core.js").Core} core @param {() => void} fetch */
export function makePulse(core, fetch) {
  let watch = firstWatch(core.now());
  let sent = Number.NEGATIVE_INFINITY;
  /** @type {Map<string, number>} */
  let powers = new Map();
  let expected = false;
  let installed = core.now();
  /** @type {number | null} since when the next keys are overdue: others have them, or nobody gets any through */
  let overdue = null;
  /** Since when nobody is shown as here who could send one. @type {number | null} */
  let alone = core.now();

  /** @param {string} mid */
  const beats = (mid) => ((powers.get(mid) ?? 0) & BEATS) !== 0;

  /** @param {import("./roster.js").Entry} entry */
  const isHere = ({ seat }) => core.sight?.seats.some(({ id, present }) => id === seat && present) ?? false;

  async function learn() {
    const entries = core.last?.roster.entries ?? [];
    powers = await core.powersIn(entries);
    expected = entries.some((entry) => beats(entry.mid) && isHere(entry));
    // That time does not count; what was waited before does, or a server that shows them away now and then would never be found out.
    if (expected && alone !== null) watch = { ...watch, heard: Math.min(core.now(), watch.heard + core.now() - alone) };
    alone = expected ? null : (alone ?? core.now());
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
      overdue = core.now() - installed >= ROTATES_AFTER + MISSING ? (overdue ?? core.now()) : null;
      if (core.now() - sent >= EVERY) await send();
    },
    /** At once after a commit. */
    async installed() {
      installed = core.now();
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
    complaint() {
      if (!core.last) return null;
      // Who has slept learns at once what was missed.
      if (overdue !== null && core.now() - overdue >= DISAGREES) return "heads";
      return complaint(watch, core.now(), expected);
    },
  };
}

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{ mid: string, n: number, head: string, time: number }} Beat `time` in ms */

const BEAT = 124;
export const EVERY = 10;
const DISAGREES = 10;
const MISSING = 60;
/** So much later than others of the same keys a beat may come after its time: one that was kept back says nothing of now. */
const LATE = 30;

/** @param {string} rid @param {Beat} beat */
const said = (rid, { mid, n, head, time }) =>
  joined("circle/1 beat", unb64(rid), unb64(mid), u32(n), unb64(head), u64(time));

/** @param {string} rid @param {import("./members.js").Own} own @param {{ n: number, head: string }} epoch @param {number} now seconds */
async function makeBeat(rid, own, { n, head }, now) {
  const [mid, time] = [own.mid, Math.round(now * 1000)];
  const signature = await own.sign(said(rid, { mid, n, head, time }));
  return b64(joined(unb64(mid), u32(n), unb64(head), u64(time), signature));
}

/** A beat of somebody whom the own roster lets send one, or null. @param {string} text @param {string} rid @param {(mid: string) => string | null} keyOf the ms of who may send one */
export async function readBeat(text, rid, keyOf) {
  try {
    const fields = makeFields(bytesOf(text, BEAT));
    const beat = { mid: fields.text(16), n: fields.u32(), head: fields.text(32), time: fields.u64() };
    const ms = keyOf(beat.mid);
    return ms && (await isSigned(ms, fields.take(64), said(rid, beat))) ? beat : null;
  } catch {
    return null;
  }
}

/**
 * What one knows of beats. `leads`: by how much, in seconds, each member's clock was before one's own at most, under the present keys. `differs`: since when they say something else than oneself does, whether that is a fork, which no waiting mends, and at which n they are if it is a later one.
 * @typedef {{ heard: number, times: ReadonlyMap<string, number>, leads: ReadonlyMap<string, number>, differs: { since: number, fork: boolean, ahead: number | null } | null }} Watch
 */

/** @param {number} now seconds @returns {Watch} */
export const firstWatch = (now) => ({ heard: now, times: new Map(), leads: new Map(), differs: null });

/** After a beat; one that is older than the last of the same member changes nothing. @param {Watch} watch @param {Beat} beat @param {{ n: number, head: string }} own @param {number} now */
export function heard(watch, { mid, n, head, time }, own, now) {
  if (time <= (watch.times.get(mid) ?? 0)) return watch;
  const lead = time / 1000 - now;
  const most = Math.max(lead, watch.leads.get(mid) ?? lead);
  const known = { times: new Map(watch.times).set(mid, time), leads: new Map(watch.leads).set(mid, most) };
  const agrees = n === own.n && head === own.head;
  if (most - lead > LATE && agrees) return { ...watch, ...known };
  const fork = n === own.n && head !== own.head;
  const differs = agrees ? null : { since: watch.differs?.since ?? now, fork, ahead: n > own.n ? n : null };
  return { ...known, heard: now, differs };
}

/** After new keys: that others were ahead holds no longer, once one is where they were; and clocks are compared anew, since one that slept is behind. @param {Watch} watch @param {number} n one's own now */
export const caughtUp = ({ differs, ...watch }, n) => {
  const caught = differs?.ahead && differs.ahead <= n;
  return { ...watch, leads: new Map(), differs: caught ? null : differs };
};

/** What there is to say of beats now. @param {Watch} watch @param {number} now @param {boolean} expected whether somebody who can send one is shown as here @returns {"heads" | "beat" | null} */
export function complaint({ heard: at, differs }, now, expected) {
  if (differs && (differs.fork || now - differs.since >= DISAGREES)) return "heads";
  return expected && now - at >= MISSING ? "beat" : null;
}
