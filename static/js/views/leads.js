// Who does what: the order of the seats, duties, who facilitates now and the next time. And the fresh link.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { mayHold, seatOf } from "../circle.js";
import { moved, shuffled } from "../holding.js";
import { nameOf, words } from "../words.js";
import { round, select, tick } from "./fields.js";
import { invite } from "./links.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** @type {Part} */
export function order(screen, view, act) {
  const ids = view.seats.map((seat) => seat.id);
  const seat = (/** @type {string[]} */ seats) => act.command({ type: "set_order", seats });
  const go = (/** @type {boolean} */ backwards, /** @type {boolean} */ unheard_first) =>
    act.command({ type: "set_way", backwards, unheard_first });
  return html`<details><summary>${words.order.heading}</summary>
    <ol class="rows">${ids.map((id, index) => {
      const name = nameOf(screen, id);
      return html`<li><span>${name}</span><span class="steppers">
        ${round(words.order.up(name), "↑", () => seat(moved(ids, index, -1)), `up-${id}`)}
        ${round(words.order.down(name), "↓", () => seat(moved(ids, index, 1)), `down-${id}`)}</span></li>`;
    })}</ol>
    <button class="small" @click=${() => seat(shuffled(ids, Math.random))}>${words.order.shuffle}</button>
    ${tick(words.order.backwards, view.backwards, (on) => go(on, view.unheard_first))}
    ${tick(words.order.unheard, view.unheard_first, (on) => go(view.backwards, on))}
  </details>`;
}

/** @type {Part} */
export function duties(screen, view, act) {
  const able = view.seats.filter((seat) => mayHold(seat) && seat.role !== "facilitator");
  if (!able.length) return nothing;
  const bearer = seatOf(view, screen.bearer) ?? able[0];
  const names = Object.fromEntries(able.map((seat) => [seat.id, nameOf(screen, seat.id)]));
  return html`<details><summary>${words.duties.heading}</summary>
    <small>${words.duties.hint}</small>
    ${select("bearer", words.duties.whom, names, bearer.id, (id) => act.set({ bearer: id }))}
    ${Object.entries(words.duties.names).map(([code, text]) => {
      const duty = /** @type {keyof typeof words.duties.names} */ (code);
      return tick(text, bearer.duties.includes(duty), (on) =>
        act.command({ type: "set_duty", seat: bearer.id, duty, on }),
      );
    })}
  </details>`;
}

/** @param {Screen} screen @param {import("../protocol.js").SeatView[]} seats @returns {[string, string][]} */
export const named = (screen, seats) => [
  ["", words.tools.nobody],
  ...seats.map((seat) => /** @type {[string, string]} */ ([seat.id, nameOf(screen, seat.id)])),
];

/** @param {CircleView} view */
export const members = (view) => view.seats.filter((seat) => seat.role === "member");

/** @type {Part} */
export function facilitation(screen, view, act) {
  if (seatOf(view, screen.me)?.role !== "facilitator") return nothing;
  const another = view.seats.some(
    (seat) => seat.role === "facilitator" && seat.present && !seat.out && seat.id !== screen.me,
  );
  return html`<details><summary>${words.handing.heading}</summary><div class="stack">
    ${select("lead-to", words.handing.offer, named(screen, members(view)), view.lead_to ?? "", (id) => act.offerLead(id || null))}
    ${another ? html`<button class="small" @click=${() => act.command({ type: "step_back_lead" })}>${words.handing.stepBack}</button>` : nothing}
    ${
      view.terms.rotates
        ? select(
            "lead-next",
            words.handing.next,
            named(screen, view.seats.filter(mayHold)),
            view.next_facilitator ?? "",
            (id) => act.nameNext(id || null),
          )
        : nothing
    }</div></details>`;
}

/** Only who holds the facilitators' link can make one; it is there to be copied at once. @type {Part} */
export const fresh = (screen, view, act) =>
  screen.links
    ? html`<div class="more"><button class="plain" @click=${act.freshLink} aria-describedby="fresh-hint">${words.shield.fresh}</button></div>
        <small id="fresh-hint">${words.shield.freshHint}</small>${view.link > 1 ? invite(screen, act) : nothing}`
    : nothing;
