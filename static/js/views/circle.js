// The circle: the ring, what there is to do, and what stands always at the same place.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { keeps } from "../agenda.js";
import { mayHush } from "../care.js";
import { afterwards, inCircle, leads, mayHold, seatOf } from "../circle.js";
import { words } from "../words.js";
import { action } from "./action.js";
import { prompted, where } from "./agenda.js";
import { moment, wishes } from "./care.js";
import { coming, place } from "./coming.js";
import { switches, trouble, video } from "./devices.js";
import { icon } from "./icons.js";
import { allCards, checkIn, handing, lazily, ownNotes, passages, protection, quietly, safety } from "./lazily.js";
import { ring } from "./ring.js";
import { agreed } from "./terms.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

const timeKeeping = lazily("timeKeeping");
const tools = lazily("tools");
const guard = lazily("guard");
const [door, introduced] = [lazily("door"), lazily("introduced")];
const [notes, panels, shared] = [quietly("notes"), quietly("panels"), quietly("shared")];

/** @param {Screen} screen @param {Act} act */
export function circle(screen, act) {
  const view = inCircle(screen.view);
  if (!view) return nothing;
  const speaks = mayHold(seatOf(view, screen.me));
  return html`<div class="room">
    <h1 class="unseen">${words.titles.circle}</h1>
    <div class="stage">${prompted(screen)}${shared(screen, view, act)}${ring(screen, view, act)}</div>
    <div class="side">
      ${view.shielded ? html`<p class="card tight knocking">${words.shield.state}</p>` : nothing}
      ${action(screen, view, act)}${speaks ? trouble(screen) : nothing}
      ${isAsked(view, screen.me) || view.adrift || view.volunteer ? handing(screen, view, act) : nothing}
      ${wishes(screen, view, act)}
      ${keeps(view, screen.me, "door") && screen.keys.introduced.length ? introduced(screen, view, act) : nothing}
      ${view.knocks.length ? door(screen, view, act) : nothing}${coming(screen, view, act)}
      ${notes(screen, view, act)}
      ${where(screen, view, act)}${agreed(screen, view)}
      ${safety(screen, view, act)}${passages(screen, view, act)}
      ${panels(screen, view, act)}
      ${keeps(view, screen.me, "time") ? timeKeeping(screen, view, act) : nothing}
      ${view.seats.some((seat) => seat.card && seat.id !== screen.me) ? allCards(screen, view, act) : nothing}
      ${mayHush(view, screen.me) ? guard(screen, view, act) : nothing}
      ${leads(view, screen.me) ? tools(screen, view, act) : nothing}
      ${moment(screen, view, act)}${place(screen, view, act)}
      ${speaks && !afterwards(view) ? checkIn(screen, act, "circle", "card tight", words.card.mine) : nothing}
      ${ownNotes(screen, act)}${protection(screen, view, act)}
      ${speaks ? own(screen, act) : nothing}
    </div>
    <div class="bar">
      ${speaks ? switches(screen, act) : nothing}
      <button class="plain leave" @click=${act.leave}>${icon("leave")}<span>${words.leave}</span></button>
    </div>
  </div>`;
}

/** To facilitate too, or the next time. @param {import("../protocol.js").CircleView} view @param {string | null} me */
const isAsked = ({ lead_to, next_facilitator }, me) => me !== null && (lead_to === me || next_facilitator === me);

/** One's own picture, only if one asks for it. @param {Screen} screen @param {Act} act */
const own = (screen, act) =>
  screen.devices.preview
    ? html`<label class="check self"><input type="checkbox" .checked=${screen.devices.selfView}
          @change=${(/** @type {{ target: HTMLInputElement }} */ event) => act.selfView(event.target.checked)} />
        <span>${words.devices.selfView}</span></label>
        ${screen.devices.selfView ? video(screen.devices.preview, "preview small") : nothing}`
    : nothing;
