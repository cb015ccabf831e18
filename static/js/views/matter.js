// What is the matter with me, or with all: it comes before the stick's own matters. Words only, nothing is drawn here.
import { companions, invited, isOut } from "../care.js";
import { holder } from "../circle.js";
import { listed, nameOf, words } from "../words.js";

/** @typedef {import("../screen.js").Screen} Screen */
/** @typedef {import("../protocol.js").CircleView} CircleView */

/** @param {Screen} screen @param {string[]} ids */
export const names = (screen, ids) => listed(ids.map((id) => nameOf(screen, id)));

/** Null: nothing is the matter. @param {Screen} screen @param {CircleView} view @returns {string | null} */
export function matter(screen, view) {
  const others = companions(view, screen.me);
  if (others.length) return words.apart.state(names(screen, others));
  // Also outside: whoever would like someone is asked there.
  if (invited(view, screen.me) === "asked") return words.apart.invited(names(screen, view.invitation?.seats ?? []));
  if (isOut(view, screen.me)) return words.out.state;
  if (!view.pause) return null;
  return view.pause.kind === "heads_up"
    ? words.quiet.warned(nameOf(screen, holder(view)))
    : words.quiet.states[view.pause.kind];
}
