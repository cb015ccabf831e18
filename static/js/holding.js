// Questions that only those ask who hold the circle: usual steps, the plan's table, the order of seats. Pure.
import { unheard } from "./agenda.js";
import { FORMATS } from "./protocol.js";

/** @typedef {import("./protocol.js").CircleView} CircleView */
/** @typedef {import("./protocol.js").Step} Step */

const KNOWN = [...FORMATS.sixty, ...FORMATS.ninety];

/** A step of this kind as it is usual. @param {Step["part"]} part @returns {Step} */
export const stepFor = (part) => KNOWN.find((step) => step.part === part) ?? { part, floor: "round", minutes: 10 };

/**
 * The time plan as a table: who is in it, and who could be. @param {CircleView} view
 * @returns {{ seat: string, seconds: number | null, adjust: number }[]}
 */
export function planRows(view) {
  if (!view.plan.length) return [];
  const rows = new Map(view.plan.map((share) => [share.seat, share]));
  const idle = (/** @type {string} */ id) => ({ seat: id, seconds: null, adjust: 0 });
  return unheard(view).map((seat) => rows.get(seat.id) ?? idle(seat.id));
}

/** The same with one moved by so many places; at an end it stays. @template T @param {readonly T[]} all @param {number} at @param {number} by @returns {T[]} */
export function moved(all, at, by) {
  const to = at + by;
  if (to < 0 || to >= all.length) return [...all];
  const rest = all.filter((_, index) => index !== at);
  return [...rest.slice(0, to), all[at], ...rest.slice(to)];
}

/** The same in an order by chance. @template T @param {readonly T[]} all @param {() => number} chance 0 to 1 @returns {T[]} */
export function shuffled(all, chance) {
  const left = [...all];
  return all.map(() => left.splice(Math.floor(chance() * left.length) % left.length, 1)[0]);
}
