// Human words, sealed before they leave and opened before they are shown. All are padded, so a length says little.
import { b64, unb64, utf8 } from "./bytes.js";

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

const fresh = () => crypto.getRandomValues(new Uint8Array(12));

/** @param {KeySchedule} schedule @param {string} rid @param {() => Uint8Array<ArrayBuffer>} [nonce] never the same one twice */
export function makeWords(schedule, rid, nonce = fresh) {
  /** @type {Map<string, Promise<CryptoKey>>} */
  const keys = new Map();
  schedule.onEpoch(() => keys.clear());

  /** @param {Kind} kind */
  const key = (kind) => {
    const known = keys.get(kind) ?? importKey(kind);
    keys.set(kind, known);
    return known;
  };

  /** @param {Kind} kind */
  const importKey = async (kind) =>
    crypto.subtle.importKey("raw", await schedule.exporter("words", kind, 32), "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]);

  /** @param {Uint8Array<ArrayBuffer>} iv @param {Kind} kind @param {About} about */
  const cipher = (iv, kind, about) => {
    const additionalData = utf8(["circle/1", rid, kind, ...about].join(" "));
    return { name: "AES-GCM", iv, additionalData };
  };

  return {
    /** @param {string} text @param {Kind} kind @param {About} about what else they belong to, so that they open nowhere else */
    async seal(text, kind, ...about) {
      const data = utf8(clean(text, kind));
      const plain = new Uint8Array(KINDS[kind].sizes.find((size) => size >= data.length + 2) ?? 0);
      plain.set([data.length >> 8, data.length & 255, ...data]);
      const iv = nonce();
      const sealed = await crypto.subtle.encrypt(cipher(iv, kind, about), await key(kind), plain);
      return b64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
    },
    /** The words, or null if they were not sealed in this circle, for this. @param {string} sealed @param {Kind} kind @param {About} about */
    async open(sealed, kind, ...about) {
      try {
        const data = unb64(sealed);
        const plain = new Uint8Array(
          await crypto.subtle.decrypt(cipher(data.slice(0, 12), kind, about), await key(kind), data.slice(12)),
        );
        const length = (plain[0] << 8) | plain[1];
        return clean(new TextDecoder().decode(plain.slice(2, 2 + length)), kind);
      } catch {
        return null;
      }
    },
  };
}

/** @typedef {(string | number)[]} About the author's seat; for what is written with the stick, the turn as well */
/** @typedef {ReturnType<typeof makeWords>} Words */
