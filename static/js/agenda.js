// Questions about the agenda and the time of a view. Pure; decides nothing that the server does not decide again.
import { holder, leads, mayHold, seatOf, stickFloor } from "./circle.js";

/** @typedef {import("./protocol.js").CircleView} CircleView */
/** @typedef {import("./protocol.js").StepView} StepView */
/** @typedef {import("./protocol.js").SeatView["duties"][number]} Duty */

const MINUTE = 60;
const NEARLY_OVER = 8 * MINUTE;
const LONG_TURN = 90;
const PLANNED = new Set(["plan", "sharing", "second"]);

/** The server's time now, unix seconds. @param {{ clock: number }} screen */
export const nowOf = (screen) => (Date.now() + screen.clock) / 1000;

/** The step that it is now. @param {CircleView} view @returns {StepView | null} */
export const stepNow = (view) => (view.step === null ? null : view.agenda[view.step]);

/** Which step comes next. @param {CircleView} view */
export const nextStep = (view) => (view.step !== null && view.step + 1 < view.agenda.length ? view.step + 1 : null);

/** Whether this is in my hands: a duty of mine, or facilitation, which holds all of them. @param {CircleView} view @param {string | null} me @param {Duty} duty */
export function keeps(view, me, duty) {
  const seat = seatOf(view, me);
  return leads(view, me) || (mayHold(seat) && Boolean(seat?.duties.includes(duty)));
}

/** Somebody else who holds the stick: a step waits for them. @param {CircleView} view @param {string | null} me */
export const waitsFor = (view, me) => (holder(view) === me ? null : holder(view));

/** Who is still to be heard in this round. @param {CircleView} view */
export const unheard = (view) =>
  view.seats.filter((seat) => mayHold(seat) && seat.present && !seat.heard && seat.id !== holder(view));

/** Whether what comes next is the one thing to do: nobody is waited for. @param {CircleView} view */
export const readyToGoOn = (view) =>
  nextStep(view) !== null &&
  (!stickFloor(view) || (view.stick.state === "resting" && view.floor === "round" && !unheard(view).length));

/** Seconds left of the circle by its agenda; null: it knows no end yet. @param {CircleView} view @param {number} now unix seconds */
export const secondsLeft = (view, now) => (view.ends === null ? null : view.ends - now);

/** Who has not been heard in all of the circle, when it is nearly time to close, as it is told to those who lead; before that nobody. @param {CircleView} view @param {string | null} me @param {number} now */
export function missed(view, me, now) {
  const left = secondsLeft(view, now);
  return left !== null && left <= NEARLY_OVER ? view.unheard.filter((id) => id !== me) : [];
}

/** The time of this turn, if it is ours to see: how far it is gone, 0 to 1, and the seconds left. @param {CircleView} view @param {number} now */
export function turnTime(view, now) {
  const { allotted, since } = view.stick;
  if (!holder(view) || allotted === null) return null;
  const spent = Math.max(0, now - since);
  return { gone: Math.min(1, spent / Math.max(1, allotted)), left: allotted - spent };
}

/** The quiet cue to the holder: a minute is left, or the time is over. @param {CircleView} view @param {string | null} me @param {number} now @returns {"minute" | "over" | null} */
export function cue(view, me, now) {
  const time = holder(view) === me ? turnTime(view, now) : null;
  if (!time) return null;
  if (time.left <= 0) return "over";
  return time.left <= MINUTE && (view.stick.allotted ?? 0) > LONG_TURN ? "minute" : null;
}

/** Minutes to the nearest half, never none. @param {number} seconds */
export const minutesOf = (seconds) => Math.max(0.5, Math.round(seconds / 30) / 2);

/** Seconds that the plan has for me, while it is spoken of or followed. @param {CircleView} view @param {string | null} me */
export const myShare = (view, me) =>
  (PLANNED.has(stepNow(view)?.part ?? "") && view.plan.find((share) => share.seat === me)?.seconds) || null;
