// Questions about quiet, stepping out and being apart. Pure; decides nothing that the server does not decide again.
import { keeps } from "./agenda.js";
import { asideOf, holder, mayHold, seatOf } from "./circle.js";

/** @typedef {import("./protocol.js").CircleView} CircleView */

/** @param {CircleView} view @param {string | null} me */
export const mayPause = (view, me) => keeps(view, me, "guardian");

/** Whether I may end any quiet: also where nobody is left to lead. @param {CircleView} view @param {string | null} me */
export const mayGoOn = (view, me) => mayPause(view, me) || (view.adrift && mayHold(seatOf(view, me)));

/** @param {CircleView} view @param {string | null} me */
export const mayHush = (view, me) => mayPause(view, me) || keeps(view, me, "script");

/** @param {CircleView} view @param {string | null} me */
export const isOut = (view, me) => Boolean(seatOf(view, me)?.out);

/** Those with whom I am apart. @param {CircleView} view @param {string | null} me */
export const companions = (view, me) => asideOf(view, me)?.seats.filter((id) => id !== me) ?? [];

/** Whether I am asked to come apart, or have asked myself. @param {CircleView} view @param {string | null} me @returns {"asked" | "asking" | null} */
export function invited(view, me) {
  if (!view.invitation || me === null) return null;
  if (view.invitation.asked.includes(me)) return "asked";
  return view.invitation.seats.includes(me) ? "asking" : null;
}

/** Whom I may ask to come apart now. @param {CircleView} view @param {string | null} me */
export function askable(view, me) {
  const mine = seatOf(view, me);
  if (!mayHold(mine) || mine?.out || view.invitation || asideOf(view, me) || view.stick.seat === me) return [];
  const apart = new Set(view.asides.flatMap((aside) => aside.seats));
  return view.seats.filter(
    (seat) => seat.id !== me && seat.present && mayHold(seat) && !apart.has(seat.id) && view.stick.seat !== seat.id,
  );
}

/** Whether the circle may go into small groups now. @param {CircleView} view */
export const mayPairUp = (view) => view.stick.state === "resting" && reachable(view).length > 1;

/** @param {CircleView} view */
function reachable(view) {
  const apart = new Set(view.asides.flatMap((aside) => aside.seats));
  return view.seats.filter((seat) => mayHold(seat) && seat.present && !seat.out && !apart.has(seat.id));
}

/**
 * Groups of `size` by lot; who would be left alone joins the last one.
 * @param {CircleView} view @param {2 | 3} size @param {() => number} random 0 to 1 @returns {string[][]}
 */
export function drawGroups(view, size, random) {
  const left = reachable(view).map((seat) => seat.id);
  for (let at = left.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [left[at], left[other]] = [left[other], left[at]];
  }
  /** @type {string[][]} */
  const groups = [];
  while (left.length) groups.push(left.splice(0, left.length === size + 1 ? size + 1 : size));
  return groups;
}

/** Whether a bell rings between these two: a quiet begins or ends, a silent part too, or the small groups come back. @param {CircleView | null} before @param {CircleView | null} after @param {string | null} me */
export function bellRings(before, after, me) {
  if (!before || !after || before.version === after.version) return false;
  if (Boolean(before.pause) !== Boolean(after.pause)) return true;
  if ((before.floor === "silence") !== (after.floor === "silence")) return true;
  const timed = (/** @type {CircleView} */ view) => Boolean(asideOf(view, me)?.until);
  return timed(before) && !timed(after);
}

/** Whether the holder may ask for a moment before something hard. @param {CircleView} view @param {string | null} me */
export const mayWarn = (view, me) => holder(view) === me && !view.pause;
