// Keys from one secret alone, the link's: for what everybody reads who has it. It never changes, so that nobody is told of a change.
import { hkdf } from "./bytes.js";

/**
 * @typedef {object} KeySchedule
 * @property {number} epoch grows whenever keys change
 * @property {(label: string, context: string, length: number) => Promise<Uint8Array<ArrayBuffer>>} exporter
 * @property {(listener: (epoch: number) => void) => () => void} onEpoch returns its unbind
 */

/** @param {Uint8Array<ArrayBuffer>} secret @returns {KeySchedule} */
export const linkSchedule = (secret) => ({
  epoch: 0,
  exporter: (label, context, length) => hkdf(secret, `export ${label}`, context, length),
  onEpoch: () => () => {},
});
