// For who keeps the script or the time: what to say, what comes next, the question to all; the turn that it is, who asks for more of it, the time plan.

import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { keeps, minutesOf, missed, nextStep, nowOf, secondsLeft, stepNow, turnTime, waitsFor } from "../agenda.js";
import { holder, leads } from "../circle.js";
import { planRows } from "../holding.js";
import { protection as say } from "../words/protection.js";
import { listed, nameOf, stepNameOf, words } from "../words.js";
import { atTheEnd, ending } from "./ending.js";
import { round, text } from "./fields.js";
import { light } from "./time.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

const MOST = 15;
/** In these parts the circle's five words are read aloud. */
const ALOUD = new Set(["welcome", "agreements"]);

/** @type {Part} */
export function script(screen, view, act) {
  const part = stepNow(view)?.part;
  if (!keeps(view, screen.me, "script")) return theEnd(screen, view);
  return html`${part ? html`<p class="script"><span class="unseen">${words.agenda.scriptHeading}: </span>${screen.script ?? words.agenda.scripts[part]}</p>` : nothing}
    ${part && ALOUD.has(part) && screen.safety ? html`<div class="script"><p>${say.aloud}</p><p class="five" dir="auto">${screen.safety.join(" ")}</p></div>` : nothing}
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

/** Who asks for more, to who may give it. @type {Part} */
export const request = (screen, view, act) =>
  view.stick.asks && holder(view) !== screen.me
    ? html`<div class="asking"><p>${words.time.asks(nameOf(screen, view.stick.seat))}</p>${gifts(view, act)}</div>`
    : nothing;

/** @param {CircleView} view @param {Act} act */
function gifts(view, act) {
  const give = (/** @type {number | null} */ seconds, /** @type {string} */ text) =>
    html`<button class="small" @click=${() => act.command({ type: "give_time", turn: view.turn, seconds })}>${text}</button>`;
  return html`<div class="gifts">${give(60, words.time.minute)}${give(300, words.time.five)}${give(null, words.time.unlimited)}</div>`;
}

/** The turn that it is, and the plan, for who keeps the time. @type {Part} */
export function timeKeeping(screen, view, act) {
  const rows = planRows(view);
  const time = turnTime(view, nowOf(screen));
  if (!time && !rows.length) return nothing;
  return html`<section class="card tight timing" aria-label=${words.time.heading}>
    ${time ? turn(screen, view, act, time) : nothing}
    ${rows.length ? html`<details><summary>${words.time.heading}</summary>${plan(screen, act, rows)}</details>` : nothing}
  </section>`;
}

/** @param {Screen} screen @param {CircleView} view @param {Act} act @param {{ gone: number, left: number }} time */
const turn = (screen, view, act, time) => html`
  <p class="label">${words.time.turn(nameOf(screen, view.stick.seat))}</p>
  ${holder(view) === screen.me ? nothing : light(time.gone)}
  <small>${time.left > 0 ? words.time.left(minutesOf(time.left)) : words.time.turnOver}</small>
  ${view.stick.asks && holder(view) !== screen.me ? nothing : gifts(view, act)}`;

/** @param {Screen} screen @param {Act} act @param {ReturnType<typeof planRows>} rows */
const plan = (screen, act, rows) => html`<small>${words.time.intro}</small>
  <table class="plan">
    <thead><tr><th scope="col">${words.time.who}</th><th scope="col">${words.time.howLong}</th><th scope="col"><span class="unseen">${words.time.change}</span></th></tr></thead>
    <tbody>${rows.map(({ seat, seconds, adjust }) => {
      const name = nameOf(screen, seat);
      const allot = (/** @type {number} */ minutes) =>
        act.command({ type: "allot", seat, minutes: Math.min(MOST, Math.max(-MOST, minutes)) });
      return html`<tr><th scope="row">${name}</th><td>${seconds === null ? words.time.none : minutesOf(seconds)}</td>
        <td class="steppers">
          ${round(words.time.less(name), "−", () => allot(adjust - 1))}
          ${round(words.time.more(name), "+", () => allot(adjust + 1))}</td></tr>`;
    })}</tbody>
  </table>`;
