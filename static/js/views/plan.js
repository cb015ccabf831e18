// Keeping the time: the turn that it is, who asks for more of it, and the time plan with its small buttons.

import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { minutesOf, nowOf, turnTime } from "../agenda.js";
import { holder } from "../circle.js";
import { planRows } from "../holding.js";
import { nameOf, words } from "../words.js";
import { round } from "./fields.js";
import { light } from "./time.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

const MOST = 15;

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
