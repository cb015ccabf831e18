// Where one says something without a voice. Sent by a press, never while one is still writing.
import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { mayHold, seatOf, written } from "../circle.js";
import { fits, ways } from "../voices.js";
import { nameOf, words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {import("../voices.js").Kind} Kind */

/** For the holder: in place of the voice, or beside it. @param {Screen} screen @param {CircleView} view @param {Act} act */
export function instead(screen, view, act) {
  if (!ways(view, screen.me, screen.whispered).share) return nothing;
  const away = html`<button class="small" type="button" @click=${() => act.share("")}>${words.voices.away}</button>`;
  return html`<details class="instead">
    <summary>${words.voices.instead}</summary>
    ${form(screen, act, "share", written(view, screen.whispered) ? away : nothing)}
  </details>`;
}

/** @param {Screen} screen @param {CircleView} view @param {Act} act */
export const writing = (screen, view, act) => html`<details class="card tight quietly">
  <summary>${words.voices.writing}</summary>
  ${said(screen, screen.whispered.writings)}
  ${mayHold(seatOf(view, screen.me)) ? form(screen, act, "writing") : nothing}
</details>`;

/** @param {Screen} screen @param {Act} act */
export const line = (screen, act) => html`<details class="card tight quietly">
  <summary>${words.voices.line}</summary>
  ${said(screen, screen.whispered.lines)}
  ${form(screen, act, "line")}
</details>`;

/** @param {Screen} screen @param {Act} act */
export const note = (screen, act) => html`<details class="card tight quietly">
  <summary>${words.voices.note}</summary>
  ${form(screen, act, "note")}
  <p role="status">${screen.told ? words.voices.told : nothing}</p>
</details>`;

/** The latest lines, with the last one in sight. @param {Screen} screen @param {readonly { by: string, text: string }[]} lines */
const said = (screen, lines) =>
  lines.length
    ? html`<div class="said" tabindex="0"><ol>${lines.map((one) => html`<li><b>${nameOf(screen, one.by)}</b> <span dir="auto">${one.text}</span></li>`)}</ol></div>`
    : nothing;

/** A field for what is not sent yet, and the button that sends it. @param {Screen} screen @param {Act} act @param {Kind} kind @param {unknown} [more] */
function form(screen, act, kind, more = nothing) {
  const text = screen.saying[kind];
  const all = fits(kind, text);
  const write = (/** @type {{ target: HTMLInputElement }} */ event) =>
    act.set(({ saying }) => ({ saying: { ...saying, [kind]: event.target.value }, told: false }));
  return html`<form class="field" @submit=${(/** @type {Event} */ event) => {
    event.preventDefault();
    if (all) send(act, kind);
  }}>
    <label for="say-${kind}">${words.voices.labels[kind]}</label>
    ${
      kind === "share" || kind === "note"
        ? html`<textarea id="say-${kind}" dir="auto" rows="3" maxlength=${kind === "share" ? 3000 : 500} aria-describedby="hint-${kind}"
            .value=${live(text)} @input=${write}></textarea>`
        : html`<input id="say-${kind}" dir="auto" type="text" autocomplete="off" maxlength="500" aria-describedby="hint-${kind}"
            .value=${live(text)} @input=${write} />`
    }
    <small id="hint-${kind}" class=${all ? "" : "note"}>${all ? words.voices.hints[kind] : words.voices.long}</small>
    <div class="more"><button class="small strong" type="submit" aria-disabled=${all ? nothing : "true"}>${words.voices.buttons[kind]}</button>${more}</div>
  </form>`;
}

/** @param {Act} act @param {Kind} kind */
const send = (act, kind) => (kind === "share" ? act.share() : act.say(kind));
