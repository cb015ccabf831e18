// What is protected, in plain words; the five words that are the same for all; who came and went. Fetched in the circle.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { stepNow } from "../agenda.js";
import { protection as say } from "../words/protection.js";
import { words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

const OPENING = new Set(["doors", "welcome", "agreements"]);
const NEWS_SHOWN = 60;
const AT_ONCE = 3;

const TOLD = { came: say.came, went: say.went, back: words.keyed.back };

/** @param {import("../keys/types.js").Passage} one */
const told = ({ what, name }) => TOLD[what](name ?? words.someone);

/** @param {Screen} screen */
const five = ({ safety }) =>
  safety
    ? html`<p><b>${say.five}</b></p><p class="five" dir="auto">${safety.join(" ")}</p><p><small>${say.fiveHint}</small></p>`
    : nothing;

/** Whether it is the time at which the words are read aloud. @param {CircleView} view */
const opening = (view) => (view.agenda.length ? OPENING.has(stepNow(view)?.part ?? "") : view.phase === "lobby");

/** In the opening, on every screen. @type {Part} */
export const safety = (screen, view, _act) =>
  opening(view) && screen.safety ? html`<section class="card tight stack">${five(screen)}</section>` : nothing;

/** Quietly, for a minute: who came in, went out or came back. @type {Part} */
export const passages = (screen, _view, _act) => {
  const news = screen.keys.passages
    .filter((one) => (performance.timeOrigin + performance.now()) / 1000 - one.at < NEWS_SHOWN)
    .slice(-AT_ONCE);
  return news.length ? html`<div>${news.map((one) => html`<p class="floor passage">${told(one)}</p>`)}</div>` : nothing;
};

/** @param {readonly string[]} lines */
const list = (lines) => html`<ul>${lines.map((one) => html`<li>${one}</li>`)}</ul>`;

/** @type {Part} */
export const protection = (
  screen,
  _view,
  _act,
) => html`<details class="card tight protected"><summary>${say.heading}</summary>
  <div class="stack">${list(say.yes)}<h3>${say.noHeading}</h3>${list(say.no)}${five(screen)}
  <h3>${say.passages}</h3>
  ${screen.keys.passages.length ? list(screen.keys.passages.map(told)) : html`<p>${say.none}</p>`}</div></details>`;
