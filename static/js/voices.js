// Questions about what may be said without a voice now. Pure; mirrors rooms/whispers.py, and decides nothing that the server does not decide again.
import { stepNow } from "./agenda.js";
import { holder, leads, mayBeHeard, mayHold, seatOf } from "./circle.js";

/** @typedef {import("./protocol.js").CircleView} CircleView */
/** @typedef {import("./screen.js").Screen["whispered"]} Whispered */
/** @typedef {keyof import("./screen.js").Screen["saying"]} Kind */

// A little less than the sealing holds, which cuts off the rest.
const BYTES = { share: 4000, writing: 1000, line: 1000, note: 1000 };

/** Whether quiet signs belong into this step. @param {CircleView} view */
export const signsWelcome = (view) =>
  view.pause === null &&
  !view.shielded &&
  view.terms.reactions !== false &&
  (stepNow(view)?.reactions ?? (view.floor === "open" || view.floor === "facilitator"));

/** Whether written lines belong into this step. @param {CircleView} view */
export const linesWelcome = (view) =>
  view.pause === null && !view.shielded && (stepNow(view)?.writing ?? view.floor === "open");

/** Whether somebody is here to read what is written to the facilitators, besides oneself. @param {CircleView} view @param {string | null} me */
export const isRead = (view, me) =>
  view.seats.some(
    (seat) => seat.id !== me && seat.present && !seat.out && (seat.role === "facilitator" || seat.id === view.acting),
  );

/**
 * What there is for me now of signs, lines, notes. What has come already stays to be read.
 * @param {CircleView} view @param {string | null} me @param {Whispered} whispered
 */
export function ways(view, me, whispered) {
  const [speaks, reached] = [mayHold(seatOf(view, me)), isRead(view, me)];
  return {
    share: holder(view) === me && mayBeHeard(view, me),
    signs: speaks && signsWelcome(view),
    writing: linesWelcome(view) && (speaks || whispered.writings.length > 0),
    notes: leads(view, me) && whispered.notes.length > 0,
    line: leads(view, me) && (reached || whispered.lines.length > 0),
    note: !leads(view, me) && reached,
  };
}

/** The latest sign of a seat, if signs are welcome. @param {CircleView} view @param {Whispered} whispered @param {string} id */
export const signOf = (view, whispered, id) =>
  signsWelcome(view) ? (whispered.reactions.filter((one) => one.by === id).at(-1)?.reaction ?? null) : null;

/** Whether all of it would arrive. @param {Kind} kind @param {string} text */
export const fits = (kind, text) => new TextEncoder().encode(text.trim()).length <= BYTES[kind];
