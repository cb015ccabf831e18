// How loud somebody is, on their picture or at the door. Many times a second, so past the store, straight to the bars.

/** @param {string} whose a seat, or "self" @param {number} level 0 to 1 */
export function showLevel(whose, level) {
  for (const bar of document.querySelectorAll(`[data-level-for="${whose}"]`)) {
    /** @type {HTMLElement} */ (bar).style.setProperty("--level", level.toFixed(2));
  }
}
