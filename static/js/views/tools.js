// What facilitators hold the circle with, folded away until they want it.

import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { waitsFor } from "../agenda.js";
import { nameOf, words } from "../words.js";
import { atTheEnd, ending, removal } from "./ending.js";
import { select } from "./fields.js";
import { duties, facilitation, fresh, members, named, order } from "./leads.js";
import { fields } from "./links.js";
import { kinds, settling } from "./settling.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").CircleView} CircleView */
/** @typedef {(screen: Screen, view: CircleView, act: Act) => unknown} Part */

/** @type {Part} */
export const tools = (screen, view, act) =>
  html`<details class="card tight tools">
          <summary>${words.tools.heading}</summary>
          <div class="stack">
          ${floor(screen, view, act)}${successor(screen, view, act)}
          ${order(screen, view, act)}${duties(screen, view, act)}${facilitation(screen, view, act)}${settling(screen, act)}${agenda(screen, view, act)}${view.shielded ? nothing : removal(screen, view, act)}
          <div class="more">
            <button class="plain" @click=${() => act.command({ type: "lock", on: !view.locked })}>${view.locked ? words.tools.unlock : words.tools.lock}</button>
          </div>
          ${view.shielded ? nothing : fresh(screen, view, act)}
          ${atTheEnd(view) ? nothing : ending(screen, view, act)}
          </div>
        </details>
        ${screen.links ? html`<details class="card tight"><summary>${words.links.show}</summary>${fields(screen, act)}</details>` : nothing}`;

/** @type {Part} */
const floor = (_screen, view, act) =>
  select("floor", words.tools.floor, words.tools.floors, view.floor, (to) =>
    act.command({ type: "set_floor", floor: /** @type {CircleView["floor"]} */ (to) }),
  );

/** Another agenda; nobody who speaks is cut off by it. @type {Part} */
function agenda(screen, view, act) {
  const waits = waitsFor(view, screen.me);
  const ready = screen.kind && !waits && (screen.kind !== "own" || screen.steps.length);
  return html`<details><summary>${words.agenda.again}</summary>
    ${kinds(screen, act)}
    <button class="small strong" aria-disabled=${ready ? nothing : "true"} @click=${() => ready && act.chooseAgenda()}>${words.agenda.begin}</button>
    <small>${waits ? words.agenda.waits(nameOf(screen, waits)) : words.agenda.beginHint}</small></details>`;
}

/** @type {Part} */
const successor = (screen, view, act) =>
  select("successor", words.tools.successor, named(screen, members(view)), view.successor ?? "", (seat) =>
    act.command({ type: "name_successor", seat: seat || null }),
  );
