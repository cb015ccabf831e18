// Those who only listen: the circle is asked about them, and each answers in private; from listening to a seat by one press, and back.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { holder, mayHold, seatOf } from "../circle.js";
import { nameOf, words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */

/** @param {Screen} screen @param {CircleView} view @param {Act} act */
export const coming = (screen, view, act) =>
  mayHold(seatOf(view, screen.me))
    ? view.coming.filter((one) => one.state === "asked").map((one) => question(screen, one.seat, act))
    : nothing;

/** @param {Screen} screen @param {string} seat @param {Act} act */
function question(screen, seat, act) {
  const asks = words.listening.asks(nameOf(screen, seat));
  const say = (/** @type {boolean} */ yes) => {
    act.set(({ consented }) => ({ consented: [...consented, seat] }));
    act.command({ type: "consent", seat, yes });
  };
  return html`<section class="card tight knocking stack" role="group" aria-label=${asks}>
    <p><b>${asks}</b></p>
    ${
      screen.consented.includes(seat)
        ? html`<p role="status">${words.listening.said}</p>`
        : html`<p>${words.listening.hint}</p>
          <div class="more">
            <button class="small" @click=${() => say(true)}>${words.listening.welcome}</button>
            <button class="small" @click=${() => say(false)}>${words.listening.rather}</button>
          </div>`
    }
  </section>`;
}

/** One press from listening to a seat, and back. @param {Screen} screen @param {CircleView} view @param {Act} act */
export function place(screen, view, act) {
  const seat = seatOf(view, screen.me);
  const ask = (/** @type {boolean} */ on) => act.command({ type: "ask_seat", on });
  if (seat?.role === "observer") {
    return html`<section class="card tight stack">
      ${seat.asks_seat ? html`<p role="status">${words.places.asked}</p>` : nothing}
      <button class="plain" @click=${() => ask(!seat.asks_seat)}>${seat.asks_seat ? words.places.unask : words.places.ask}</button></section>`;
  }
  if (seat?.role !== "member" || view.terms.observers === "none" || holder(view) === screen.me) return nothing;
  return html`<details class="card tight"><summary>${words.places.back}</summary><div class="stack"><p>${words.places.backHint}</p>
    <button class="plain" @click=${act.stepBack}>${words.places.back}</button></div></details>`;
}
