// What the circle is held by, settled by who facilitates. What was promised at the door stays once the circle has begun.

import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { words } from "../words.js";
import { select, text, tick } from "./fields.js";
import { countries } from "./helplines.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../protocol.js").Terms} Terms */

const BREATHS = [0, 5, 10, 15, 20, 30, 45, 60];
const MINUTES = [5, 10, 15, 30];
const SEATS = Array.from({ length: 14 }, (_, index) => index + 3);

/** @param {number[]} numbers @param {number} present @param {(one: number) => string} say @returns {[string, string][]} */
const choices = (numbers, present, say) =>
  [...new Set([...numbers, present])].sort((one, other) => one - other).map((one) => [String(one), say(one)]);

/** @param {Screen} screen @param {Act} act */
export function settling(screen, act) {
  const view = screen.view;
  if (!view) return html``;
  const terms = { ...view.terms, ...screen.settling?.terms };
  const begun = view.at === "circle" && view.phase !== "lobby";
  const put = (/** @type {Partial<Terms>} */ change) => act.draft(change, {});
  const given = (/** @type {keyof Terms} */ name) => (/** @type {string} */ value) => put({ [name]: value });
  const number = (/** @type {keyof Terms} */ name) => (/** @type {string} */ value) => put({ [name]: Number(value) });
  return html`<details><summary>${words.settling.heading}</summary><div class="stack">
    ${select("observers", words.settling.observers, words.settling.listeners, terms.observers, given("observers"))}<small>${words.terms.observers[terms.observers]}</small>
    ${select("late", words.settling.late, words.settling.lates, terms.late, given("late"))}
    ${terms.late === "closed" ? select("late-after", words.settling.after, choices(MINUTES, terms.late_after, words.time.minutes), String(terms.late_after), number("late_after")) : ""}
    ${select("capacity", words.settling.capacity, choices(SEATS, terms.capacity, String), String(terms.capacity), number("capacity"))}
    ${select("breath", words.settling.breath, choices(BREATHS, terms.breath, words.time.seconds), String(terms.breath), number("breath"))}
    ${tick(words.settling.reactions, terms.reactions, (on) => put({ reactions: on }))}
    ${tick(words.settling.rotates, terms.rotates, (on) => put({ rotates: on }))}
    ${select("help-region", words.settling.help, [["", words.settling.helpNearest], ...countries()], terms.help ?? "", (region) => put({ help: region || null }))}
    ${own(screen, act, "next", words.settling.next, 40, screen.terms.next ?? "")}
    ${begun ? html`<small>${words.settling.promised}</small>` : promises(screen, act, terms, given)}
    ${view.at === "circle" ? html`<div class="more"><button type="button" class="small strong" aria-disabled=${screen.settling ? nothing : "true"} @click=${act.settle}>${words.settling.keep}</button></div>` : ""}
  </div></details>`;
}

/** @param {Screen} screen @param {Act} act @param {Terms} terms @param {(name: keyof Terms) => (value: string) => void} given */
const promises = (screen, act, terms, given) => html`
  ${select("camera", words.settling.camera, words.terms.camera, terms.camera, given("camera"))}
  ${select("limits", words.settling.limits, words.settling.limiting, terms.limits, given("limits"))}<small>${words.terms.limits[terms.limits]}</small>
  ${own(screen, act, "limits", words.settling.limitsOwn, 900, screen.terms.limits ?? "", 4)}
  ${own(screen, act, "agreements", words.doorway.agreements, 3000, screen.terms.agreements ?? words.agreements.join("\n"), 4)}`;

/** @param {Screen} screen @param {Act} act @param {"agreements" | "limits" | "next"} name @param {string} label @param {number} most @param {string} present @param {number} [rows] */
const own = (screen, act, name, label, most, present, rows) =>
  text(
    `own-${name}`,
    label,
    screen.settling?.texts[name] ?? present,
    most,
    (value) => act.draft({}, { [name]: value }),
    {
      rows,
    },
  );
