// Time, softly: a light for the holder, and more of it for the asking.

import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { cue, keeps, minutesOf, nowOf, turnTime } from "../agenda.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** A line that fills: quiet, without numbers, and nothing to screen readers, who are told in words. @param {number} gone 0 to 1 */
export const light = (gone) => html`<svg class="light" aria-hidden="true">
  <line class="ahead" x1="2%" x2="98%" y1="50%" y2="50%" /><line class="gone" x1="2%" x2="${2 + 96 * gone}%" y1="50%" y2="50%" />
</svg>`;

/** @type {Part} */
export function ownTime(screen, view, act) {
  const time = turnTime(view, nowOf(screen));
  if (!time) return nothing;
  const now = cue(view, screen.me, nowOf(screen));
  return html`<button class="light-switch" aria-pressed=${screen.minutes} aria-label=${words.time.show} title=${words.time.show}
      @click=${() => act.set({ minutes: !screen.minutes })}>${light(time.gone)}</button>
    ${screen.minutes && time.left > 0 ? html`<small>${words.time.left(minutesOf(time.left))}</small>` : nothing}
    ${now ? html`<p class="cue">${words.time.cues[now]}</p>` : nothing}
    ${
      view.stick.asks
        ? html`<p>${words.time.asked}</p>`
        : keeps(view, screen.me, "time")
          ? nothing
          : html`<button class="plain" @click=${() => act.command({ type: "ask_time", turn: view.turn })}>${words.time.ask}</button>`
    }`;
}
