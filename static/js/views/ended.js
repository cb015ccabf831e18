// The pages behind the circle: goodbye, no circle here, another browser.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */

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

/** @param {Screen} screen @param {import("../screen.js").Act} act */
export function ended(screen, act) {
  const reason = /** @type {keyof typeof words.ended.texts} */ (screen.ended ?? "closed");
  const back = WITH_A_WAY_BACK.has(reason)
    ? html`<button class="plain" @click=${act.comeBack}>${words.ended.door}</button>`
    : nothing;
  const intention = screen.intention.trim();
  const own = intention ? html`<p>${words.card.yours(intention)}</p>` : nothing;
  return page(words.ended.headings[reason], words.ended.texts[reason], html`${own}${back}`);
}

/** @param {Screen} screen */
export const broken = (screen) =>
  page(
    words.broken.heading,
    words.broken[/** @type {"unknown" | "malformed" | "version"} */ (screen.ended ?? "unknown")],
  );

export const unsupported = () => page(words.unsupported.heading, words.unsupported.text);
