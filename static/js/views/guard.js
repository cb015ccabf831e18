// Quiet for everybody, and small groups: for those who guard or lead the circle.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { drawGroups, mayHush, mayPairUp, mayPause } from "../care.js";
import { leads } from "../circle.js";
import { words } from "../words.js";
import { removal } from "./ending.js";
import { select } from "./fields.js";
import { fresh } from "./leads.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

const SILENCES = [10, 30, 60, 120, 180, 300, 600, 900, 1800];
const MINUTES = [2, 3, 5, 8, 10, 15];

/** @type {Part} */
export function guard(screen, view, act) {
  const small = leads(view, screen.me) ? groups(screen, view, act) : nothing;
  return html`${mayPause(view, screen.me) ? shield(screen, view, act) : nothing}
  ${
    view.pause && small === nothing
      ? nothing
      : html`<details class="card tight"><summary>${words.quiet.heading}</summary>
        <div class="stack">${view.pause ? nothing : quiets(screen, view, act)}${small}</div></details>`
  }`;
}

/** One press against who comes to disturb, and one that ends it; behind it, whom to ask out, one by one. @type {Part} */
const shield = (screen, view, act) => html`<div class="more">
  <button class="plain" aria-describedby="shield-hint" @click=${() => act.command({ type: "shield", on: !view.shielded })}>${view.shielded ? words.shield.off : words.shield.on}</button></div>
  <small id="shield-hint">${words.shield.hint}</small>
  ${view.shielded && leads(view, screen.me) ? html`${removal(screen, view, act)}${fresh(screen, view, act)}` : nothing}`;

/** @type {Part} */
const quiets = (screen, view, act) => html`<div class="more">
    ${mayPause(view, screen.me) ? html`<button class="plain" @click=${() => act.command({ type: "pause", on: true })}>${words.quiet.pause}</button>` : nothing}
  </div>
  ${
    mayHush(view, screen.me)
      ? html`<p class="label">${words.quiet.silence}</p><div class="more">${SILENCES.map(
          (seconds) =>
            html`<button class="small" @click=${() => act.command({ type: "silence", seconds })}>${seconds < 60 ? words.quiet.seconds(seconds) : words.quiet.minutes(seconds / 60)}</button>`,
        )}</div>`
      : nothing
  }`;

/** @type {Part} */
function groups(screen, view, act) {
  const apart = view.asides.some((aside) => aside.until !== null);
  if (apart) {
    return html`<div class="more"><button class="plain" @click=${() => act.command({ type: "come_back", seat: null })}>${words.apart.comeBack}</button></div>`;
  }
  if (!mayPairUp(view)) return nothing;
  const minutes = screen.groupMinutes;
  const draw = (/** @type {2 | 3} */ size) =>
    act.command({ type: "pair_up", groups: drawGroups(view, size, Math.random), minutes });
  /** @type {[string, string][]} */
  const lengths = MINUTES.map((one) => [String(one), words.quiet.minutes(one)]);
  return html`<p class="label">${words.apart.pairUp}</p><p>${words.apart.pairHint}</p>
    ${select("group-minutes", words.apart.howLong, lengths, String(minutes), (value) => act.set({ groupMinutes: Number(value) }))}
    <div class="more">
      <button class="small" @click=${() => draw(2)}>${words.apart.pairs}, ${words.quiet.minutes(minutes)}</button>
      <button class="small" @click=${() => draw(3)}>${words.apart.threes}, ${words.quiet.minutes(minutes)}</button>
    </div>`;
}
