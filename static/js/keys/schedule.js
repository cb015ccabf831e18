// The key schedule: who has which key when. Words know only this interface; today the one secret is the link's.
import { hkdf } from "./bytes.js";

/**
 * @typedef {object} KeySchedule
 * @property {number} epoch grows whenever keys change
 * @property {(label: string, context: string, length: number) => Promise<Uint8Array<ArrayBuffer>>} exporter
 * @property {(listener: (epoch: number) => void) => () => void} onEpoch returns its unbind
 */

/**
 * Keys from one secret alone: the first link's, the same for everybody in the circle. `become`: who has come by a fresh link is told it.
 * @param {Uint8Array<ArrayBuffer>} secret
 */
export function linkSchedule(secret) {
  let present = secret;
  let epoch = 0;
  /** @type {Set<(epoch: number) => void>} */
  const listeners = new Set();
  return {
    get epoch() {
      return epoch;
    },
    /** @type {KeySchedule["exporter"]} */
    exporter: (label, context, length) => hkdf(present, `export ${label}`, context, length),
    /** @type {KeySchedule["onEpoch"]} */
    onEpoch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** @param {Uint8Array<ArrayBuffer>} other */
    become(other) {
      present = other;
      epoch += 1;
      for (const listener of listeners) listener(epoch);
    },
  };
}
