// Questions about a view. Pure; mirrors rooms/circle.py, and decides nothing that the server does not decide again.

/** @typedef {import("./protocol.js").CircleView} CircleView */
/** @typedef {import("./protocol.js").SeatView} SeatView */
/** @typedef {import("./protocol.js").View} View */

/** @param {View | null} view @returns {CircleView | null} */
export const inCircle = (view) => (view?.at === "circle" ? view : null);

/** @param {CircleView} view @param {string | null} id @returns {SeatView | null} */
export const seatOf = (view, id) => view.seats.find((seat) => seat.id === id) ?? null;

/** @param {CircleView} view */
export const holder = (view) => (view.stick.state === "held" ? view.stick.seat : null);

/** What the holder writes in this turn. @param {CircleView} view @param {import("./screen.js").Screen["whispered"]} whispered */
export const written = (view, { share }) =>
  share && share.turn === view.turn && share.by === holder(view) ? share : null;

/** Whether it is the time together after the meeting. @param {CircleView} view */
export const afterwards = (view) => view.step !== null && view.agenda[view.step].part === "after";

/** @param {CircleView} view */
export const offeredTo = (view) => (view.stick.state === "offered" ? view.stick.seat : null);

/** @param {CircleView} view @param {string | null} me */
export const mayBeHeard = (view, me) => me !== null && view.heard.includes(me);

/** The aside that one is in. @param {CircleView} view @param {string | null} me */
export const asideOf = (view, me) => view.asides.find((aside) => me !== null && aside.seats.includes(me)) ?? null;

/** Whose sound may come to me now. @param {CircleView} view @param {string | null} me */
export const audible = (view, me) => asideOf(view, me)?.seats ?? view.heard;

/** Whose picture may come to me now; behind the shield nobody is apart. @param {CircleView} view @param {string | null} me */
export const visible = (view, me) => (view.shielded ? null : asideOf(view, me))?.seats ?? view.shown;

/**
 * Whether my voice would go out now by no press of mine: the floor has opened, I was put into a pair, or called back from an aside.
 * @param {CircleView | null} was @param {CircleView} view @param {string | null} me
 */
export function opensUnasked(was, view, me) {
  const [hushedBefore, hushed] = [was && seatOf(was, me)?.hushed, seatOf(view, me)?.hushed];
  if (hushed) return !hushedBefore;
  const aside = asideOf(view, me);
  if (aside) return aside.until !== null && !(was && asideOf(was, me));
  if (holder(view) === me || leads(view, me) || hushedBefore) return false;
  return mayBeHeard(view, me) && !(was && audible(was, me).includes(me ?? ""));
}

/** @param {SeatView | null} seat */
export const mayHold = (seat) => seat !== null && seat.role !== "observer";

/** @param {CircleView} view */
export const observers = (view) => view.seats.filter((seat) => seat.role === "observer");

/** @param {CircleView} view */
export const stickFloor = (view) => view.floor === "round" || view.floor === "hands";

/** Whether a press of mine may offer the resting stick to this seat. @param {CircleView} view @param {string | null} me @param {SeatView} seat */
export const canOffer = (view, me, seat) =>
  view.stick.state === "resting" &&
  stickFloor(view) &&
  seat.present &&
  mayHold(seat) &&
  (leads(view, me) || (view.adrift && mayHold(seatOf(view, me))));

/** Whether facilitation is in my hands now. A view that leads is only given to who leads; observers never do. @param {CircleView} view @param {string | null} me */
export const leads = (view, me) => view.leads && mayHold(seatOf(view, me));

/** Whether I may bring the circle back to a round, where nobody is left to lead. @param {CircleView} view @param {string | null} me */
export const mayReturn = (view, me) => view.adrift && !stickFloor(view) && mayHold(seatOf(view, me));

/** Whether the stick may be taken back from where it is. @param {CircleView} view @param {string | null} me */
export const canRecall = (view, me) =>
  view.stick.state !== "resting" &&
  (leads(view, me) || (view.adrift && view.stick.state === "offered" && mayHold(seatOf(view, me))));

/**
 * The one thing that a press is for, in this state.
 * @param {CircleView} view @param {string | null} me
 * @returns {"accept" | "pass" | "ask" | "asked" | "offer" | "listen" | "speak"}
 */
export function mainAction(view, me) {
  const seat = seatOf(view, me);
  if (!mayHold(seat)) return "listen";
  if (offeredTo(view) === me) return "accept";
  if (holder(view) === me) return "pass";
  if (!stickFloor(view)) return mayBeHeard(view, me) ? "speak" : "listen";
  if (view.stick.state === "resting" && leads(view, me)) return "offer";
  return seat?.hand ? "asked" : "ask";
}
