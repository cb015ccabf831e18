// Human words, sealed before they leave and opened before they are shown. All are padded, so a length says little.
import { b64, openUnder, random, sealUnder, unb64, utf8 } from "./bytes.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./schedule.js").KeySchedule} KeySchedule */
/** @typedef {keyof typeof KINDS} Kind */

const page = { sizes: [1024], longest: 500, lines: true };

/** Bytes in all, of which the smallest that suffices is taken; letters at most; whether lines stay apart. */
const KINDS = {
  name: { sizes: [256], longest: 40, lines: false },
  title: { sizes: [120], longest: 40, lines: false },
  note: { sizes: [1024], longest: 500, lines: false },
  writing: { sizes: [1024], longest: 500, lines: false },
  line: { sizes: [1024], longest: 500, lines: false },
  prompt: { sizes: [1024], longest: 300, lines: false },
  share: { sizes: [1024, 4096], longest: 3000, lines: true },
  agreements: { sizes: [3200], longest: 3000, lines: true },
  check_in: page,
  script: { ...page, longest: 900 },
  intention: page,
  settings: { ...page, longest: 900 },
  link: { sizes: [120], longest: 43, lines: false },
  keys: { sizes: [120], longest: 43, lines: false },
};
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu;
// Joiners belong to the spelling of Persian, Hindi and others, and hold pictures together.
const HIDDEN_IN_LINES = new RegExp(`(?![\\n\\u200c\\u200d\\ufe0f])${HIDDEN.source}`, "gu");
const HEAPED = /(\p{M}{3})\p{M}+/gu;
const VISIBLE = /[\p{L}\p{N}\p{S}\p{P}]/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** @param {string} text */
const inOneLine = (text) => text.replaceAll(/\s+/g, " ").replaceAll(HIDDEN, "");

/** @param {string} text */
const inLines = (text) =>
  text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(/[^\S\n]+/g, " ")
    .replaceAll(HIDDEN_IN_LINES, "")
    .replaceAll(/ ?\n ?/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n");

/**
 * A text as everybody may see it: no control or invisible signs, no writing direction tricks, not too long. Every receiver does this, since the server cannot.
 * @param {string} text @param {Kind} kind
 */
export function clean(text, kind) {
  const { sizes, longest, lines } = KINDS[kind];
  const plain = (lines ? inLines : inOneLine)(text.normalize("NFC")).replaceAll(HEAPED, "$1").trim();
  if (!VISIBLE.test(plain)) return "";
  const letters = [...graphemes.segment(plain)].slice(0, longest).map((one) => one.segment);
  let length = utf8(letters.join("")).length;
  while (length > sizes[sizes.length - 1] - 2) length -= utf8(/** @type {string} */ (letters.pop())).length;
  return letters.join("").trim();
}

/** What is sealed of a text: its length, itself, zeros up to the smallest size that suffices. @param {string} text @param {Kind} kind */
export function pad(text, kind) {
  const data = utf8(clean(text, kind));
  const plain = new Uint8Array(KINDS[kind].sizes.find((size) => size >= data.length + 2) ?? 0);
  plain.set([data.length >> 8, data.length & 255, ...data]);
  return plain;
}

/** The text again, as it may be shown. @param {Bytes} plain @param {Kind} kind */
export const unpad = (plain, kind) =>
  clean(new TextDecoder().decode(plain.slice(2, 2 + ((plain[0] << 8) | plain[1]))), kind);

/** What sealed words belong to, so that they open nowhere else. @param {string} rid @param {Kind} kind @param {About} about */
export const belonging = (rid, kind, about) => utf8(["circle/1", rid, kind, ...about].join(" "));

/** @param {KeySchedule} schedule @param {string} rid @param {() => Bytes} [nonce] never the same one twice */
export function makeWords(schedule, rid, nonce = () => random(12)) {
  /** @type {Map<string, Promise<Bytes>>} */
  const keys = new Map();
  schedule.onEpoch(() => keys.clear());

  /** @param {Kind} kind */
  const key = (kind) => {
    const known = keys.get(kind) ?? schedule.exporter("words", kind, 32);
    keys.set(kind, known);
    return known;
  };

  return {
    /** @param {string} text @param {Kind} kind @param {About} about what else they belong to, so that they open nowhere else */
    seal: async (text, kind, ...about) =>
      b64(await sealUnder(await key(kind), pad(text, kind), belonging(rid, kind, about), nonce())),
    /** The words, or null if they were not sealed in this circle, for this. @param {string} sealed @param {Kind} kind @param {About} about */
    async open(sealed, kind, ...about) {
      try {
        return unpad(await openUnder(await key(kind), unb64(sealed), belonging(rid, kind, about)), kind);
      } catch {
        return null;
      }
    },
  };
}

/** @typedef {(string | number)[]} About the author's seat; for what is written with the stick, the turn as well */
/** @typedef {ReturnType<typeof makeWords>} Words */
