// Going through the agenda: what to say, what comes next, the question to all, the end of the time.

import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { keeps, missed, nextStep, nowOf, secondsLeft, stepNow, waitsFor } from "../agenda.js";
import { leads } from "../circle.js";
import { listed, nameOf, stepNameOf, words } from "../words.js";
import { atTheEnd, ending } from "./ending.js";
import { round, text } from "./fields.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** In these parts the circle's five words are read aloud. */
const ALOUD = new Set(["welcome", "agreements"]);

/** @type {Part} */
export function script(screen, view, act) {
  const part = stepNow(view)?.part;
  if (!keeps(view, screen.me, "script")) return theEnd(screen, view);
  return html`${part ? html`<p class="script"><span class="unseen">${words.agenda.scriptHeading}: </span>${screen.script ?? words.agenda.scripts[part]}</p>` : nothing}
    ${part && ALOUD.has(part) && screen.safety ? html`<p class="script">${words.keyed.safetyScript}</p>` : nothing}
    ${theEnd(screen, view)}${question(screen, view, act)}`;
}

/** For who holds the circle: how long still, and near its end who has not been heard. @param {Screen} screen @param {CircleView} view */
function theEnd(screen, view) {
  const left = secondsLeft(view, nowOf(screen));
  if (left === null) return nothing;
  const names = missed(view, screen.me, nowOf(screen)).map((id) => nameOf(screen, id));
  return html`<p class="floor">${left > 0 ? words.time.ends(Math.ceil(left / 60)) : words.time.past}</p>
    ${names.length ? html`<p class="note">${words.time.missed(listed(names))}</p>` : nothing}`;
}

/** What may be done with a part: a minute less or more, going there. @param {Screen} screen @param {CircleView} view @param {number} index @param {Act} act */
export function controls(screen, view, index, act) {
  const name = stepNameOf(screen, view.agenda, index);
  const put = (/** @type {number} */ by) =>
    act.command({
      type: "set_minutes",
      step: index,
      minutes: Math.min(360, Math.max(0, Math.round(view.agenda[index].minutes + by))),
    });
  return html`<span class="steppers">
    ${round(words.agenda.shorter(name), "−", () => put(-1))}
    ${round(words.agenda.longer(name), "+", () => put(1))}
    ${
      keeps(view, screen.me, "script") && index !== view.step
        ? html`<button class="small" aria-label=${words.agenda.goHere(name)} aria-disabled=${waitsFor(view, screen.me) ? "true" : nothing}
            @click=${() => go(screen, view, act, index)}>${words.agenda.goHereShort}</button>`
        : nothing
    }</span>`;
}

/** @param {Screen} screen @param {CircleView} view @param {Act} act @param {number} step */
function go(screen, view, act, step) {
  if (!waitsFor(view, screen.me)) act.command({ type: "go_to", step, seen: view.step });
}

/** The one button for what comes next; at the end of the agenda also the end. @param {Screen} screen @param {CircleView} view @param {string} look @param {Act} act */
export function onward(screen, view, look, act) {
  const end = atTheEnd(view) && leads(view, screen.me) ? ending(screen, view, act) : nothing;
  const next = nextStep(view);
  if (next === null) return end;
  const waits = waitsFor(view, screen.me);
  return html`<button class=${look} aria-disabled=${waits ? "true" : nothing} aria-describedby=${waits ? "waits" : nothing}
      @click=${() => go(screen, view, act, next)}>${words.agenda.next(stepNameOf(screen, view.agenda, next))}</button>
    ${waits ? html`<small id="waits">${words.agenda.waits(nameOf(screen, waits))}</small>` : nothing}${end}`;
}

/** A question to all. @type {Part} */
function question(screen, view, act) {
  return html`<details><summary>${words.agenda.prompt}</summary>
    <form class="field" @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      if (screen.question.trim()) act.ask();
    }}>
      ${text("question", words.agenda.prompt, screen.question, 240, (asked) => act.set({ question: asked }), { rows: 2, hint: words.agenda.promptHint, unseen: true })}
      <div class="more">${words.agenda.prompts.map(
        (one) =>
          html`<button class="small" type="button" @click=${() => {
            act.set({ question: one });
            act.ask();
          }}>${one}</button>`,
      )}</div>
      <div class="more"><button class="small strong" type="submit">${words.agenda.promptShow}</button>
        ${view.prompt ? html`<button class="small" type="button" @click=${() => act.command({ type: "set_prompt", prompt: null })}>${words.agenda.promptHide}</button>` : nothing}</div>
    </form></details>`;
}
