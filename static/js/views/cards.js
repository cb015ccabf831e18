// The check-in: one's own card, and those of others that one may see. No sum, no comparison, nothing kept.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { emptyCard, NUMBERS } from "../card.js";
import { nameOf, words } from "../words.js";
import { chips, select, text } from "./fields.js";
import { saidOf } from "./keepsake.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {{ target: HTMLInputElement }} Typed */

/** @param {Record<string, string>} options */
const optional = (options) => ({ "": words.card.unsaid, ...options });
/** @type {[string, string][]} */
const numbers = ["", ...NUMBERS].map((one) => [one, one || words.card.unsaid]);

/** @param {Screen} screen @param {Act} act */
export function cardForm(screen, act) {
  const card = screen.card ?? emptyCard();
  const put = (/** @type {Partial<import("../card.js").Draft>} */ change) =>
    act.set((now) => ({ card: { ...(now.card ?? card), ...change } }));
  const given = (/** @type {string} */ name) => (/** @type {string} */ value) => put({ [name]: value });
  return html`<div class="check-in">
    <small>${words.card.hint}</small>
    ${chips("wish", words.card.wish, words.card.wishes, card.wish, given("wish"))}
    ${chips("minutes", words.card.minutes, words.card.lengths, card.minutes, given("minutes"))}
    ${chips("answers", words.card.answers, optional(words.card.answering), card.answers ?? "", (value) => put({ answers: /** @type {any} */ (value || null) }))}
    ${text("mood", words.card.mood, card.mood, 40, given("mood"))}
    <div class="pair">
      ${select("weather", words.card.weather, optional(words.card.weathers), card.weather, given("weather"))}
      ${select("number", words.card.number, numbers, card.number, given("number"))}
    </div>
    <label class="check"><input type="checkbox" .checked=${live(card.open)} aria-describedby="open-hint"
      @change=${(/** @type {Typed} */ event) => put({ open: event.target.checked })} />
      <span>${words.card.open}<small id="open-hint">${words.card.openHint}</small></span></label>
    ${text("intention", words.card.intention, screen.intention, 200, act.intend, { hint: words.card.intentionHint })}
  </div>`;
}

/** In the circle. @param {Screen} screen @param {Act} act */
export const ownCard = (screen, act) => html`${cardForm(screen, act)}
  ${screen.checkedIn ? html`<p class="note" role="status">${screen.card?.open ? words.card.sentOpen : words.card.sent}</p>` : nothing}
  <div class="more">
    <button type="button" class="small strong" @click=${() => act.checkIn(true)}>${screen.checkedIn ? words.card.again : words.card.send}</button>
    ${screen.checkedIn ? html`<button type="button" class="small" @click=${() => act.checkIn(false)}>${words.card.back}</button>` : nothing}
  </div>`;

/** @param {Screen} screen @param {CircleView} view @param {Act} _act */
export function allCards(screen, view, _act) {
  const written = view.seats.filter((seat) => seat.card && seat.id !== screen.me);
  return html`<details class="card tight">
    <summary>${words.card.all}</summary>
    <dl class="cards">${written.map((seat) => html`<div><dt>${nameOf(screen, seat.id)}</dt><dd>${saidOf(seat.card ?? {}, screen.cards[seat.id] ?? {}, words.card.marks).join(" · ")}</dd></div>`)}</dl>
  </details>`;
}
