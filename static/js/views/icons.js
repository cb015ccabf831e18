// A few drawn signs. Always beside words; hidden from screen readers.
import { html, svg } from "../../vendor/lit-html-3.3.3/lit-html.js";

const LINES = {
  microphone: svg`<path d="M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5 11a7 7 0 0 0 14 0M12 18v3" />`,
  "microphone-off": svg`<path d="M9 9v3a3 3 0 0 0 5 2.2M15 10V6a3 3 0 0 0-5.7-1.3M5 11a7 7 0 0 0 11.5 5.4M19 11a7 7 0 0 1-.6 2.8M12 18v3M3 3l18 18" />`,
  camera: svg`<path d="M3 7.5A1.5 1.5 0 0 1 4.500 6h9A1.500 1.500 0 0 1 15 7.500v9a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 3 16.500ZM15 10.500l6-3.500v10l-6-3.500" />`,
  "camera-off": svg`<path d="M9 6h4.500A1.500 1.500 0 0 1 15 7.500V12M15 15v1.500a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 3 16.500v-9M15 10.500l6-3.500v10l-3-1.700M3 3l18 18" />`,
  hand: svg`<path d="M7 12V6.500a1.500 1.500 0 0 1 3 0V11V4.500a1.500 1.500 0 0 1 3 0V11V6a1.500 1.500 0 0 1 3 0v6V9a1.500 1.500 0 0 1 3 0v5a7 7 0 0 1-7 7h-.500a7 7 0 0 1-5.600-2.800L3.500 14.500a1.500 1.500 0 0 1 2.300-1.900L7 14Z" />`,
  ear: svg`<path d="M7 9a5 5 0 0 1 10 0c0 4-4 4.500-4 8a3 3 0 0 1-5.500 1.700M10 9.500a2.500 2.500 0 0 1 4.500-1" />`,
  leave: svg`<path d="M14 4h4.500A1.500 1.500 0 0 1 20 5.500v13a1.500 1.500 0 0 1-1.500 1.500H14M10 8l-4 4 4 4M6 12h9" />`,
};

/** @param {unknown} lines */
export const drawn = (lines) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${lines}</svg>`;

/** @param {string} name */
export const icon = (name) => drawn(LINES[/** @type {keyof typeof LINES} */ (name)]);

/** The talking stick: a branch with a wrapped grip, two beads and a feather. */
export const stick = html`<svg class="stick" viewBox="0 0 120 32" aria-hidden="true">
  <path class="wood" d="M6 20C24 14 44 18 62 15s36-6 50-5c3 .3 3 5 0 5.500-16 2.500-32 3-48 5.500S24 26 9 26c-4.500 0-6-5-3-6Z" />
  <path class="grain" d="M14 21.500c16-3 30-1.500 46-4M70 16c12-1.800 24-3 36-3" />
  <path class="wrap" d="M40 16.600l3 8M45 16.400l3 7.800M50 16l3 7.600M55 15.600l3 7.400" />
  <circle class="bead" cx="66" cy="22" r="2.600" /><circle class="bead two" cx="71" cy="25.500" r="2.200" />
  <path class="feather" d="M73 26c8-1 15 1 20 5-8 1-15 0-20-5Z" />
</svg>`;
