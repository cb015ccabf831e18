// What is settled by who facilitates: what kind of circle it is, and what it is held by. What was promised at the door stays once it has begun.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { moved, stepFor } from "../holding.js";
import { words } from "../words.js";
import { round, select, text, tick } from "./fields.js";
import { countries } from "./helplines.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../screen.js").OwnStep} OwnStep */
/** @typedef {import("../protocol.js").Terms} Terms */

const MOST_STEPS = 20;
const TURNS = [15, 30, 60, 120, 180, 240, 300];
const BREATHS = [0, 5, 10, 15, 20, 30, 45, 60];
const MINUTES = [5, 10, 15, 30];
const SEATS = Array.from({ length: 14 }, (_, index) => index + 3);

/** What may be chosen, with what it is now. @param {number[]} numbers @param {number} present @param {(one: number) => string} say @returns {[string, string][]} */
const choices = (numbers, present, say) =>
  [...new Set([...numbers, present])].sort((one, other) => one - other).map((one) => [String(one), say(one)]);

/** A format, or a list of parts of one's own. @param {Screen} screen @param {Act} act */
export const kinds = (screen, act) => html`<fieldset class="kinds">
  <legend>${words.agenda.choose}</legend>
  ${Object.entries(words.agenda.kinds).map(
    ([kind, name]) => html`<label class="check">
      <input type="radio" name="kind" value=${kind} .checked=${live(screen.kind === kind)}
        @change=${() => act.set({ kind: /** @type {Screen["kind"]} */ (kind) })} />
      <span>${name}<small>${words.agenda.hints[/** @type {keyof typeof words.agenda.hints} */ (kind)]}</small></span>
    </label>`,
  )}
  ${screen.kind === "own" ? ownList(screen, act) : nothing}
</fieldset>`;

/** @param {OwnStep} step */
const called = (step) => step.title || words.agenda.parts[step.part];

/** @param {Screen} screen @param {Act} act */
const ownList = (screen, act) => html`<div class="own-list">
  <p class="label" id="own-list">${words.agenda.list}</p>
  ${screen.steps.length ? nothing : html`<small>${words.agenda.listHint}</small>`}
  <ol class="rows" aria-labelledby="own-list">${screen.steps.map((step, index) => row(screen, act, step, index))}</ol>
  ${screen.steps.length < MOST_STEPS ? addition(screen, act) : nothing}
</div>`;

/** @param {Screen} screen @param {Act} act @param {OwnStep} step @param {number} index */
function row(screen, act, step, index) {
  const name = called(step);
  const put = (/** @type {number} */ minutes) =>
    act.set(({ steps }) => ({ steps: steps.map((one, at) => (at === index ? { ...one, minutes } : one)) }));
  return html`<li>
    <span>${name} <small>${words.time.minutes(step.minutes)}</small></span>
    <span class="steppers">
      ${round(words.agenda.shorter(name), "−", () => put(Math.max(1, step.minutes - 1)))}
      ${round(words.agenda.longer(name), "+", () => put(Math.min(360, step.minutes + 1)))}
      ${round(words.agenda.earlier(name), "↑", () => act.set({ steps: moved(screen.steps, index, -1) }))}
      ${round(words.agenda.drop(name), "×", () => act.set({ steps: screen.steps.filter((_, at) => at !== index) }))}
    </span>
  </li>`;
}

/** @param {Screen} screen @param {Act} act */
function addition(screen, act) {
  const { adding } = screen;
  const change = (/** @type {Partial<OwnStep>} */ some) => act.set((now) => ({ adding: { ...now.adding, ...some } }));
  return html`<div class="addition" role="group" aria-label=${words.agenda.addHeading}>
    ${select("add-part", words.agenda.part, words.agenda.parts, adding.part, (part) =>
      act.set({ adding: stepFor(/** @type {OwnStep["part"]} */ (part)) }),
    )}
    ${
      adding.part === "own"
        ? text("add-title", words.agenda.title, adding.title ?? "", 40, (title) => change({ title }))
        : nothing
    }
    ${select("add-floor", words.agenda.floor, words.tools.floors, adding.floor, (floor) =>
      change({ floor: /** @type {OwnStep["floor"]} */ (floor) }),
    )}
    ${select("add-turn", words.agenda.turn, turns(adding.turn ?? TURNS[0]), String(adding.turn ?? ""), (turn) =>
      change({ turn: Number(turn) || null }),
    )}
    ${select(
      "add-breath",
      words.settling.breath,
      choices(BREATHS, 0, words.time.seconds),
      String(adding.breath ?? 0),
      (breath) => change({ breath: Number(breath) }),
    )}
    ${tick(words.agenda.signs, Boolean(adding.reactions), (reactions) => change({ reactions }))}
    ${tick(words.agenda.lines, Boolean(adding.writing), (writing) => change({ writing }))}
    ${text("add-script", words.agenda.ownScript, adding.script ?? "", 900, (script) => change({ script }), { rows: 2, hint: words.agenda.ownScriptHint })}
    <button type="button" class="plain" @click=${() => act.set(({ steps, adding }) => ({ steps: [...steps, adding] }))}>${words.agenda.add}</button>
  </div>`;
}

/** @param {number} now @returns {[string, string][]} */
const turns = (now) => [["", words.agenda.noLimit], ...choices(TURNS, now, length)];

/** @param {number} seconds */
const length = (seconds) =>
  seconds % 30 || seconds < 60 ? words.time.seconds(seconds) : words.time.minutes(seconds / 60);

/** What all are told before they come in. @param {Screen} screen @param {Act} act */
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
