// Facilitation changes hands, always by asking and accepting; where nobody leads, somebody volunteers and the others say yes.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { mayHold, seatOf } from "../circle.js";
import { nameOf, words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {import("../protocol.js").Command} Command */

/** @param {Act} act @param {string} text @param {Command} command */
const press = (act, text, command) => html`<button class="small" @click=${() => act.command(command)}>${text}</button>`;

/** @param {string} asks @param {unknown} more */
const card = (asks, more) => html`<section class="card tight knocking stack" role="group" aria-label=${asks}>
  <p><b>${asks}</b></p>${more}</section>`;

/** @param {Screen} screen @param {CircleView} view @param {Act} act */
export function handing(screen, view, act) {
  if (view.lead_to !== null && view.lead_to === screen.me) {
    return card(
      words.handing.offered,
      html`<p>${words.handing.offeredHint}</p><div class="more">
        <button class="small strong" @click=${act.acceptLead}>${words.handing.accept}</button>
        ${press(act, words.handing.decline, { type: "decline_lead" })}</div>`,
    );
  }
  if (!mayHold(seatOf(view, screen.me))) return nothing;
  if (view.volunteer) return volunteered(screen, view.volunteer, act);
  if (view.adrift) {
    return card(
      words.handing.nobody,
      html`<div class="more">${press(act, words.handing.volunteer, { type: "volunteer" })}</div>`,
    );
  }
  return view.next_facilitator === screen.me ? named(act) : nothing;
}

/** Quietly, for the whole of the circle: it is no surprise at its end. @param {Act} act */
const named = (
  act,
) => html`<section class="card tight stack"><p>${words.handing.named}</p><p><small>${words.handing.namedHint}</small></p>
  <div class="more">${press(act, words.handing.rather, { type: "decline_next" })}</div></section>`;

/** @param {Screen} screen @param {import("../protocol.js").VolunteerView} one @param {Act} act */
function volunteered(screen, one, act) {
  if (one.seat === screen.me) return card(words.handing.mine, nothing);
  const say = (/** @type {boolean} */ yes) => ({ type: /** @type {const} */ ("confirm"), seat: one.seat, yes });
  return card(
    words.handing.volunteers(nameOf(screen, one.seat)),
    html`<div class="more">${press(act, words.handing.yes, say(true))}${press(act, words.handing.no, say(false))}</div>`,
  );
}
