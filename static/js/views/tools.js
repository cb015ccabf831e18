// What facilitators hold the circle with, folded away until they want it.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { waitsFor } from "../agenda.js";
import { nameOf, words } from "../words.js";
import { kinds } from "./kinds.js";
import { facilitation, fresh } from "./leads.js";
import { fields } from "./links.js";
import { duties, order } from "./order.js";
import { settling } from "./settling.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */
/** @typedef {{ target: HTMLSelectElement }} Chosen */

/** @type {Part} */
export const tools = (screen, view, act) =>
  html`<details class="card tight tools">
          <summary>${words.tools.heading}</summary>
          <div class="stack">
          ${floor(screen, view, act)}${successor(screen, view, act)}
          ${order(screen, view, act)}${duties(screen, view, act)}${facilitation(screen, view, act)}${settling(screen, act)}${agenda(screen, view, act)}${removal(screen, view, act)}
          <div class="more">
            <button class="plain" @click=${() => act.command({ type: "lock", on: !view.locked })}>${view.locked ? words.tools.unlock : words.tools.lock}</button>
          </div>
          ${fresh(screen, view, act)}
          <div class="more"><button class="plain" @click=${() => act.set({ asked: "close" })}>${words.tools.close}</button></div>
          ${screen.asked === "close" ? sure(act, words.tools.closeSure, words.tools.closeYes, { type: "close" }) : nothing}
          </div>
        </details>
        ${screen.links ? html`<details class="card tight"><summary>${words.links.show}</summary>${fields(screen, act)}</details>` : nothing}`;

/** @type {Part} */
const floor = (_screen, view, act) => html`<div class="field">
  <label for="floor">${words.tools.floor}</label>
  <select id="floor" .value=${live(view.floor)}
    @change=${(/** @type {Chosen} */ event) => act.command({ type: "set_floor", floor: /** @type {CircleView["floor"]} */ (event.target.value) })}>
    ${Object.entries(words.tools.floors).map(([value, text]) => html`<option value=${value} ?selected=${value === view.floor}>${text}</option>`)}
  </select>
</div>`;

/** Another agenda; nobody who speaks is cut off by it. @type {Part} */
function agenda(screen, view, act) {
  const waits = waitsFor(view, screen.me);
  const ready = screen.kind && !waits && (screen.kind !== "own" || screen.steps.length);
  return html`<details><summary>${words.agenda.again}</summary>
    ${kinds(screen, act)}
    <button class="small strong" aria-disabled=${ready ? nothing : "true"} @click=${() => ready && act.chooseAgenda()}>${words.agenda.begin}</button>
    <small>${waits ? words.agenda.waits(nameOf(screen, waits)) : words.agenda.beginHint}</small></details>`;
}

/** @type {Part} */
const successor = (screen, view, act) => html`<div class="field">
  <label for="successor">${words.tools.successor}</label>
  <select id="successor" .value=${live(view.successor ?? "")}
    @change=${(/** @type {Chosen} */ event) => act.command({ type: "name_successor", seat: event.target.value || null })}>
    <option value="">${words.tools.nobody}</option>
    ${view.seats
      .filter((seat) => seat.role === "member")
      .map(
        (seat) =>
          html`<option value=${seat.id} ?selected=${seat.id === view.successor}>${nameOf(screen, seat.id)}</option>`,
      )}
  </select>
</div>`;

/** @type {Part} */
function removal(screen, view, act) {
  const others = view.seats.filter((seat) => seat.role !== "facilitator" && seat.id !== screen.me);
  if (!others.length) return nothing;
  return html`<p class="label">${words.tools.removeHeading}</p>
    <div class="more">${others.map(
      (seat) =>
        html`<button class="small" @click=${() => act.set({ asked: seat.id })}>${words.tools.remove(nameOf(screen, seat.id))}</button>`,
    )}</div>
    ${others.map((seat) =>
      seat.id === screen.asked
        ? sure(act, words.tools.removeSure(nameOf(screen, seat.id)), words.tools.removeYes(nameOf(screen, seat.id)), {
            type: "remove",
            seat: seat.id,
          })
        : nothing,
    )}`;
}

/** @param {Act} act @param {string} question @param {string} yes @param {import("../protocol.js").Command} command */
const sure = (act, question, yes, command) => html`<div class="sure" role="group" aria-label=${question}>
  <p>${question}</p>
  <div class="more">
    <button class="small strong" @click=${() => {
      act.set({ asked: null });
      act.command(command);
    }}>${yes}</button>
    <button class="small" @click=${() => act.set({ asked: null })}>${words.tools.no}</button>
  </div>
</div>`;
