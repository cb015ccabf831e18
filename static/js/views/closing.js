// Notes for oneself; and on the page of goodbye what is one's own: the intention, the notes as a file, help lines, being asked to lead.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { parting as told } from "../words/parting.js";
import { text } from "./fields.js";
import { countries, linesOf, openPanel } from "./helplines.js";
import { keepsake } from "./keepsake.js";
import { field } from "./links.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

/** In the circle, folded: seen by nobody else, and sent nowhere. @param {Screen} screen @param {Act} act */
export const ownNotes = (screen, act) => html`<details class="card tight">
  <summary>${told.notes}</summary>
  ${text("jotted", told.notes, screen.jotted, 3000, (jotted) => act.set({ jotted }), { rows: 4, hint: told.notesHint, unseen: true })}
</details>`;

/** @param {Screen} screen @param {Act} act */
export function closing(screen, act) {
  const { parting, intention } = screen;
  const kept = keepsake(screen);
  return html`
    ${intention.trim() ? html`<p dir="auto">${told.yours(intention.trim())}</p>` : nothing}
    ${parting?.next ? html`<p dir="auto">${told.next(parting.next)}</p>` : nothing}
    ${parting?.lead ? lead(screen, parting.lead, act) : nothing}
    ${
      kept
        ? html`<div class="stack"><button class="plain" aria-describedby="take-hint" @click=${() => save(kept)}>${told.take}</button>
            <small id="take-hint">${told.takeHint}</small></div>`
        : nothing
    }
    ${help(parting?.region ?? "")}`;
}

/** Asked to facilitate the next time: the link comes by a press of one's own, or not at all. @param {Screen} screen @param {NonNullable<NonNullable<Screen["parting"]>["lead"]>} asked @param {Act} act */
function lead(screen, asked, act) {
  const answers = {
    taken: () => field(screen, act, "facilitators"),
    lost: () => html`<p role="status">${told.lost}</p>`,
    declined: () => html`<p role="status">${told.declined}</p>`,
  };
  const rather = () =>
    act.set({ parting: screen.parting && { ...screen.parting, lead: { handed: false, answer: "declined" } } });
  const open = () => html`<p>${asked.handed ? told.leadHint : told.leadAsk}</p>
    <div class="more">
      ${asked.handed ? html`<button class="small strong" @click=${act.takeLink}>${told.takeLink}</button>` : nothing}
      <button class="small" @click=${rather}>${told.rather}</button></div>`;
  return html`<section class="stack lead-next" aria-labelledby="lead-next"><h2 id="lead-next">${told.lead}</h2>
    ${asked.answer ? answers[asked.answer]() : open()}</section>`;
}

/** The lines of the country that the circle has chosen, else of the nearest one. @param {string} region */
function help(region) {
  const lines = linesOf(region || (countries()[0]?.[0] ?? ""));
  return html`<section class="stack" aria-labelledby="help-lines"><h2 id="help-lines">${told.help}</h2>
    ${lines.length ? html`<ul class="lines">${lines}</ul>` : nothing}
    <div class="more"><button class="small" @click=${openPanel}>${lines.length ? told.moreLines : told.lines}</button></div></section>`;
}

/** Made here and handed to the browser; nothing of it goes anywhere else. @param {string} kept */
function save(kept) {
  const address = URL.createObjectURL(new Blob([kept], { type: "text/plain" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: told.file });
  link.click();
  URL.revokeObjectURL(address);
}
