// The pages behind the circle: goodbye, no circle here, another browser.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";
import { closing } from "./lazily.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

/** @param {string} heading @param {string} text @param {unknown} [more] */
const page = (heading, text, more = nothing) => html`<div class="page">
  <section class="card quiet">
    <div class="glow" aria-hidden="true"></div>
    <h1>${heading}</h1>
    <p class="lead">${text}</p>
    ${more}
    <a class="button plain" href="/">${words.ended.back}</a>
  </section>
</div>`;

const WITH_A_WAY_BACK = new Set(["left", "expired"]);

/** @param {Screen} screen @param {Act} act */
export function ended(screen, act) {
  const reason = /** @type {keyof typeof words.ended.texts} */ (screen.ended ?? "closed");
  const back = WITH_A_WAY_BACK.has(reason)
    ? html`<button class="plain" @click=${act.comeBack}>${words.ended.door}</button>`
    : nothing;
  return page(words.ended.headings[reason], words.ended.texts[reason], html`${closing(screen, act)}${back}`);
}

/** @param {Screen} screen @param {Act} act */
export function broken(screen, act) {
  const code = /** @type {"unknown" | "malformed" | "version"} */ (screen.ended ?? "unknown");
  const again = html`<p>${words.broken.holds}</p><button class="main" @click=${act.openAgain}>${words.broken.again}</button>`;
  return page(words.broken.heading, words.broken[code], screen.facilitates && code === "unknown" ? again : nothing);
}

export const unsupported = () => page(words.unsupported.heading, words.unsupported.text);

/** @param {Screen} _screen @param {Act} act */
export const twice = (_screen, act) =>
  page(
    words.twice.heading,
    words.twice.text,
    html`<button class="main" @click=${act.moveHere}>${words.twice.move}</button>`,
  );
