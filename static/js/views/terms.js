// What the circle is held by, in words: told to whoever comes, before they come in, and kept at hand inside.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { stepNow } from "../agenda.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {import("../protocol.js").View} View */

/** At the door. @param {Screen} screen */
export const terms = (screen) =>
  screen.view
    ? html`<section class="terms" aria-labelledby="terms-heading">
        <h2 id="terms-heading">${words.terms.heading}</h2>
        ${told(screen, screen.view)}
        <details class="agreements"><summary>${words.doorway.agreements}</summary>${agreements(screen)}</details>
      </section>`
    : nothing;

/** In the circle, for everybody: folded, and open by itself in the part in which it is read. @param {Screen} screen @param {CircleView} view */
export const agreed = (
  screen,
  view,
) => html`<details class="card tight terms agreements" ?open=${stepNow(view)?.part === "agreements"}>
  <summary>${words.doorway.agreements}</summary>
  ${agreements(screen)}
  <h2>${words.terms.heading}</h2>
  ${told(screen, view)}
</details>`;

/** @param {Screen} screen */
const agreements = ({ terms: own }) => html`<ol>
  ${(own.agreements?.split("\n").filter(Boolean) ?? words.agreements).map((one) => html`<li>${one}</li>`)}</ol>`;

/** @param {Screen} screen @param {View} view */
function told({ terms: own }, view) {
  const { limits, observers, camera, late, late_after, breath, reactions, capacity } = view.terms;
  const minutes = view.at === "circle" ? null : view.minutes;
  return html`<p>${own.limits ?? words.terms.limits[limits]} ${words.terms.honest}</p>
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
}
