// The one thing to do now, big, always at the same place; what else is possible stands smaller below.
import { repeat } from "../../vendor/lit-html-3.3.3/directives/repeat.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { keeps, nowOf, readyToGoOn } from "../agenda.js";
import { canOffer, canRecall, holder, leads, mainAction, mayReturn, offeredTo, seatOf } from "../circle.js";
import { nameOf, words } from "../words.js";
import { answer, warning } from "./care.js";
import { lazily, quietly } from "./lazily.js";
import { matter } from "./matter.js";
import { state } from "./ring.js";
import { ownTime } from "./time.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** @type {Part} */
const request = lazily("request");
const invite = lazily("invite");
const onward = lazily("onward");
const [instead, signs] = [quietly("instead"), quietly("signs")];

/** @type {Part} */
export function action(screen, view, act) {
  const own = matter(screen, view);
  const apart = own !== null && !view.pause;
  return html`<section class="action ${own !== null || offeredTo(view) === screen.me ? "near" : ""}" aria-label=${own ?? state(screen, view)}>
  <h2>${own ?? state(screen, view)}</h2>
  <div class="doing" ?inert=${screen.connection !== "connected"}>
  ${own === null ? MAIN[mainAction(view, screen.me)](screen, view, act) : answer(screen, view, act)}
  ${apart ? nothing : ofTheStick(screen, view, act, own === null)}</div>
</section>`;
}

/** What those who lead do about the stick and the agenda; in a quiet, only taking it back. @param {Screen} screen @param {CircleView} view @param {Act} act @param {boolean} loud */
const ofTheStick = (screen, view, act, loud) => html`
  ${view.stick.asks && keeps(view, screen.me, "time") ? request(screen, view, act) : nothing}
  ${loud ? goesOn(screen, view, act, true) : nothing}
  ${view.adrift && view.stick.state !== "held" && !leads(view, screen.me) ? html`<p class="note">${words.stick.adrift}</p>` : nothing}
  ${loud && mayReturn(view, screen.me) ? html`<div class="more">${plain(words.stick.toRound, () => act.command({ type: "set_floor", floor: "round" }))}</div>` : nothing}
  ${loud ? offers(screen, view, act) : nothing}
  ${
    canRecall(view, screen.me) && view.stick.seat !== screen.me
      ? html`<div class="more">${plain(words.stick.recall, () => act.command({ type: "recall", turn: view.turn }))}
        ${leads(view, screen.me) ? plain(words.stick.skip, () => act.command({ type: "skip", turn: view.turn })) : nothing}</div>`
      : nothing
  }
  ${loud ? goesOn(screen, view, act, false) : nothing}
  ${signs(screen, view, act)}`;

/** @param {string} text @param {() => void} press */
const main = (text, press) => html`<button class="main" @click=${press}>${text}</button>`;

/** @param {string} text @param {() => void} press */
const plain = (text, press) => html`<button class="plain" @click=${press}>${text}</button>`;

/** @type {Record<ReturnType<typeof mainAction>, Part>} */
const MAIN = {
  accept: (screen, view, act) => html`
    ${accept(view, act, (view.stick.not_before ?? 0) > nowOf(screen))}
    <div class="more">
      ${plain(words.stick.decline, () => act.command({ type: "decline", turn: view.turn }))}
      ${plain(words.stick.later, () => act.command({ type: "later", turn: view.turn }))}
    </div>
    <small>${words.stick.acceptHint}</small>`,
  pass: (screen, view, act) => html`
    ${heard(screen)}
    ${main(words.stick.pass, () => act.command({ type: "pass", turn: view.turn, to: null }))}
    <small>${view.next ? words.stick.passTo(nameOf(screen, view.next)) : words.stick.passToNobody}${since(screen, view)}</small>
    ${ownTime(screen, view, act)}
    <div class="more">${plain(words.stick.layDown, () => act.command({ type: "lay_down", turn: view.turn }))}</div>
    ${instead(screen, view, act)}
    ${warning(screen, view, act)}`,
  ask: (_screen, view, act) =>
    view.floor === "hands"
      ? main(words.stick.ask, () => act.command({ type: "raise_hand", up: true }))
      : html`<p>${words.stick.comes}</p>
          <div class="more">${plain(words.stick.ask, () => act.command({ type: "raise_hand", up: true }))}</div>`,
  asked: (_screen, _view, act) => html`<p>${words.stick.asked}</p>
    ${plain(words.stick.unask, () => act.command({ type: "raise_hand", up: false }))}`,
  offer: () => nothing,
  speak: (screen, view) => html`<p>${view.floor === "open" ? words.stick.speak : words.stick.lead}</p>${heard(screen)}`,
  listen: () => html`<p>${words.stick.listen}</p>`,
};

/** Whether one is heard now, in words. @param {Screen} screen */
const heard = ({ devices, connection }) =>
  connection === "connected"
    ? html`<p class=${devices.microphoneOn ? "heard" : "note"}>${devices.microphoneOn ? words.stick.heard : words.stick.micOff}</p>`
    : nothing;

/** What comes next: the one thing to do when all is ready for it, otherwise small below. @param {Screen} screen @param {CircleView} view @param {Act} act @param {boolean} ready */
const goesOn = (screen, view, act, ready) =>
  keeps(view, screen.me, "script") && readyToGoOn(view) === ready
    ? onward(screen, view, ready ? "main" : "plain", act)
    : nothing;

/** Between two turns there may be a breath of quiet. @param {CircleView} view @param {Act} act @param {boolean} quiet */
const accept = (view, act, quiet) => html`
  <button class="main" aria-disabled=${quiet ? "true" : nothing} aria-describedby=${quiet ? "breath" : nothing}
    @click=${() => quiet || act.command({ type: "accept", turn: view.turn })}>${words.stick.accept}</button>
  ${quiet ? html`<p class="note" id="breath">${words.stick.breath}</p>` : nothing}`;

/** How long one has held the stick: quiet, in minutes, to oneself alone. @param {Screen} screen @param {CircleView} view */
function since(screen, view) {
  const minutes = Math.floor((Date.now() + screen.clock) / 60_000 - view.stick.since / 60);
  return minutes > 0 && holder(view) === screen.me && view.stick.allotted === null
    ? html` · ${words.circle.since(minutes)}`
    : nothing;
}

/** Those to whom the resting stick may be offered; who is next in order comes first. @type {Part} */
function offers(screen, view, act) {
  const able = view.seats.filter((seat) => canOffer(view, screen.me, seat));
  if (view.seats.length === 1) {
    return html`<p>${words.circle.aloneHint}</p>
      ${screen.links ? invite(screen, act) : nothing}`;
  }
  if (!able.length) return nothing;
  const next = seatOf(view, view.next);
  // Whoever is next comes first, and oneself comes last.
  const rank = (/** @type {{ id: string }} */ seat) => (seat.id === screen.me ? 2 : seat.id === next?.id ? 0 : 1);
  const ordered = [...able].sort((one, other) => rank(one) - rank(other));
  return html`<p>${words.stick.offerHeading}</p>
    <div class="offers">${repeat(
      ordered,
      (seat) => seat.id,
      (
        seat,
        index,
      ) => html`<button class=${index === 0 && !readyToGoOn(view) ? "main" : "plain"} aria-label=${words.stick.offer(nameOf(screen, seat.id))}
        @click=${() => act.command({ type: "offer", to: seat.id, turn: view.turn })}>
        ${index === 0 ? words.stick.offer(nameOf(screen, seat.id)) : nameOf(screen, seat.id)}</button>${seat.hand ? html`<small>${words.stick.asks}</small>` : nothing}`,
    )}</div>`;
}
