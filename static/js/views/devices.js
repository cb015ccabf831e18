// Camera and microphone: the two switches, which ones to take, and what went wrong, in words.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";
import { icon } from "./icons.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

/** @param {Screen} screen @param {Act} act */
export const switches = (screen, act) => html`<div class="switches">
  ${toggle(act, "microphone", screen.devices.microphoneOn)}${toggle(act, "camera", screen.devices.cameraOn)}
</div>`;

/** @param {Act} act @param {"microphone" | "camera"} kind @param {boolean} on */
const toggle = (
  act,
  kind,
  on,
) => html`<button class="switch" type="button" aria-pressed=${on} @click=${() => act.switchDevice(kind, !on)}>
  ${icon(on ? kind : `${kind}-off`)}<span>${words.devices[kind]}</span></button>`;

/** @param {Screen} screen */
export const trouble = (screen) =>
  screen.devices.trouble
    ? html`<p class="note" role="status">${words.devices.troubles[screen.devices.trouble]}</p>`
    : nothing;

/** @param {Screen} screen @param {Act} act */
export const choices = (screen, act) => html`
  ${choice(act, "microphone", words.doorway.chooseMicrophone, screen.devices.microphones, screen.devices.microphone)}
  ${choice(act, "camera", words.doorway.chooseCamera, screen.devices.cameras, screen.devices.camera)}`;

/** @param {Act} act @param {"microphone" | "camera"} kind @param {string} label @param {{ id: string, label: string }[]} all @param {string | null} chosen */
const choice = (act, kind, label, all, chosen) =>
  all.length < 2
    ? nothing
    : html`<div class="field">
        <label for="choose-${kind}">${label}</label>
        <select id="choose-${kind}" .value=${live(chosen ?? "")}
          @change=${(/** @type {{ target: HTMLSelectElement }} */ event) => act.choose(kind, event.target.value)}>
          ${all.map((one) => html`<option value=${one.id} ?selected=${one.id === chosen}>${one.label}</option>`)}
        </select>
      </div>`;

/** @param {MediaStream | null} stream @param {string} kind */
export const video = (stream, kind) =>
  html`<video class=${kind} autoplay playsinline muted .muted=${true} .srcObject=${live(stream)} aria-hidden="true"></video>`;

/** How loud somebody is, on their picture or at the door. Many times a second, so past the store, straight to the bars. @param {string} whose a seat, or "self" @param {number} level 0 to 1 */
export function showLevel(whose, level) {
  for (const bar of document.querySelectorAll(`[data-level-for="${whose}"]`)) {
    /** @type {HTMLElement} */ (bar).style.setProperty("--level", level.toFixed(2));
  }
}
