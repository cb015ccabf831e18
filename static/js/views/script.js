// Going through the agenda: what to say, what comes next, the question to all, the end of the time.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { keeps, nextStep, nowOf, stepNow, waitsFor } from "../agenda.js";
import { missed, secondsLeft } from "../holding.js";
import { nameOf, stepNameOf, words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** @type {Part} */
export function script(screen, view, act) {
  const part = stepNow(view)?.part;
  if (!keeps(view, screen.me, "script")) return theEnd(screen, view);
  return html`${part ? html`<p class="script"><span class="unseen">${words.agenda.scriptHeading}: </span>${words.agenda.scripts[part]}</p>` : nothing}
    ${theEnd(screen, view)}${question(screen, view, act)}`;
}

/** For who holds the circle: how long still, and near its end who has not been heard. @param {Screen} screen @param {CircleView} view */
function theEnd(screen, view) {
  const left = secondsLeft(view, nowOf(screen));
  if (left === null) return nothing;
  const names = missed(view, nowOf(screen)).map((seat) => nameOf(screen, seat.id));
  return html`<p class="floor">${left > 0 ? words.time.ends(Math.ceil(left / 60)) : words.time.past}</p>
    ${names.length ? html`<p class="note">${words.time.missed(names.join(", "))}</p>` : nothing}`;
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
    <button class="round" aria-label=${words.agenda.shorter(name)} @click=${() => put(-1)}>−</button>
    <button class="round" aria-label=${words.agenda.longer(name)} @click=${() => put(1)}>+</button>
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

/** The one button for what comes next. @param {Screen} screen @param {CircleView} view @param {string} look @param {Act} act */
export function onward(screen, view, look, act) {
  const next = nextStep(view);
  if (next === null) return nothing;
  const waits = waitsFor(view, screen.me);
  return html`<button class=${look} aria-disabled=${waits ? "true" : nothing} aria-describedby=${waits ? "waits" : nothing}
      @click=${() => go(screen, view, act, next)}>${words.agenda.next(stepNameOf(screen, view.agenda, next))}</button>
    ${waits ? html`<small id="waits">${words.agenda.waits(nameOf(screen, waits))}</small>` : nothing}`;
}

/** A question to all. @type {Part} */
function question(screen, view, act) {
  return html`<details><summary>${words.agenda.prompt}</summary>
    <form class="field" @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      if (screen.question.trim()) act.ask();
    }}>
      <label class="unseen" for="question">${words.agenda.prompt}</label>
      <textarea id="question" rows="2" maxlength="240" aria-describedby="question-hint" .value=${live(screen.question)}
        @input=${(/** @type {{ target: HTMLTextAreaElement }} */ event) => act.set({ question: event.target.value })}></textarea>
      <small id="question-hint">${words.agenda.promptHint}</small>
      <div class="more"><button class="small strong" type="submit">${words.agenda.promptShow}</button>
        ${view.prompt ? html`<button class="small" type="button" @click=${() => act.command({ type: "set_prompt", prompt: null })}>${words.agenda.promptHide}</button>` : nothing}</div>
    </form></details>`;
}
