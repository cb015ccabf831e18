// Where we are: the part that it is now, and all parts. What to say and what comes next is fetched by who keeps the script.

import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { keeps, minutesOf, myShare, stepNow } from "../agenda.js";
import { observers } from "../circle.js";
import { stepNameOf, words } from "../words.js";
import { lazily } from "./lazily.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

const PARTING = new Set(["words", "after"]);
const controls = lazily("controls");
const script = lazily("script");

/** @type {Part} */
export function where(screen, view, act) {
  const now = stepNow(view);
  const listening = observers(view).length;
  const floor = html`<p class="floor">${words.circle.floors[view.floor]}${listening ? html` · ${words.circle.observers(listening)}` : nothing}</p>`;
  const holding = keeps(view, screen.me, "script") || keeps(view, screen.me, "time");
  const more = holding ? script(screen, view, act) : nothing;
  if (!now || view.step === null) return html`<div class="where">${floor}${more}</div>`;
  const mine = myShare(view, screen.me);
  return html`<section class="where card tight" aria-labelledby="where">
    <p class="eyebrow">${words.agenda.place(`${view.step + 1}/${view.agenda.length}`)}</p>
    <h2 id="where">${stepNameOf(screen, view.agenda, view.step)}</h2>
    ${floor}
    ${mine ? html`<p class="share">${words.time.yours(minutesOf(mine))}</p>` : nothing}
    ${now.part === "after" ? html`<p>${words.agenda.afterwards}</p>` : nothing}
    ${screen.terms.next && PARTING.has(now.part) ? html`<p>${words.terms.next(screen.terms.next)}</p>` : nothing}
    ${more}
    <details><summary>${words.agenda.all}</summary>
      <ol class="rows">${view.agenda.map((_, index) => row(screen, view, act, index, holding))}</ol></details>
  </section>`;
}

/** What the circle speaks to, large. @param {Screen} screen */
export const prompted = (screen) => (screen.prompt ? html`<p class="prompt" dir="auto">${screen.prompt}</p>` : nothing);

/** @param {Screen} screen @param {CircleView} view @param {Act} act @param {number} index @param {boolean} holding */
const row = (screen, view, act, index, holding) => html`<li aria-current=${index === view.step ? "step" : nothing}
    class=${view.step !== null && index < view.step ? "past" : ""}>
    <span>${stepNameOf(screen, view.agenda, index)} ${holding ? html`<small>${words.time.minutes(view.agenda[index].minutes)}</small>` : nothing}</span>
    ${holding ? controls(screen, view, index, act) : nothing}
  </li>`;
