// What the circle is held by, in words: told to whoever comes, before they come in.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */

/** @param {Screen} screen */
export function terms({ view, terms: own }) {
  if (!view) return nothing;
  const { limits, observers, camera, late, late_after, breath, reactions, capacity } = view.terms;
  const minutes = view.at === "circle" ? null : view.minutes;
  const agreements = own.agreements?.split("\n").filter(Boolean) ?? words.agreements;
  return html`<section class="terms" aria-labelledby="terms-heading">
    <h2 id="terms-heading">${words.terms.heading}</h2>
    <p>${own.limits ?? words.terms.limits[limits]} ${words.terms.honest}</p>
    <ul>
      ${minutes === null ? nothing : html`<li>${words.terms.takes(Math.round(minutes))}</li>`}
      <li>${words.terms.seats(capacity)}</li>
      <li>${words.terms.observers[observers]}</li>
      <li>${words.terms.camera[camera]}</li>
      <li>${late === "closed" ? words.terms.closes(late_after) : words.terms.late[late]}</li>
      ${breath ? html`<li>${words.terms.breath(breath)}</li>` : nothing}
      ${reactions ? nothing : html`<li>${words.terms.noSigns}</li>`}
      ${own.next ? html`<li>${words.terms.next(own.next)}</li>` : nothing}
    </ul>
    <details class="agreements"><summary>${words.doorway.agreements}</summary>
      <ol>${agreements.map((one) => html`<li>${one}</li>`)}</ol></details>
  </section>`;
}
