// What only some need, or only later, is fetched when it is first drawn, so that a phone carries less at once.
import { html, nothing } from "../../vendor/lit-html-3.3.3/lit-html.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../screen.js").Act} Act */

/**
 * Takes parts out of a module, by name: each draws nothing until the module is there, and its last argument is `act`.
 * @template {object} Module @param {() => Promise<Module>} load
 * @returns {<Name extends keyof Module>(name: Name) => Module[Name]}
 */
function fetching(load) {
  /** @type {Module | null} */
  let all = null;
  let asked = false;
  const ask = (/** @type {Act} */ act) => {
    if (asked) return nothing;
    asked = true;
    load().then(
      (found) => {
        all = found;
        act.set({});
      },
      () => {
        asked = false;
      },
    );
    return nothing;
  };
  return (name) =>
    /** @type {any} */ (
      (/** @type {any[]} */ ...given) =>
        all ? /** @type {Function} */ (all[name])(...given) : ask(given[given.length - 1])
    );
}

/** For who holds the circle. */
export const lazily = fetching(() => import("./leading.js"));

/** What is said without a voice. */
export const quietly = fetching(() => import("./voices.js"));

/** When facilitation changes hands. */
export const handing = fetching(() => import("./handing.js"))("handing");

const ofParting = fetching(() => import("./closing.js"));
export const closing = ofParting("closing");
/** Fetched in the circle, so that the goodbye is there at its end. */
export const ownNotes = ofParting("ownNotes");

const ofProtection = fetching(() => import("./protected.js"));
export const safety = ofProtection("safety");
export const passages = ofProtection("passages");
export const protection = ofProtection("protection");

const ofCards = fetching(() => import("./cards.js"));
const inside = { door: ofCards("cardForm"), circle: ofCards("ownCard") };
export const allCards = ofCards("allCards");

/** One's own check-in, folded. @param {Screen} screen @param {Act} act @param {"door" | "circle"} at @param {string} kind @param {string} summary */
export const checkIn = (screen, act, at, kind, summary) => html`<details class=${kind}
    @toggle=${(/** @type {{ target: HTMLDetailsElement }} */ event) => event.target.open && act.set({ carding: true })}>
  <summary>${summary}</summary>${screen.carding ? inside[at](screen, act) : nothing}
</details>`;
