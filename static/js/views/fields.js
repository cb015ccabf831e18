// Small fields that several parts of the screen have: a choice from a list, a choice as a row of chips, a tick, words of one's own, a small round button.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";

/** @typedef {{ target: { value: string } }} Chosen */

/** @param {string} id @param {string} label @param {Record<string, string> | [string, string][]} options a record, or pairs in their order @param {string} value @param {(value: string) => void} set */
export const select = (id, label, options, value, set) => html`<div class="field">
  <label for=${id}>${label}</label>
  <select id=${id} .value=${live(value)} @change=${(/** @type {Chosen} */ event) => set(event.target.value)}>
    ${(Array.isArray(options) ? options : Object.entries(options)).map(([one, text]) => html`<option value=${one} ?selected=${one === value}>${text}</option>`)}
  </select>
</div>`;

/** @param {string} name @param {string} legend @param {Record<string, string>} options @param {string} value @param {(value: string) => void} set */
export const chips = (name, legend, options, value, set) => html`<fieldset class="chips">
  <legend>${legend}</legend>
  ${Object.entries(options).map(
    ([
      one,
      text,
    ]) => html`<label class="chip"><input type="radio" name=${name} value=${one} .checked=${live(one === value)}
      @change=${() => set(one)} /><span>${text}</span></label>`,
  )}
</fieldset>`;

/** @param {string} text @param {boolean} on @param {(on: boolean) => void} set */
export const tick = (text, on, set) => html`<label class="check"><input type="checkbox" .checked=${live(on)}
  @change=${(/** @type {{ target: HTMLInputElement }} */ event) => set(event.target.checked)} /><span>${text}</span></label>`;

/**
 * Words of one's own: a line, or so many rows.
 * @param {string} id @param {string} label @param {string} value @param {number} most letters @param {(value: string) => void} set
 * @param {{ rows?: number, hint?: string, unseen?: boolean }} [how] `unseen`: what stands around it shows the label already
 */
export function text(id, label, value, most, set, { rows, hint, unseen = false } = {}) {
  const [typed, told] = [(/** @type {Chosen} */ event) => set(event.target.value), hint ? `${id}-hint` : nothing];
  return html`<div class="field">
    <label for=${id} class=${unseen ? "unseen" : nothing}>${label}</label>
    ${
      rows
        ? html`<textarea id=${id} dir="auto" rows=${rows} maxlength=${most} aria-describedby=${told} .value=${live(value)} @input=${typed}></textarea>`
        : html`<input id=${id} dir="auto" type="text" autocomplete="off" maxlength=${most} aria-describedby=${told} .value=${live(value)} @input=${typed} />`
    }
    ${hint ? html`<small id=${told}>${hint}</small>` : nothing}
  </div>`;
}

/** @param {string} label @param {string} sign @param {() => void} press @param {string} [id] so that it keeps the focus when its row moves */
export const round = (label, sign, press, id) =>
  html`<button type="button" class="round" id=${id ?? nothing} aria-label=${label} @click=${press}>${sign}</button>`;
