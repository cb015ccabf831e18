// The ring of equal seats, in the same order on every screen; the stick where it is; its holder told by light, not by size.

import { repeat } from "../../vendor/lit-html-3.3.3/directives/repeat.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { asideOf, holder, offeredTo, visible } from "../circle.js";
import { knownName, nameOf, words } from "../words.js";
import { video } from "./devices.js";
import { icon, stick } from "./icons.js";
import { quietly } from "./lazily.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {import("../protocol.js").SeatView} SeatView */

const sign = quietly("sign");

/** @param {Screen} screen @param {CircleView} view @param {import("../screen.js").Act} act */
export const ring = (screen, view, act) => html`
  <div class="around">
  <div class="hearth" aria-hidden="true">${view.stick.state === "resting" ? stick : nothing}<p>${state(screen, view)}</p></div>
  <ol class="ring of-${view.seats.length}" aria-label=${words.circle.name}>
    ${repeat(
      view.seats,
      (one) => one.id,
      (one, index) => seat(screen, view, act, one, index),
    )}
  </ol></div>`;

/** Where the stick is, in words. @param {Screen} screen @param {CircleView} view */
export function state(screen, view) {
  const at = view.stick.seat;
  if (holder(view)) return at === screen.me ? words.circle.youHold : words.circle.holds(nameOf(screen, at));
  if (offeredTo(view)) return at === screen.me ? words.circle.offeredToYou : words.circle.offered(nameOf(screen, at));
  return view.seats.length === 1 ? words.circle.alone : words.circle.rests;
}

/** @param {Screen} screen @param {CircleView} view @param {import("../screen.js").Act} act @param {SeatView} one @param {number} index */
function seat(screen, view, act, one, index) {
  const mine = one.id === screen.me;
  // What came last does not stay where nothing comes any more.
  const picture = !mine && one.camera && visible(view, screen.me).includes(one.id) && screen.pictures[one.id];
  const at = view.stick.seat === one.id ? view.stick.state : "";
  const known = knownName(screen, one.id);
  // Who has no keys yet can name nobody; for who has, somebody without a name is on the way.
  const name = known ?? (screen.keys.epoch ? words.keyed.coming : words.someone);
  // To those who are apart their companions are there, and the circle is not.
  const here = one.present && !one.out && asideOf(view, one.id) === asideOf(view, screen.me);
  return html`<li class="seat i-${index} ${at} ${here ? "" : "away"} ${one.role}" data-seat=${one.id}>
    <div class="face" data-level-for=${one.id}>
      <span class="letter" aria-hidden="true">${known ? [...known][0] : nothing}</span>${picture ? video(picture, "picture") : nothing}
      ${at ? stick : nothing}
    </div>
    ${sign(screen, view, one.id, act)}
    <p class="name ${known ? "" : "unnamed"}">${mine ? html`${name} <small>(${words.you.toLowerCase()})</small>` : name}</p>
    <p class="marks">${apartMark(view, one)}${marks(view, one)}</p>
  </li>`;
}

/** @param {CircleView} view @param {SeatView} one */
const apartMark = (view, one) => (asideOf(view, one.id) ? html`<span>${words.apart.mark}</span>` : nothing);

/** @param {CircleView} view @param {SeatView} one */
function marks(view, one) {
  if (one.out) return words.out.mark;
  if (!one.present) return words.circle.away;
  if (one.role === "observer") return html`${icon("ear")} ${words.circle.listening}`;
  return html`
    <span class=${one.microphone ? "on" : "off"}>${icon(one.microphone ? "microphone" : "microphone-off")}
      <span class="unseen">${one.microphone ? words.circle.microphoneOn : words.circle.microphoneOff}</span></span>
    ${one.hand ? html`<span class="hand">${icon("hand")}<b aria-hidden="true">${one.hand}</b><span class="unseen">${words.circle.hand(one.hand)}</span></span>` : nothing}
    ${one.role === "facilitator" ? html`<span>${words.circle.facilitator}</span>` : nothing}
    ${view.acting === one.id ? html`<span>${words.circle.standsIn}</span>` : nothing}
    ${one.duties.map((duty) => html`<span>${words.duties.marks[duty]}</span>`)}
    ${one.card?.open && one.card.answers ? html`<span>${words.card.marks[one.card.answers]}</span>` : nothing}
    ${one.later ? html`<span>${words.circle.later}</span>` : one.heard ? html`<span aria-label=${words.circle.heard} role="img" class="done">✓</span>` : nothing}`;
}
