// What the circle is held by, in words: told to whoever comes, before they come in, and kept at hand inside.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { stepNow } from "../agenda.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {import("../protocol.js").Terms} Terms */

/** At the door; to who opens the circle as they are settling it. @param {Screen} screen */
export function terms({ view, terms: own, settling }) {
  if (!view) return nothing;
  const texts = { ...own, ...settling?.texts };
  return html`<section class="terms" aria-labelledby="terms-heading">
    <h2 id="terms-heading">${words.terms.heading}</h2>
    ${told(texts, { ...view.terms, ...settling?.terms }, view.at === "circle" ? null : view.minutes)}
    <details class="agreements"><summary>${words.doorway.agreements}</summary>${agreements(texts)}</details>
  </section>`;
}

/** In the circle, for everybody: folded, and open by itself in the part in which it is read. @param {Screen} screen @param {CircleView} view */
export function agreed({ terms: own }, view) {
  const reading = stepNow(view)?.part === "agreements";
  return html`<details class="card tight agreements ${reading ? "reading" : ""}" ?open=${reading}>
    <summary>${words.doorway.agreements}</summary>
    ${agreements(own)}
    <div class="terms"><h2>${words.terms.heading}</h2>${told(own, view.terms, null)}</div>
  </details>`;
}

/** @param {Screen["terms"]} own */
const agreements = (own) => html`<ol>
  ${(own.agreements ? own.agreements.split("\n").filter(Boolean) : words.agreements).map((one) => html`<li>${one}</li>`)}</ol>`;

/** @param {Screen["terms"]} own @param {Terms} terms @param {number | null} minutes */
const told = (own, { limits, observers, camera, late, late_after, breath, reactions, capacity }, minutes) => html`
  <p>${own.limits || words.terms.limits[limits]} ${words.terms.honest}</p>
  <ul>
    ${minutes === null ? nothing : html`<li>${words.terms.takes(Math.round(minutes))}</li>`}
    <li>${words.terms.seats(capacity)}</li>
    <li>${words.terms.observers[observers]}</li>
    <li>${words.terms.camera[camera]}</li>
    <li>${late === "closed" ? words.terms.closes(late_after) : words.terms.late[late]}</li>
    ${breath ? html`<li>${words.terms.breath(breath)}</li>` : nothing}
    ${reactions ? nothing : html`<li>${words.terms.noSigns}</li>`}
    ${own.next ? html`<li>${words.terms.next(own.next)}</li>` : nothing}
  </ul>`;
