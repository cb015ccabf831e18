// What the circle is held by, in words: told to whoever comes, before they come in.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */

/** @param {Screen} screen */
export function terms({ view, terms: own }) {
  if (!view) return nothing;
  const { limits, observers, camera, late, late_after } = view.terms;
  const agreements = own.agreements?.split("\n").filter(Boolean) ?? words.agreements;
  return html`<section class="terms" aria-labelledby="terms-heading">
    <h2 id="terms-heading">${words.terms.heading}</h2>
    <p>${own.limits ?? words.terms.limits[limits]} ${words.terms.honest}</p>
    <ul>
      <li>${words.terms.observers[observers]}</li>
      <li>${words.terms.camera[camera]}</li>
      <li>${late === "closed" ? words.terms.closes(late_after) : words.terms.late[late]}</li>
      ${own.next ? html`<li>${words.terms.next(own.next)}</li>` : nothing}
    </ul>
    <details class="agreements"><summary>${words.doorway.agreements}</summary>
      <ol>${agreements.map((one) => html`<li>${one}</li>`)}</ol></details>
  </section>`;
}
