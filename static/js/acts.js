// What a press does. Nothing is shown moved before the server says so.
import { emptyCard, packWords } from "./card.js";
import { afterwards, inCircle, mayHold, seatOf } from "./circle.js";

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
 * @param {import("./access.js").Access | null} parts.access
 * @param {(change: { intention: string }) => void} parts.keep through a reload
 * @param {() => void} parts.comeBack to the door, by the link that this page was opened with
 * @param {() => Promise<void>} parts.openAgain throws where the server does not want it
 * @returns {import("./screen.js").Act}
 */
export function makeActs({ store, seat, local, media, words, whispers, copy, access, keep, comeBack, openAgain }) {
  /** A list of one's own goes with its titles sealed. */
  async function chooseAgenda() {
    const { kind, steps } = store.get();
    if (!kind) return;
    const seal = async (/** @type {import("./screen.js").OwnStep} */ { script, ...step }) =>
      step.title ? { ...step, title: await words.seal(step.title, "title") } : step;
    const agenda = kind === "own" ? await Promise.all(steps.map(seal)) : kind;
    if (!(await seat.command({ type: "set_agenda", agenda })) || kind !== "own") return;
    for (const [step, { script }] of steps.entries()) {
      if (script?.trim()) await seat.command({ type: "set_script", step, script: await words.seal(script, "script") });
    }
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
    if (!on) {
      store.set({ card: null, checkedIn: false });
      return seat.command({ type: "check_in", card: null });
    }
    const me = store.get().me;
    const card = store.get().card ?? emptyCard();
    const { wish, minutes, answers, open } = card;
    const text = packWords(card);
    const sealed = text && (await words.seal(text, "check_in", me ?? ""));
    store.set({ card, checkedIn: true });
    return seat.command({ type: "check_in", card: { wish, minutes, answers, open, words: sealed } });
  }

  /** After a reload: what one has said already. @param {import("./card.js").Card | null} card */
  function showOwn(card) {
    const { cards, me } = store.get();
    if (!card) return;
    const { words: _, ...said } = card;
    store.set({ card: { ...emptyCard(), ...said, ...cards[me ?? ""] }, checkedIn: true });
  }

  async function freshLink() {
    const command = await access?.fresh();
    if (command) await seat.command(command);
  }

  return {
    chooseAgenda,
    settle,
    draft(terms, texts) {
      const { settling } = store.get();
      store.set({ settling: { terms: { ...settling?.terms, ...terms }, texts: { ...settling?.texts, ...texts } } });
    },
    freshLink,
    async nameNext(seatId) {
      const handed = seatId ? ((await access?.hand(seatId)) ?? null) : null;
      await seat.command({ type: "name_next", seat: seatId, handed });
    },
    async removeForGood(seatId) {
      if (await seat.command({ type: "remove", seat: seatId })) await freshLink();
    },
    async takeLink() {
      const { parting } = store.get();
      if (!parting?.lead) return;
      const links = parting.lead.handed && (await access?.take(parting.lead.handed));
      store.set({
        links: links || null,
        parting: { ...parting, lead: { ...parting.lead, answer: links ? "taken" : "lost" } },
      });
    },
    openAgain: () => openAgain().catch(() => store.set({ refused: "busy" })),
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
      if (!circle) return;
      if (!card) return showOwn(seatOf(circle, me)?.card ?? null);
      if (mayHold(seatOf(circle, me)) && !afterwards(circle)) await checkIn(true);
    },
    async ask() {
      const question = store.get().question.trim();
      await seat.command({ type: "set_prompt", prompt: question ? await words.seal(question, "prompt") : null });
      store.set({ question: "" });
    },
    set: (change) => store.set(change),
    intend(intention) {
      store.set({ intention });
      keep({ intention });
    },
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
