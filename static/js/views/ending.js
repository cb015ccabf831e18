// What cannot be taken back, each after a question: closing the circle, where some may stay together before, and asking somebody to leave.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { nextStep, waitsFor } from "../agenda.js";
import { afterwards } from "../circle.js";
import { stepFor } from "../holding.js";
import { nameOf, words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** Whether nothing of the agenda is still to come but the time together after it. @param {CircleView} view */
export function atTheEnd(view) {
  const next = nextStep(view);
  return view.step !== null && (next === null || view.agenda[next].part === "after");
}

/** @type {Part} */
export const ending = (screen, view, act) => html`
  ${stays(screen, view, act)}
  ${screen.asked === "close" ? sure(act, words.tools.closeSure, [[words.tools.closeYes, () => act.command({ type: "close" })]]) : nothing}
  <div class="more"><button class="plain" @click=${() => act.set({ asked: "close" })}>${words.tools.close}</button></div>`;

/** Where the agenda has no such part of its own. @type {Part} */
function stays(screen, view, act) {
  if (afterwards(view) || view.agenda[nextStep(view) ?? -1]?.part === "after") return nothing;
  const waits = waitsFor(view, screen.me) !== null;
  const stay = () => waits || act.command({ type: "set_agenda", agenda: [stepFor("after")] });
  return html`<div class="more"><button class="plain" aria-disabled=${waits ? "true" : nothing} @click=${stay}>${words.agenda.stay}</button></div>`;
}

/** @param {Act} act @param {string} question @param {[string, () => unknown][]} answers what is advised comes first; each closes the question */
const sure = (act, question, answers) => html`<div class="sure" role="group" aria-label=${question}>
  <p>${question}</p>
  <div class="more">
    ${answers.map(
      ([yes, go], index) =>
        html`<button class=${index ? "small" : "small strong"} @click=${() => {
          act.set({ asked: null });
          go();
        }}>${yes}</button>`,
    )}
    <button class="small" @click=${() => act.set({ asked: null })}>${words.tools.no}</button>
  </div>
</div>`;

/** At once, and one by one. @type {Part} */
export function removal(screen, view, act) {
  const others = view.seats.filter((seat) => seat.role !== "facilitator" && seat.id !== screen.me);
  if (!others.length) return nothing;
  const asked = others.find((seat) => seat.id === screen.asked);
  return html`<p class="label">${words.tools.removeHeading}</p>
    <div class="more">${others.map(
      (seat) =>
        html`<button class="small" @click=${() => act.set({ asked: seat.id })}>${words.tools.remove(nameOf(screen, seat.id))}</button>`,
    )}</div>
    ${asked ? question(screen, asked.id, act) : nothing}`;
}

/** By the link that all have, whoever was removed could knock again, so it becomes another one; only who holds the facilitators' link can do that. @param {Screen} screen @param {string} seat @param {Act} act */
function question(screen, seat, act) {
  const name = nameOf(screen, seat);
  const go = () => (screen.links ? act.removeForGood(seat) : act.command({ type: "remove", seat }));
  return html`<small>${screen.links ? words.tools.removeHint : words.tools.removeWithout}</small>
    ${sure(act, words.tools.removeSure(name), [[words.tools.removeYes(name), go]])}`;
}
