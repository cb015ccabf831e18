// Which key opens whose frames, and how far each has been counted. No frame passes without a key from here, and no counter goes back.
import { openFrame, readFrame, sealFrame } from "./framing.js";
import { deriveKeys } from "./sframe.js";

/** @typedef {import("./framing.js").Bytes} Bytes */
/** @typedef {import("./framing.js").Kind} Kind */
/** @typedef {{ seat: string, kid: number, base: Bytes }} Entry one seat's key of an epoch; 32 bytes */
/** @typedef {{ top: bigint, seen: bigint }} Taken the highest counter taken, and a bit for it and each of those before it */
/**
 * @typedef {object} Slot
 * @property {number} n the epoch
 * @property {string} seat
 * @property {Promise<import("./framing.js").Keys>} keys
 * @property {bigint} ctr the next one to send
 * @property {Record<Kind, Taken>} taken
 * @property {number} until when it is forgotten, in milliseconds
 */

/** Milliseconds that keys stay for receiving once newer ones are there. */
export const LIFE = 10_000;
export const LAST = 2n ** 48n;
const WIDTH = 1024n;
const ALL = (1n << WIDTH) - 1n;
const BASE = 32;

/** @returns {Taken} */
export const makeTaken = () => ({ top: -1n, seen: 0n });

/** Whether this counter is taken for the first time; false also for one that is too old to tell. @param {Taken} taken @param {bigint} ctr */
export function takeOnce(taken, ctr) {
  const ahead = ctr - taken.top;
  if (ahead > 0n) {
    taken.seen = ahead < WIDTH ? ((taken.seen << ahead) | 1n) & ALL : 1n;
    taken.top = ctr;
    return true;
  }
  const bit = -ahead < WIDTH ? 1n << -ahead : 0n;
  if (!bit || taken.seen & bit) return false;
  taken.seen |= bit;
  return true;
}

/** @param {() => number} [now] milliseconds of a clock that never goes back @param {bigint} [last] so many frames go out by one key */
export function makeKeyring(now = () => performance.now(), last = LAST) {
  /** @type {Map<number, Slot>} by KID */
  const slots = new Map();
  let newest = 0;
  /** @type {{ n: number, kid: number } | null} */
  let sending = null;

  const forget = () => {
    for (const [kid, slot] of slots) if (slot.until <= now()) slots.delete(kid);
  };

  /** @param {number} kid */
  const live = (kid) => {
    forget();
    return slots.get(kid);
  };

  /**
   * The keys of an epoch, for receiving. A slot of the same n mod 256 is emptied first; older keys live on for a while. An older epoch than
   * the newest is not installed, and a key that is there stays with its counter.
   * @param {number} n @param {Entry[]} entries
   */
  function install(n, entries) {
    if (n < newest) return;
    newest = n;
    for (const [kid, slot] of slots) {
      if (slot.n === n) continue;
      if (kid % 256 === n % 256) slots.delete(kid);
      else slot.until = Math.min(slot.until, now() + LIFE);
    }
    for (const { seat, kid, base } of entries) {
      if (kid % 256 !== n % 256 || base.length !== BASE || slots.has(kid)) continue;
      const taken = { audio: makeTaken(), video: makeTaken() };
      slots.set(kid, { n, seat, keys: deriveKeys(base, BigInt(kid)), ctr: 0n, taken, until: Number.POSITIVE_INFINITY });
    }
  }

  /** The keys and the counter for the next frame; null: nothing may be sent. */
  function next() {
    const slot = sending && live(sending.kid);
    if (!sending || slot?.n !== sending.n || slot.ctr >= last) return null;
    slot.ctr += 1n;
    return { ...sending, keys: slot.keys, ctr: slot.ctr - 1n };
  }

  return {
    install,
    /** From now on frames go out by this key; by none, if it is not installed. @param {number} n @param {number} kid */
    send: (n, kid) => {
      sending = { n, kid };
    },
    stop: () => {
      sending = null;
    },
    next,
    forget,
    /** The frame as it goes out; null: it does not. @param {Kind} kind @param {Bytes} frame */
    async seal(kind, frame) {
      const turn = frame.length ? next() : null;
      return turn && sealFrame(await turn.keys, turn.ctr, kind, frame);
    },
    /** The frame of this seat, once; null: not theirs, or not for the first time. @param {string} seat @param {Kind} kind @param {Bytes} data */
    async open(seat, kind, data) {
      const parts = readFrame(kind, data);
      if (!parts) return null;
      const slot = live(Number(parts.kid));
      if (slot?.seat !== seat) return null;
      const frame = await openFrame(await slot.keys, parts);
      return frame && takeOnce(slot.taken[kind], parts.ctr) ? frame : null;
    },
  };
}

/** @typedef {ReturnType<typeof makeKeyring>} Keyring */
