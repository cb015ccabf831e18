// The check-in card: what is said in the clear, and what travels sealed as a small text.

/** @typedef {import("./protocol.js").Card} Card */

/**
 * @typedef {object} CardWords
 * @property {string} mood a word of one's own
 * @property {string} weather a code, or nothing
 * @property {string} number "1" to "10", or nothing
 */

/** @typedef {Omit<Required<Card>, "words"> & CardWords} Draft */

export const WEATHERS = ["sunny", "bright", "cloudy", "fog", "wind", "rain", "storm", "dawn"];
export const NUMBERS = Array.from({ length: 10 }, (_, index) => String(index + 1));

/** @returns {Draft} */
export const emptyCard = () => ({
  wish: "unsure",
  minutes: "usual",
  answers: null,
  open: false,
  mood: "",
  weather: "",
  number: "",
});

/** The words of a card as one text, or null without any. @param {CardWords} card */
export const packWords = ({ mood, weather, number }) =>
  mood.trim() || weather || number ? JSON.stringify([mood.trim(), weather, number]) : null;

/** @param {string[]} known @param {unknown} value */
const oneOf = (known, value) => known.find((one) => one === value) ?? "";

/** What came sealed, looked at piece by piece: its writer may have sent anything. @param {string} text @param {(mood: string) => string} clean @returns {CardWords | null} */
export function unpackWords(text, clean) {
  try {
    const [mood, weather, number] = JSON.parse(text);
    return { mood: clean(String(mood)), weather: oneOf(WEATHERS, weather), number: oneOf(NUMBERS, number) };
  } catch {
    return null;
  }
}
