// The doorway: a name, a look at oneself, the agreements, the knock; and the wait behind it.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { nowOf } from "../agenda.js";
import { words } from "../words.js";
import { choices, switches, trouble, video } from "./devices.js";
import { checkIn, lazily } from "./lazily.js";
import { terms } from "./terms.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {{ target: HTMLInputElement, preventDefault(): void }} InputEventOf */

const kinds = lazily("kinds");
const links = lazily("links");
const settling = lazily("settling");

/** @param {Screen} screen @param {Act} act */
export const doorway = (screen, act) => html`<div class="page ${screen.links ? "two" : ""}">
  ${screen.links ? links(screen, act) : nothing}
  <form class="card door" @submit=${(/** @type {InputEventOf} */ event) => submit(event, screen, act)}>
    <h1>${screen.facilitates ? words.doorway.facilitatorHeading : words.doorway.heading}</h1>
    <p class="lead">${words.doorway.intro}</p>
    ${name(screen, act)}
    ${screen.fresh ? html`${kinds(screen, act)}${settling(screen, act)}` : nothing}
    ${screen.facilitates ? nothing : html`${firstTime(screen, act)}${listenOnly(screen, act)}`}
    ${screen.listenOnly ? nothing : ownDevices(screen, act)}
    ${terms(screen)}
    ${screen.listenOnly ? nothing : checkIn(screen, act, "door", "", words.card.heading)}
    ${screen.facilitates ? nothing : note(screen, act)}
    ${obstacle(screen)}
    <button class=${screen.awaits ? "plain" : "main"} type="submit" aria-disabled=${ready(screen) ? nothing : "true"}>
      ${screen.facilitates ? words.doorway.enter : screen.awaits ? words.doorway.rather : words.doorway.knock}</button>
    <small class="after">${screen.connection === "connected" ? (screen.facilitates ? "" : words.doorway.knockHint) : words.doorway.connecting}</small>
  </form>
</div>`;

/** Whether a press would do anything. @param {Screen} screen */
const ready = ({ busy, name, connection }) => !busy && Boolean(name.trim()) && connection === "connected";

/** @param {InputEventOf} event @param {Screen} screen @param {Act} act */
function submit(event, screen, act) {
  event.preventDefault();
  if (!ready(screen)) return;
  if (screen.facilitates) act.enter();
  else if (screen.awaits) act.set({ awaits: false });
  else act.knock();
}

/** @param {Screen} screen @param {Act} act */
const name = (screen, act) => html`<div class="field">
  <label for="name">${words.doorway.name}</label>
  <input id="name" type="text" autocomplete="off" maxlength="40" .value=${live(screen.name)} aria-describedby="name-hint"
    @focus=${(/** @type {{ target: HTMLInputElement }} */ event) => event.target.select()}
    @input=${(/** @type {InputEventOf} */ event) => act.set({ name: event.target.value })} />
  <small id="name-hint">${words.doorway.nameHint}</small>
</div>`;

/** @param {Screen} screen @param {Act} act */
const firstTime = (screen, act) => html`<label class="check">
  <input type="checkbox" .checked=${live(screen.firstTime)} aria-describedby="first-hint"
    @change=${(/** @type {InputEventOf} */ event) => act.set({ firstTime: event.target.checked })} />
  <span>${words.asking.first}<small id="first-hint">${words.asking.firstHint}</small></span>
</label>`;

/** Whether one may only listen here. @param {Screen} screen */
const mayListen = ({ view, firstTime, listenOnly }) =>
  listenOnly || view?.terms.observers === "newcomers" ? listenOnly || firstTime : view?.terms.observers !== "none";

/** @param {Screen} screen @param {Act} act */
const listenOnly = (screen, act) =>
  !mayListen(screen)
    ? nothing
    : html`<label class="check">
  <input type="checkbox" .checked=${live(screen.listenOnly)} aria-describedby="listen-hint"
    @change=${(/** @type {InputEventOf} */ event) => act.set({ listenOnly: event.target.checked })} />
  <span>${words.doorway.listenOnly}<small id="listen-hint">${words.doorway.listenHint}</small></span>
</label>`;

/** @param {Screen} screen @param {Act} act */
const ownDevices = (screen, act) => html`<fieldset class="devices">
  <legend>${words.doorway.devices}</legend>
  <small>${words.doorway.devicesHint}</small>
  ${
    screen.devices.preview
      ? html`<figure>${video(screen.devices.preview, "preview")}<figcaption>${words.doorway.preview}</figcaption></figure>`
      : nothing
  }
  ${switches(screen, act)}${trouble(screen)}
  ${screen.devices.microphoneOn ? html`<div class="level" data-level-for="self" role="img" aria-label=${words.doorway.level}></div>` : nothing}
  ${choices(screen, act)}
</fieldset>`;

/** @param {Screen} screen @param {Act} act */
const note = (screen, act) => html`<div class="field">
  <label for="note">${words.doorway.note}</label>
  <textarea id="note" rows="2" maxlength="500" .value=${live(screen.note)}
    @input=${(/** @type {InputEventOf} */ event) => act.set({ note: event.target.value })}></textarea>
</div>`;

/** Whether nobody is there who could read a knock. @param {Screen} screen */
const unattended = ({ view }) => view?.at === "door" && !view.keepers.length;

/** What stands against a knock, or that one was in, or that nobody is there to hear it. @param {Screen} screen */
function obstacle(screen) {
  const { view, facilitates, returning } = screen;
  if (facilitates || view?.at !== "door") return nothing;
  const late = view.closes !== null && nowOf(screen) >= view.closes;
  const code = view.locked ? "locked" : view.full ? "full" : returning ? "returning" : late ? "late" : null;
  const alone = screen.awaits ? words.doorway.awaits : unattended(screen) ? words.doorway.alone : null;
  return html`${code ? html`<p class="note" role="status">${words.doorway.obstacles[code]}</p>` : nothing}
    ${alone ? html`<p class="note" role="status">${alone}</p>` : nothing}`;
}

/** Let in, or the circle is being asked. @param {Screen} screen */
const answer = ({ view }) => (view?.at === "waiting" && view.state !== "waiting" ? view.state : null);

/** What the facilitators ask meanwhile, and the answer. @param {Screen} screen @param {Act} act */
function asked(screen, act) {
  const me = screen.me ?? "";
  if (!screen.questions[me]) return nothing;
  return html`<form class="field asked" @submit=${(/** @type {InputEventOf} */ event) => {
    event.preventDefault();
    act.answerKnock();
  }}>
    <p class="note" role="status">${screen.note.trim() ? words.asking.replies(screen.questions[me]) : words.asking.asks(screen.questions[me])}</p>
    ${
      screen.answers[me]
        ? html`<p>${words.asking.answered(screen.answers[me])}</p>`
        : html`<label for="answer">${words.asking.yours}</label>
          <textarea id="answer" rows="2" maxlength="500" .value=${live(screen.answer)}
            @input=${(/** @type {InputEventOf} */ event) => act.set({ answer: event.target.value })}></textarea>
          <button class="small strong" type="submit">${words.asking.answer}</button>`
    }
  </form>`;
}

/** @param {Screen} screen @param {Act} act */
export function waiting(screen, act) {
  const state = answer(screen);
  return html`<div class="page">
  <section class="card quiet">
    <div class="glow" aria-hidden="true"></div>
    <h1>${state ? words.asking.headings[state] : words.waiting.heading}</h1>
    <p class="lead" role="status">${state ? words.asking.texts[state] : words.waiting.text}</p>
    ${asked(screen, act)}
    ${screen.listenOnly ? nothing : html`${switches(screen, act)}${trouble(screen)}`}
    <button class="plain" type="button" @click=${act.withdraw}>${words.waiting.withdraw}</button>
    ${terms(screen)}
  </section>
</div>`;
}
