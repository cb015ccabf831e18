// What a press does. Nothing is shown moved before the server says so.
import { packWords } from "./card.js";
import { inCircle, mayHold, seatOf } from "./circle.js";

const COPIED_SHOWN = 6000;

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {import("./seat.js").Seat} parts.seat
 * @param {import("./localmedia.js").LocalMedia} parts.local
 * @param {import("./media/media.js").Media} parts.media
 * @param {import("./keys/words.js").Words} parts.words
 * @param {import("./whispers.js").Whispers} parts.whispers
 * @param {(text: string) => Promise<void>} parts.copy
 * @param {() => void} parts.comeBack to the door, by the link that this page was opened with
 * @param {() => Promise<void>} parts.freshLink
 * @returns {import("./screen.js").Act}
 */
export function makeActs({ store, seat, local, media, words, whispers, copy, comeBack, freshLink }) {
  /** A list of one's own goes with its titles sealed. */
  async function chooseAgenda() {
    const { kind, steps } = store.get();
    if (!kind) return;
    const seal = async (/** @type {import("./screen.js").OwnStep} */ step) =>
      step.title ? { ...step, title: await words.seal(step.title, "title") } : step;
    await seat.command({ type: "set_agenda", agenda: kind === "own" ? await Promise.all(steps.map(seal)) : kind });
  }

  /** The group's own words go sealed; an empty text is none. */
  async function settle() {
    const { settling, view } = store.get();
    if (!settling || !view) return;
    const terms = { ...view.terms, ...settling.terms };
    const { agreements, limits, next } = settling.texts;
    if (agreements !== undefined)
      terms.agreements = agreements.trim() ? await words.seal(agreements, "agreements") : null;
    if (limits !== undefined) terms.limits_words = limits.trim() ? await words.seal(limits, "settings") : null;
    if (next !== undefined) terms.next_date = next.trim() ? await words.seal(next, "title") : null;
    await seat.command({ type: "set_terms", terms });
    store.set({ settling: null });
  }

  /** @param {boolean} on */
  async function checkIn(on) {
    const { card, me } = store.get();
    if (!card || !on) {
      store.set({ card: null, checkedIn: false });
      return seat.command({ type: "check_in", card: null });
    }
    const { wish, minutes, answers, open } = card;
    const text = packWords(card);
    const sealed = text && (await words.seal(text, "check_in", me ?? ""));
    store.set({ checkedIn: true });
    return seat.command({ type: "check_in", card: { wish, minutes, answers, open, words: sealed } });
  }

  return {
    chooseAgenda,
    settle,
    draft(terms, texts) {
      const { settling } = store.get();
      store.set({ settling: { terms: { ...settling?.terms, ...terms }, texts: { ...settling?.texts, ...texts } } });
    },
    freshLink,
    async stepBack() {
      for (const kind of /** @type {const} */ (["microphone", "camera"])) await local.switchDevice(kind, false);
      await seat.command({ type: "step_back" });
    },
    checkIn,
    /** What was chosen and written at the doorway comes along. */
    async seated() {
      const { fresh, kind, card, view, me } = store.get();
      const circle = inCircle(view);
      store.set({ fresh: false });
      if (fresh) await settle();
      if (fresh && kind && kind !== "free") await chooseAgenda();
      if (card && circle && mayHold(seatOf(circle, me))) await checkIn(true);
    },
    async ask() {
      const question = store.get().question.trim();
      await seat.command({ type: "set_prompt", prompt: question ? await words.seal(question, "prompt") : null });
      store.set({ question: "" });
    },
    set: (change) => store.set(change),
    switchDevice: local.switchDevice,
    choose: local.choose,
    selfView: (selfView) => local.set({ selfView }),
    async knock() {
      const { name, note, listenOnly, firstTime } = store.get();
      const sealed = { name: await words.seal(name, "name"), note: note ? await words.seal(note, "note") : null };
      if (listenOnly) local.stopAll();
      await seat.take({ type: "knock", role: listenOnly ? "observer" : "member", first_time: firstTime, ...sealed });
    },
    enter: async () => seat.take({ type: "enter", name: await words.seal(store.get().name, "name") }),
    withdraw: () => seat.command({ type: "withdraw" }),
    async askKnock() {
      const { asking } = store.get();
      if (!asking?.text.trim()) return;
      await seat.command({
        type: "ask_knock",
        seat: asking.seat,
        words: await words.seal(asking.text, "note", "question", asking.seat),
      });
      store.set({ asking: null });
    },
    async answerKnock() {
      const { answer, me } = store.get();
      if (!answer.trim()) return;
      await seat.command({ type: "answer_knock", words: await words.seal(answer, "note", "answer", me ?? "") });
      store.set({ answer: "" });
    },
    command: seat.command,
    share: whispers.share,
    react: whispers.react,
    say: whispers.say,
    putAway: whispers.putAway,
    comeBack,
    leave: () => seat.command({ type: "leave" }),
    tryAgain: seat.again,
    tapToHear: media.play,
    async copy(which) {
      const copied = await copy(store.get().links?.[which] ?? "").then(
        () => which,
        () => /** @type {const} */ ("nothing"),
      );
      store.set({ copied });
      setTimeout(() => store.set({ copied: null }), COPIED_SHOWN);
    },
  };
}
