// What a press does with one's check-in: sent, taken back, and sealed again for who comes later.
import { emptyCard, packWords } from "../card.js";

/** @typedef {import("../card.js").Draft} Draft */

/**
 * @param {Pick<import("../acts.js").Parts, "store" | "seat" | "keys" | "keep" | "kept">} parts
 * @param {import("../acts.js").Sealed} sealed
 */
export function checkInActs({ store, seat, keys, keep, kept }, sealed) {
  /** @type {Draft | null} what the circle has; a draft may go on meanwhile */
  let sent = null;

  /** The card as it goes out, or null without keys. @param {Draft} card */
  async function packed(card) {
    const { wish, minutes, answers, open } = card;
    const text = packWords(card);
    const words = text && (await sealed(keys.sealOwn(text, "check_in", store.get().me ?? "")));
    return text && !words ? null : { wish, minutes, answers, open, words };
  }

  async function takeBack() {
    sent = null;
    keep({ said: null });
    store.set({ card: null, checkedIn: false });
    return seat.command({ type: "check_in", card: null });
  }

  async function send() {
    const drafted = store.get().card ?? emptyCard();
    const card = await packed(drafted);
    if (!card) return;
    const { mood, weather, number } = drafted;
    sent = drafted;
    keep({ said: { mood, weather, number } });
    store.set({ card: drafted, checkedIn: true });
    return seat.command({ type: "check_in", card });
  }

  return {
    /** @param {boolean} on */
    checkIn: (on) => (on ? send() : takeBack()),
    /** Asked for by nobody's press, so what is refused is not shown. */
    async writeAgain() {
      const card = sent && packWords(sent) ? await packed(sent) : null;
      if (card) await seat.send("command", { type: "check_in", card });
    },
    /** After a reload: what one has said already. @param {import("../card.js").Card} card */
    showOwn(card) {
      const { words: _, ...said } = card;
      sent = { ...emptyCard(), ...said, ...kept().said };
      store.set({ card: sent, checkedIn: true });
    },
  };
}
