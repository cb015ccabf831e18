// What a check-in says, and what somebody may take along: one's own words, and when the others meet again. Nothing is drawn here.

import { WEATHERS } from "../card.js";
import { parting as told } from "../words/parting.js";
import { words } from "../words.js";

/** Empty where there is nothing to take. Nobody else's words are in it, and no name. @param {import("../screen.js").Screen} screen */
export function keepsake({ parting, intention, jotted }) {
  const { card, next } = parting ?? {};
  const said = card ? saidOf(card, card, words.card.answering).join(" · ") : "";
  const lines = [
    [told.kept.intention, intention.trim()],
    [told.kept.card, said],
    [told.kept.next, next ?? ""],
  ].flatMap(([what, text]) => (text ? [`${what}: ${text}`] : []));
  const notes = jotted.trim() ? [...(lines.length ? [""] : []), `${told.kept.notes}:`, jotted.trim()] : [];
  const all = [...lines, ...notes];
  return all.length ? `${all.join("\n")}\n` : "";
}

/**
 * A check-in, piece by piece.
 * @param {Partial<import("../protocol.js").Card>} card @param {Partial<import("../card.js").CardWords>} its opened
 * @param {Record<"listen" | "reflections" | "ideas", string>} answering how the wish for answers is said: of others, or of oneself
 */
export function saidOf({ wish = "unsure", minutes = "usual", answers }, { mood, weather, number }, answering) {
  return [
    words.card.wishes[wish],
    wish === "listen" ? "" : words.card.lengths[minutes],
    answers ? answering[answers] : "",
    mood,
    weather && WEATHERS.includes(weather)
      ? words.card.weathers[/** @type {keyof typeof words.card.weathers} */ (weather)]
      : "",
    number ? words.card.numberOf(number) : "",
  ].filter(Boolean);
}
