// Who facilitates: asking a member to, stepping back, who does it the next time. And the fresh link.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { mayHold, seatOf } from "../circle.js";
import { nameOf, words } from "../words.js";
import { select } from "./fields.js";
import { invite } from "./links.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

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
