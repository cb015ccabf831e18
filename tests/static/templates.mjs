// Takes the lit templates of a module apart: what stands in them as text, and in the attributes that are read aloud.
import { withoutComments } from "./source.mjs";

const HOLE = "\u0000";

/**
 * The templates in a source, each with its holes in place of expressions; those inside of expressions on their own.
 * @param {string} source @returns {string[]}
 */
export function templates(source) {
  const code = withoutComments(source);
  /** @type {string[]} */
  const found = [];
  /** Reads code up to the brace that closes it. @param {number} at @returns {number} */
  const code_ = (at) => {
    for (let depth = 0; at < code.length; at += 1) {
      if (code[at] === "`") at = template(at + 1, /\b(?:html|svg)$/.test(code.slice(Math.max(0, at - 5), at)));
      else if (code[at] === "{") depth += 1;
      else if (code[at] === "}" && depth-- === 0) return at;
    }
    return at;
  };
  /** Reads a template up to its closing tick. @param {number} at @param {boolean} kept @returns {number} */
  const template = (at, kept) => {
    let text = "";
    for (; code[at] !== "`"; at += 1) {
      if (code.startsWith("${", at)) {
        at = code_(at + 2);
        text += HOLE;
      } else text += code[at];
    }
    if (kept) found.push(text);
    return at;
  };
  code_(0);
  return found;
}

const SPOKEN = /\s(?:aria-label|aria-description|title|alt|placeholder|label|value)="([^"]*)"/g;

/** What a template says by itself, outside of its holes: text, and attributes that people meet. @param {string} template */
export const sayings = (template) =>
  [template.replaceAll(/<[^>]*>/g, HOLE), ...[...template.matchAll(SPOKEN)].map((found) => found[1])]
    .flatMap((text) => text.split(HOLE))
    .filter((text) => /\p{L}/u.test(text));
