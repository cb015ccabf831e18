// The screen's one value. Changes are merged, and drawn once per frame.

/** @typedef {import("./screen.js").Screen} Screen */

/** @param {Screen} first @param {(screen: Screen) => void} draw @param {(run: () => void) => void} [frame] */
export function makeStore(first, draw, frame = (run) => requestAnimationFrame(run)) {
  let screen = first;
  let due = false;
  return {
    get: () => screen,
    /** A change, or one that is made from what is there: several may come before the next is drawn. @type {import("./screen.js").Act["set"]} */
    set(change) {
      screen = { ...screen, ...(typeof change === "function" ? change(screen) : change) };
      if (due) return;
      due = true;
      frame(() => {
        due = false;
        draw(screen);
      });
    },
  };
}

/** @typedef {ReturnType<typeof makeStore>} Store */

/**
 * Whether a view is news: a newer one, or the same state seen from another place. What is older comes too late.
 * @param {{ version: number, at: string } | null} old @param {{ version: number, at: string }} view
 */
export const isNews = (old, view) =>
  old === null || view.version > old.version || (view.version === old.version && view.at !== old.at);
