// The order of the seats, by buttons; and who carries a part of the holding.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { mayHold, seatOf } from "../circle.js";
import { moved, shuffled } from "../holding.js";
import { nameOf, words } from "../words.js";
import { select } from "./fields.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */
/** @typedef {{ target: HTMLInputElement }} Ticked */

/** @type {Part} */
export function order(screen, view, act) {
  const ids = view.seats.map((seat) => seat.id);
  const seat = (/** @type {string[]} */ seats) => act.command({ type: "set_order", seats });
  const go = (/** @type {boolean} */ backwards, /** @type {boolean} */ unheard_first) =>
    act.command({ type: "set_way", backwards, unheard_first });
  return html`<details><summary>${words.order.heading}</summary>
    <ol class="rows">${ids.map((id, index) => {
      const name = nameOf(screen, id);
      return html`<li><span>${name}</span><span class="steppers">
        <button class="round" id="up-${id}" aria-label=${words.order.up(name)} @click=${() => seat(moved(ids, index, -1))}>↑</button>
        <button class="round" id="down-${id}" aria-label=${words.order.down(name)} @click=${() => seat(moved(ids, index, 1))}>↓</button></span></li>`;
    })}</ol>
    <button class="small" @click=${() => seat(shuffled(ids, Math.random))}>${words.order.shuffle}</button>
    ${tick(words.order.backwards, view.backwards, (on) => go(on, view.unheard_first))}
    ${tick(words.order.unheard, view.unheard_first, (on) => go(view.backwards, on))}
  </details>`;
}

/** @param {string} text @param {boolean} on @param {(on: boolean) => void} set */
const tick = (text, on, set) => html`<label class="check"><input type="checkbox" .checked=${live(on)}
  @change=${(/** @type {Ticked} */ event) => set(event.target.checked)} /><span>${text}</span></label>`;

/** @type {Part} */
export function duties(screen, view, act) {
  const able = view.seats.filter((seat) => mayHold(seat) && seat.role !== "facilitator");
  if (!able.length) return nothing;
  const bearer = seatOf(view, screen.bearer) ?? able[0];
  const names = Object.fromEntries(able.map((seat) => [seat.id, nameOf(screen, seat.id)]));
  return html`<details><summary>${words.duties.heading}</summary>
    <small>${words.duties.hint}</small>
    ${select("bearer", words.duties.whom, names, bearer.id, (id) => act.set({ bearer: id }))}
    ${Object.entries(words.duties.names).map(([code, text]) => {
      const duty = /** @type {keyof typeof words.duties.names} */ (code);
      return tick(text, bearer.duties.includes(duty), (on) =>
        act.command({ type: "set_duty", seat: bearer.id, duty, on }),
      );
    })}
  </details>`;
}
