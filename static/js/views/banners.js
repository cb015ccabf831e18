// What stands above everything for a while: the connection, the sound, the keys, a refusal.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

/** @param {Screen} screen @param {Act} act */
export function banners(screen, act) {
  const seated = screen.at === "circle" || screen.at === "waiting" || screen.at === "doorway";
  return html`<div class="banners">
    ${seated && screen.connection === "lost" && screen.view ? html`<p class="banner" role="status">${screen.at === "circle" ? words.connection.lost : words.connection.lostAtDoor}</p>` : nothing}
    ${
      seated && screen.connection === "gone"
        ? html`<p class="banner" role="status">${words.connection.gone}
          <button class="small" @click=${act.tryAgain}>${words.connection.again}</button></p>`
        : nothing
    }
    ${screen.at === "circle" && screen.hearing === "tap" ? html`<button class="banner loud" @click=${act.tapToHear}>${words.connection.tap}</button>` : nothing}
    ${screen.at === "circle" && screen.hearing === "trouble" ? html`<p class="banner">${words.connection.trouble}</p>` : nothing}
    ${screen.at === "circle" && screen.keys.warning ? html`<p class="banner lasting" role="status">${words.keyed.warnings[screen.keys.warning]}</p>` : nothing}
    ${screen.refused ? html`<p class="banner" role="status">${refusal(screen.refused)}</p>` : nothing}
  </div>`;
}

/** @param {string} code */
const refusal = (code) => words.refusals[/** @type {keyof typeof words.refusals} */ (code)] ?? words.refusals.internal;
