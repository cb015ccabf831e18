// What is said without a voice: written words large above the ring, a sign at a seat, and where one writes.
import { html, nothing, svg } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { written } from "../circle.js";
import { REACTIONS } from "../protocol.js";
import { signOf, ways } from "../voices.js";
import { nameOf, words } from "../words.js";
import { drawn } from "./icons.js";
import { line, note, writing } from "./saying.js";

export { instead } from "./saying.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */

const LONG = 240;
const LINES = {
  heart: svg`<path d="M12 20C5 15 3 11.500 3 8.500a4.500 4.500 0 0 1 9-1 4.500 4.500 0 0 1 9 1c0 3-2 6.500-9 11.500Z" />`,
  with_you: svg`<circle cx="9" cy="12" r="6" /><circle cx="15" cy="12" r="6" />`,
  thanks: svg`<path d="M12 21v-8M12 13c0-5-3-8-7-8 0 5 3 8 7 8ZM12 13c0-5 3-8 7-8 0 5-3 8-7 8Z" />`,
};

/** @param {Screen} screen @param {CircleView} view @param {Act} _act */
export function shared(screen, view, _act) {
  const share = written(view, screen.whispered);
  if (!share) return nothing;
  const by = share.by === screen.me ? words.voices.mine : words.whispered.share(nameOf(screen, share.by));
  const long = share.text.length > LONG;
  return html`<figure class="written ${long ? "long" : ""}">
    <figcaption>${by}</figcaption>
    <blockquote dir="auto" aria-label=${by} tabindex=${long ? "0" : nothing}>${share.text}</blockquote>
  </figure>`;
}

/** At a seat, for some seconds. @param {Screen} screen @param {CircleView} view @param {string} id @param {Act} _act */
export function sign(screen, view, id, _act) {
  const code = signOf(view, screen.whispered, id);
  return code ? html`<p class="sign">${drawn(LINES[code])} ${words.reactions[code]}</p>` : nothing;
}

/** The buttons for them. @param {Screen} screen @param {CircleView} view @param {Act} act */
export const signs = (screen, view, act) =>
  ways(view, screen.me, screen.whispered).signs
    ? html`<div class="signs" role="group" aria-label=${words.voices.signs}>
        ${REACTIONS.map((one) => html`<button class="small" @click=${() => act.react(one)}>${drawn(LINES[one])}${words.reactions[one]}</button>`)}
      </div>`
    : nothing;

/** What was written to who holds the circle, until each is put away. @param {Screen} screen @param {CircleView} view @param {Act} act */
export function notes(screen, view, act) {
  if (!ways(view, screen.me, screen.whispered).notes) return nothing;
  return html`<ul class="notes">${screen.whispered.notes.map(
    (one) => html`<li class="card tight">
      <p class="eyebrow">${words.voices.from(nameOf(screen, one.by))}</p>
      <p dir="auto">${one.text}</p>
      <button class="small" aria-label=${words.voices.putAway(nameOf(screen, one.by))} @click=${() => act.putAway(one.id)}>${words.voices.putAwayShort}</button>
    </li>`,
  )}</ul>`;
}

/** @param {Screen} screen @param {CircleView} view @param {Act} act */
export function panels(screen, view, act) {
  const there = ways(view, screen.me, screen.whispered);
  return html`${there.writing ? writing(screen, view, act) : nothing}
    ${there.line ? line(screen, act) : nothing}
    ${there.note ? note(screen, act) : nothing}`;
}
