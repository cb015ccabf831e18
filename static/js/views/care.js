// Looking after one another: the quiet, a moment outside, a word apart. What is one's own state stands in the action panel.
import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { minutesOf, nowOf } from "../agenda.js";
import { askable, companions, invited, isOut, mayGoOn, mayHush, mayWarn } from "../care.js";
import { asideOf } from "../circle.js";
import { nameOf, words } from "../words.js";
import { names } from "./matter.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** @param {string} kind @param {string} text @param {() => void} press */
const button = (kind, text, press) => html`<button class=${kind} @click=${press}>${text}</button>`;

/** What there is to do about it. @type {Part} */
export function answer(screen, view, act) {
  if (companions(view, screen.me).length) return together(screen, view, act);
  if (invited(view, screen.me) === "asked") {
    return html`<p>${words.apart.askHint}</p>${button("main", words.apart.accept, () => act.command({ type: "accept_aside" }))}
      <div class="more">${button("plain", words.apart.decline, () => act.command({ type: "decline_aside" }))}</div>`;
  }
  if (isOut(view, screen.me)) return outside(screen, view, act);
  if (!view.pause) return nothing;
  const silence = view.pause.kind === "silence" && mayHush(view, screen.me);
  const ends = silence || mayGoOn(view, screen.me);
  return html`<p>${words.quiet.hints[view.pause.kind]}</p>
    ${ends ? button("main", words.quiet.goOn, () => act.command(silence ? { type: "silence", seconds: null } : { type: "pause", on: false })) : nothing}`;
}

/** @type {Part} */
const outside = (screen, view, act) => html`<p>${words.out.stateHint}</p>
  ${view.seats.some((seat) => seat.id === screen.me && seat.wish === "someone") ? html`<p>${words.out.someoneKnows}</p>` : nothing}
  ${button("main", words.out.back, () => act.command({ type: "step_in" }))}`;

/** @type {Part} */
function together(screen, view, act) {
  const until = asideOf(view, screen.me)?.until ?? null;
  return html`<p>${words.apart.stateHint}</p>
    ${until === null ? nothing : html`<p>${words.apart.until(minutesOf(Math.max(0, until - nowOf(screen))))}</p>`}
    <p class=${screen.devices.microphoneOn ? "heard" : "note"}>${screen.devices.microphoneOn ? words.stick.heard : words.stick.micOff}</p>
    ${button("main", words.apart.leave, () => act.command({ type: "leave_aside" }))}`;
}

/** A word of warning by the holder, before something hard. @type {Part} */
export const warning = (screen, view, act) =>
  mayWarn(view, screen.me)
    ? html`<details class="fold"><summary>${words.quiet.headsUp}</summary><p>${words.quiet.headsUpHint}</p>
        ${button("plain", words.quiet.headsUp, () => act.command({ type: "heads_up", turn: view.turn }))}</details>`
    : nothing;

/** For everybody, always at the same place: stepping out, and a word apart. @type {Part} */
export function moment(screen, view, act) {
  if (isOut(view, screen.me)) return nothing;
  return html`<details class="card tight"><summary>${words.out.heading}</summary>
    <div class="stack">
      <p>${words.out.hint}</p>
      <div class="more">
        ${button("plain", words.out.fine, () => act.command({ type: "step_out", wish: "fine" }))}
        ${button("plain", words.out.someone, () => act.command({ type: "step_out", wish: "someone" }))}
      </div>
      ${apart(screen, view, act)}
      <label class="check"><input type="checkbox" .checked=${screen.bells}
        @change=${(/** @type {{ target: HTMLInputElement }} */ event) => act.set({ bells: event.target.checked })} />
        <span>${words.quiet.bells}</span></label>
    </div></details>`;
}

/** @type {Part} */
function apart(screen, view, act) {
  if (invited(view, screen.me) === "asking") {
    return html`<p>${words.apart.asked(names(screen, view.invitation?.asked ?? []))}</p>
      <div class="more">${button("plain", words.apart.takeBack, () => act.command({ type: "leave_aside" }))}</div>`;
  }
  const others = askable(view, screen.me);
  if (!others.length) return nothing;
  const also = others.find((seat) => seat.id === screen.also)?.id;
  const together = (/** @type {string} */ id) => (also ? [id, also] : [id]);
  return html`<p class="label">${words.apart.heading}</p><p>${also ? words.apart.askHintThree : words.apart.askHint}</p>
    ${others.length > 1 ? third(screen, others, act) : nothing}
    <div class="more">${others.filter((seat) => seat.id !== also).map(({ id }) => ask(screen, together(id), act))}</div>`;
}

/** @param {Screen} screen @param {string[]} seats @param {Act} act */
const ask = (screen, seats, act) =>
  button("small", words.apart.ask(names(screen, seats)), () => act.command({ type: "invite_aside", seats }));

/** Two may be asked at once. @param {Screen} screen @param {import("../protocol.js").SeatView[]} others @param {Act} act */
const third = (screen, others, act) => html`<div class="field"><label for="also">${words.apart.also}</label>
  <select id="also" .value=${live(screen.also ?? "")}
    @change=${(/** @type {{ target: HTMLSelectElement }} */ event) => act.set({ also: event.target.value || null })}>
    <option value="">${words.apart.alone}</option>
    ${others.map((seat) => html`<option value=${seat.id} ?selected=${seat.id === screen.also}>${nameOf(screen, seat.id)}</option>`)}
  </select></div>`;

/** Who has stepped out and would like someone: for those who look after the circle. @type {Part} */
export const wishes = (screen, view, act) =>
  view.seats
    .filter((seat) => seat.wish === "someone" && seat.id !== screen.me)
    .map(
      (seat) => html`<div class="card tight knocking stack"><p>${words.out.wishes(nameOf(screen, seat.id))}</p>
        ${askable(view, screen.me).includes(seat) ? ask(screen, [seat.id], act) : nothing}</div>`,
    );
