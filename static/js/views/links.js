// Both links, to be copied, and the members' one to be scanned.
import { html, nothing, svg } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

const LABELS = { members: words.links.members, facilitators: words.links.facilitators };
const HINTS = { members: words.links.membersHint, facilitators: words.links.facilitatorsHint };

/** @param {Screen} screen @param {Act} act */
export function links(screen, act) {
  if (!screen.links) return nothing;
  return html`<section class="card links" aria-labelledby="links-heading">
    <h2 id="links-heading">${words.links.heading}</h2>
    <p>${words.links.intro}</p>
    ${fields(screen, act)}
  </section>`;
}

/** Both links and the picture, without a heading. @param {Screen} screen @param {Act} act */
export const fields = (screen, act) => html`<div class="link-rows">
  ${field(screen, act, "members")}
  ${screen.qr ? html`<figure class="scan">${picture(screen.qr)}<figcaption>${words.links.scan}</figcaption></figure>` : nothing}
  ${field(screen, act, "facilitators")}
  ${screen.copied === "nothing" ? html`<p class="note" role="status">${words.links.notCopied}</p>` : nothing}
</div>`;

/** A button that copies a link, and says so. @param {Screen} screen @param {Act} act @param {"members" | "facilitators"} which @param {string} kind @param {string} text */
const copyButton = (screen, act, which, kind, text) => html`<button class=${kind} type="button"
  aria-label=${screen.copied === which ? words.links.copied : words.links.copy(LABELS[which])}
  @click=${() => act.copy(which)}>${screen.copied === which ? words.links.copied : text}</button>
  <span class="unseen" role="status">${screen.copied === which ? words.links.copied : nothing}</span>`;

/** For who sits alone. @param {Screen} screen @param {Act} act */
export const invite = (screen, act) =>
  copyButton(screen, act, "members", "main", words.links.copy(words.links.members));

/** @param {Screen} screen @param {Act} act @param {"members" | "facilitators"} which */
export const field = (screen, act, which) => html`<div class="field">
  <label for="link-${which}">${LABELS[which]}</label>
  <div class="with-button">
    <input id="link-${which}" type="text" readonly .value=${screen.links?.[which] ?? ""} aria-describedby="hint-${which}"
      @focus=${(/** @type {{ target: HTMLInputElement }} */ event) => event.target.select()} />
    ${copyButton(screen, act, which, "small", words.links.copyShort)}
  </div>
  <small id="hint-${which}">${HINTS[which]}</small>
</div>`;

/** @param {boolean[][]} rows */
function picture(rows) {
  const dark = rows.flatMap((row, y) => row.map((on, x) => (on ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
  return html`<svg class="qr" role="img" aria-label=${words.links.qr} viewBox="0 0 ${rows.length + 8} ${rows.length + 8}">
    ${svg`<rect width="100%" height="100%" fill="#fff" /><path d=${dark} fill="#1d1713" />`}</svg>`;
}
