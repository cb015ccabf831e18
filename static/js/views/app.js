// The whole screen, from one value. State to screen, nothing else.
import { html, nothing, render } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";
import { circle } from "./circle.js";
import { doorway, waiting } from "./doorway.js";
import { broken, ended, twice, unsupported } from "./ended.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

/** @type {Record<Screen["at"], (screen: Screen, act: Act) => unknown>} */
const PAGES = { start: () => nothing, doorway, waiting, circle, ended, unsupported, broken, twice };

/** What stands above everything for a while: the connection, the sound, the keys, a refusal. @param {Screen} screen @param {Act} act */
function banners(screen, act) {
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

let helped = /** @type {string | null} */ (null);

/** In the help panel, which the page brought along, the lines that the circle has chosen come first. @param {string | null} region */
function helpFirst(region) {
  if (!region || region === helped) return;
  helped = region;
  const lines = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".help-panel li")]);
  const [first] = lines;
  first?.before(...lines.filter((line) => line !== first && line.dataset.region === region));
}

/** @param {Screen} screen @param {Act} act */
export function draw(screen, act) {
  const root = /** @type {HTMLElement} */ (document.querySelector("#app"));
  const at = document.activeElement;
  const within = root.contains(at);
  const byKeys = at?.matches(":focus-visible") ?? false;
  const held = within ? at?.id : "";
  const seen = within && byKeys && inSight(at);
  const moved = document.documentElement.dataset.at !== screen.at;
  document.title = words.titles[screen.at];
  document.documentElement.dataset.at = screen.at;
  helpFirst(screen.view?.terms.help ?? null);
  render(html`${banners(screen, act)}${PAGES[screen.at](screen, act)}`, root);
  // A button that has gone to another row keeps the focus.
  if (held && document.activeElement?.id !== held) document.getElementById(held)?.focus();
  if (within && lost(document.activeElement)) keepPlace(root, moved || byKeys);
  // What has come above it has not pushed what has the focus out of sight.
  else if (seen && at === document.activeElement && !inSight(at)) at?.scrollIntoView({ block: "nearest" });
}

/** @param {Element | null} at */
function inSight(at) {
  const { top, bottom } = /** @type {Element} */ (at).getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Gone, or out of use. @param {Element | null} at */
const lost = (at) => at === document.body || Boolean(at?.matches(":disabled, [inert] *"));

/** What was pressed is gone: whoever goes by keyboard or by ear goes on where it now says what there is. @param {HTMLElement} root @param {boolean} shown whether it has to be in sight */
function keepPlace(root, shown) {
  const heading = /** @type {HTMLElement | null} */ (root.querySelector(".action h2") ?? root.querySelector("h1"));
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: !shown });
}
