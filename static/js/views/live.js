// What is said aloud to screen readers: politely where the stick is and who comes and goes, at once only that it is offered to you.
import { cue, keeps, missed, nowOf } from "../agenda.js";
import { companions } from "../care.js";
import { holder, inCircle, mayHold, offeredTo, seatOf, written } from "../circle.js";
import { knownName, listed, nameOf, stepNameOf, whisperOf, words } from "../words.js";
import { matter } from "./matter.js";

/** @typedef {import("../screen.js").Screen} Screen */

/** What has changed, as sentences; the stick last, so that it is the one that stays. @param {Screen | null} before @param {Screen} after @returns {string[]} */
export function news(before, after) {
  const [old, view] = [inCircle(before?.view ?? null), inCircle(after.view)];
  if (!view || old?.version === view.version) return [];
  return [
    ...(before?.at === "circle" ? [] : [words.circle.entered]),
    ...(old && old.floor !== view.floor ? [words.circle.floors[view.floor]] : []),
    ...cared(after, old, view),
    ...(old && seatOf(old, after.me)?.role === "observer" && mayHold(seatOf(view, after.me))
      ? [words.places.seated]
      : []),
    ...(view.shielded && !old?.shielded ? [words.shield.state] : []),
    ...(!view.shielded && old?.shielded ? [words.shield.over] : []),
    ...(view.lead_to && view.lead_to === after.me && old?.lead_to !== after.me ? [words.handing.offered] : []),
    ...leading(after, old, view),
    ...nextTime(after, old, view),
    ...entering(after, old, view),
    ...(view.step === null || (old?.step === view.step && old.step_since === view.step_since)
      ? []
      : [words.agenda.now(stepNameOf(after, view.agenda, view.step))]),
    ...(after.prompt && old?.prompt !== view.prompt ? [words.agenda.asked(after.prompt)] : []),
    ...(view.stick.asks && !old?.stick.asks && holder(view) !== after.me && keeps(view, after.me, "time")
      ? [words.time.asks(nameOf(after, view.stick.seat))]
      : []),
    ...(old?.stick.asks && !view.stick.asks && old.turn === view.turn && holder(view) === after.me
      ? [words.time.given]
      : []),
    ...(old?.turn === view.turn ? [] : stick(after, view)),
  ];
}

/** Who has come into the circle's keys, gone out of them or come back: not whom the server seats, but with whom the keys are shared. @param {Screen | null} before @param {Screen} after @returns {string[]} */
export function passing(before, after) {
  const view = inCircle(after.view);
  if (!view || before?.at !== "circle") return [];
  const known = new Set(before.keys.passages);
  return after.keys.passages
    .filter((one) => !known.has(one) && one.seat !== after.me)
    .flatMap(({ what, seat, name }) => {
      const called = name ?? words.someone;
      if (what === "went") return words.circle.gone(called);
      // Who comes back in the middle of a turn still has the stick: that is what stays to be read.
      if (what === "back")
        return [words.keyed.back(called), ...(holder(view) === seat ? [words.circle.holds(called)] : [])];
      return seatOf(view, seat)?.role === "observer" ? words.listening.joined(called) : words.circle.joined(called);
    });
}

/** Who knocks, for who keeps the door; said once they can be named, or it is plain that they cannot. @param {Screen | null} before @param {Screen} after @returns {string[]} */
export function knocking(before, after) {
  const [old, view] = [inCircle(before?.view ?? null), inCircle(after.view)];
  const known = new Set(old?.knocks.map((one) => one.seat).filter((id) => before && knownName(before, id)));
  const heard = new Set(old?.knocks.map((one) => one.seat));
  return (view?.knocks ?? [])
    .filter(({ seat }) => !(known.has(seat) || (heard.has(seat) && !knownName(after, seat))))
    .map(({ seat }) => words.circle.knocks(nameOf(after, seat)));
}

/** That nobody leads, that somebody would, and in whose hands it is then. @param {Screen} screen @param {import("../protocol.js").CircleView | null} old @param {import("../protocol.js").CircleView} view */
function leading(screen, old, view) {
  const [asks, acting] = [view.volunteer?.seat, view.acting];
  return [
    ...(view.adrift && !old?.adrift && !asks ? [words.handing.nobody] : []),
    ...(asks && asks !== old?.volunteer?.seat && asks !== screen.me && mayHold(seatOf(view, screen.me))
      ? [words.handing.volunteers(nameOf(screen, asks))]
      : []),
    ...(acting && acting !== old?.acting && acting !== screen.me ? [words.handing.acts(nameOf(screen, acting))] : []),
    ...(old && view.leads && !old.leads ? [words.handing.yours] : []),
  ];
}

/** Who is named to facilitate the next time, to that one; and to who leads, that nobody is any more. @param {Screen} screen @param {import("../protocol.js").CircleView | null} old @param {import("../protocol.js").CircleView} view */
function nextTime({ me }, old, view) {
  const [was, is] = [old?.next_facilitator ?? null, view.next_facilitator];
  if (is === was) return [];
  if (is !== null) return is === me ? [words.handing.named] : [];
  return was !== me && view.leads ? [words.handing.unnamed] : [];
}

/** Of whom the circle is asked, and what came back over the doorstep. @param {Screen} screen @param {import("../protocol.js").CircleView | null} old @param {import("../protocol.js").CircleView} view */
function entering(screen, old, view) {
  const asked = new Set(old?.coming.filter((one) => one.state === "asked").map((one) => one.seat));
  const answered = new Set(old?.knocks.filter((one) => one.answer).map((one) => one.seat));
  return [
    ...view.coming
      .filter((one) => one.state === "asked" && !asked.has(one.seat) && mayHold(seatOf(view, screen.me)))
      .map((one) => words.listening.asks(nameOf(screen, one.seat))),
    ...view.knocks
      .filter((one) => one.answer && !answered.has(one.seat))
      .map((one) => words.asking.answers(screen.answers[one.seat] ?? "")),
  ];
}

/** Who has stepped out and wishes for someone, as far as one is shown it. @param {Screen} screen @param {import("../protocol.js").CircleView} view */
const wishing = ({ me }, view) => view.seats.flatMap(({ id, wish }) => (wish === "someone" && id !== me ? [id] : []));

/** Quiet, somebody outside who would like someone, being asked apart, coming back. @param {Screen} screen @param {import("../protocol.js").CircleView | null} old @param {import("../protocol.js").CircleView} view */
function cared(screen, old, view) {
  const [was, is] = [old && matter({ ...screen, view: old }, old), matter(screen, view)];
  const known = new Set(old && wishing(screen, old));
  const wish = wishing(screen, view).flatMap((id) => (known.has(id) ? [] : [words.out.wishes(nameOf(screen, id))]));
  if (is !== null) return is === was ? wish : [...wish, is];
  if (was !== null && old?.pause) return [...wish, words.quiet.over];
  return old && companions(old, screen.me).length ? [...wish, words.apart.returned] : wish;
}

/** @param {Screen} screen @param {import("../protocol.js").CircleView} view */
function stick(screen, view) {
  const at = view.stick.seat;
  if (holder(view)) return [at === screen.me ? words.circle.youHold : words.circle.holds(nameOf(screen, at))];
  if (offeredTo(view)) return at === screen.me ? [] : [words.circle.offered(nameOf(screen, at))];
  return [words.circle.nobody];
}

/** What the clock alone says to the holder: a minute is left, the time is over. @param {Screen | null} before @param {Screen} after @param {number} then @param {number} now @returns {string[]} */
export function cues(before, after, then, now) {
  const [old, view] = [inCircle(before?.view ?? null), inCircle(after.view)];
  const due = view && cue(view, after.me, now);
  const known = old && old.turn === view?.turn ? cue(old, after.me, then) : null;
  return due && due !== known ? [words.time.cues[due]] : [];
}

/** What the clock alone says to those who lead, near the end: who has not been heard yet. @param {Screen | null} before @param {Screen} after @param {number} then @param {number} now @returns {string[]} */
export function nearTheEnd(before, after, then, now) {
  const [old, view] = [inCircle(before?.view ?? null), inCircle(after.view)];
  const names = view ? missed(view, after.me, now).map((id) => nameOf(after, id)) : [];
  const known = old ? missed(old, after.me, then).length > 0 : false;
  return names.length && !known ? [words.time.missed(listed(names))] : [];
}

/** What has come without a voice: to all in its own words, to who facilitates only that it is there. @param {Screen | null} before @param {Screen} after @returns {string[]} */
export function quiet(before, after) {
  const [old, view] = [inCircle(before?.view ?? null), inCircle(after.view)];
  if (!before || !old || !view) return [];
  const [known, share] = [written(old, before.whispered), written(view, after.whispered)];
  const name = (/** @type {{ by: string }} */ one) => nameOf(after, one.by);
  const come = (/** @type {"writings" | "lines" | "notes"} */ where) =>
    after.whispered[where].filter(
      (one) => one.by !== after.me && !before.whispered[where].some(({ id }) => id === one.id),
    );
  return [
    ...come("notes").map((one) => words.whispered.note(name(one))),
    ...come("lines").map((one) => words.whispered.line(name(one))),
    ...come("writings").map((one) => whisperOf(after, { ...one, type: "writing" })),
    ...(share && share.text !== known?.text
      ? [share.by === after.me ? words.voices.shown : whisperOf(after, { ...share, type: "share" })]
      : []),
  ];
}

/** Writes into the page's two live regions, one text for all that came together. */
export function makeAnnouncer() {
  /** @type {Screen | null} */
  let before = null;
  let then = 0;
  const region = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.querySelector(id));
  /** @param {Screen} screen */
  return (screen) => {
    const now = nowOf(screen);
    const said = [
      ...quiet(before, screen),
      ...passing(before, screen),
      ...knocking(before, screen),
      ...news(before, screen),
      ...nearTheEnd(before, screen, then, now),
      ...cues(before, screen, then, now),
    ];
    if (said.length) region("#polite").textContent = said.join(". ");
    const view = inCircle(screen.view);
    const urgent = view && offeredTo(view) === screen.me && screen.me ? words.circle.offeredToYou : "";
    if (region("#assertive").textContent !== urgent) region("#assertive").textContent = urgent;
    [before, then] = [screen, now];
  };
}
