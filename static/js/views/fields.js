// Small fields that several parts of the screen have: a choice from a list, and a choice as a row of chips.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html } from "../../vendor/lit-html-3.3.3/lit-html.js";

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
