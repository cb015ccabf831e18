// Choosing what kind of circle it is: a format, or a list of parts of one's own.

import { live } from "../../vendor/lit-html-3.3.3/directives/live.js";
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";
import { moved, stepFor } from "../holding.js";
import { words } from "../words.js";
import { round, select, text, tick } from "./fields.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */
/** @typedef {import("../screen.js").OwnStep} OwnStep */

const MOST_STEPS = 20;
const TURNS = [15, 30, 60, 120, 180, 240, 300];
/** @type {[string, string][]} */
const breaths = [0, 10, 20, 30, 45, 60].map((one) => [String(one), words.time.seconds(one)]);

/** @param {Screen} screen @param {Act} act */
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
  <ol class="rows" aria-labelledby="own-list">${screen.steps.map((step, index) => row(act, step, index))}</ol>
  ${screen.steps.length < MOST_STEPS ? addition(screen, act) : nothing}
</div>`;

/** @param {Act} act @param {OwnStep} step @param {number} index */
function row(act, step, index) {
  const name = called(step);
  const put = (/** @type {number} */ minutes) =>
    act.set(({ steps }) => ({ steps: steps.map((one, at) => (at === index ? { ...one, minutes } : one)) }));
  return html`<li>
    <span>${name} <small>${words.time.minutes(step.minutes)}</small></span>
    <span class="steppers">
      ${round(words.agenda.shorter(name), "−", () => put(Math.max(1, step.minutes - 1)))}
      ${round(words.agenda.longer(name), "+", () => put(Math.min(360, step.minutes + 1)))}
      ${round(words.agenda.earlier(name), "↑", () => act.set(({ steps }) => ({ steps: moved(steps, index, -1) })))}
      ${round(words.agenda.drop(name), "×", () => act.set(({ steps }) => ({ steps: steps.filter((_, at) => at !== index) })))}
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
    ${select("add-turn", words.agenda.turn, turns(adding.turn), String(adding.turn ?? ""), (turn) =>
      change({ turn: Number(turn) || null }),
    )}
    ${select("add-breath", words.settling.breath, breaths, String(adding.breath ?? 0), (breath) =>
      change({ breath: Number(breath) }),
    )}
    ${tick(words.agenda.signs, Boolean(adding.reactions), (reactions) => change({ reactions }))}
    ${tick(words.agenda.lines, Boolean(adding.writing), (writing) => change({ writing }))}
    ${text("add-script", words.agenda.ownScript, adding.script ?? "", 900, (script) => change({ script }), { rows: 2, hint: words.agenda.ownScriptHint })}
    <button type="button" class="plain" @click=${() => act.set((now) => ({ steps: [...now.steps, now.adding] }))}>${words.agenda.add}</button>
  </div>`;
}

/** What may be chosen, with what it is now. @param {number | null | undefined} now @returns {[string, string][]} */
const turns = (now) => [
  ["", words.agenda.noLimit],
  ...[...new Set([...TURNS, ...(now ? [now] : [])])]
    .sort((one, other) => one - other)
    .map((one) => /** @type {[string, string]} */ ([String(one), length(one)])),
];

/** @param {number} seconds */
const length = (seconds) =>
  seconds % 30 || seconds < 60 ? words.time.seconds(seconds) : words.time.minutes(seconds / 60);
