// The help lines that the page brought along, by region. They stand in the page itself, so that they are there without a connection.

const all = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".help-panel li[data-region]")]);

/** The countries that there are lines for, by region. @returns {[string, string][]} */
export const countries = () =>
  all().flatMap((line) =>
    line.dataset.region ? [[line.dataset.region, line.querySelector("b")?.textContent ?? ""]] : [],
  );

/** @type {Map<string, Node[]>} */
const copies = new Map();

/** A region's lines, copied once: who is about to press one must not find another in its place. @param {string} region */
export function linesOf(region) {
  const lines =
    copies.get(region) ?? all().flatMap((line) => (line.dataset.region === region ? line.cloneNode(true) : []));
  copies.set(region, lines);
  return lines;
}

/** The panel with all of them. */
export function openPanel() {
  const panel = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.help"));
  if (!panel) return;
  panel.open = true;
  panel.querySelector("summary")?.focus();
}
