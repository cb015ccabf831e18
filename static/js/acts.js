// What a press does. Nothing is shown moved before the server says so, and nothing goes out that could not be sealed.
import { checkInActs } from "./acts/check_in.js";
import { doorActs } from "./acts/door.js";
import { afterwards, inCircle, mayHold, seatOf } from "./circle.js";

const COPIED_SHOWN = 6000;

/** @typedef {<Text>(sealing: Promise<Text | null>) => Promise<Text | null>} Sealed says so where there are no keys to seal by */

/**
 * @typedef {object} Parts
 * @property {import("./store.js").Store} store
 * @property {import("./seat.js").Seat} seat
 * @property {import("./localmedia.js").LocalMedia} local
 * @property {import("./media/media.js").Media} media
 * @property {import("./keys/types.js").CircleKeys} keys
 * @property {import("./whispers.js").Whispers} whispers
 * @property {(text: string) => Promise<void>} copy
 * @property {import("./access.js").Access} access
 * @property {(change: Partial<import("./memory.js").Kept>) => void} keep through a reload
 * @property {() => import("./memory.js").Kept} kept
 * @property {() => Promise<import("./keys/links.js").Link | null>} handed the facilitators' link for the next time, if it could be opened
 * @property {() => void} comeBack to the door, by the link that this page was opened with
 * @property {() => Promise<void>} openAgain throws where the server does not want it
 * @property {() => Promise<void>} moveHere
 */

/** @param {Parts} parts @returns {import("./screen.js").Act} */
export function makeActs(parts) {
  const { store, seat, local, media, keys, whispers, copy, comeBack, openAgain, moveHere } = parts;

  /** @type {Sealed} */
  const sealed = async (sealing) => {
    const text = await sealing;
    if (text === null) seat.refuse("no_keys");
    return text;
  };

  const { showOwn, ...checking } = checkInActs(parts, sealed);

  /** @typedef {ReturnType<typeof import("./acts/holding.js").holdingActs>} Holding */
  /** @type {Promise<Holding> | null} */
  let holding = null;
  const fetched = () => {
    holding ??= import("./acts/holding.js").then(({ holdingActs }) => holdingActs(parts, sealed));
    return holding;
  };
  /** @template {Exclude<keyof Holding, "handAgain">} Name @param {Name} name @returns {(id?: any) => Promise<any>} */
  const held = (name) => async (id) => {
    const acts = await fetched().catch(() => null);
    if (acts) return /** @type {(id: any) => Promise<any>} */ (acts[name])(id);
    holding = null;
    seat.refuse("internal");
  };

  /** A list of one's own goes with its titles sealed. */
  async function chooseAgenda() {
    const { kind, steps } = store.get();
    if (!kind) return;
    const seal = async (/** @type {import("./screen.js").OwnStep} */ { script, ...step }) =>
      step.title ? { ...step, title: await keys.sealRoom(step.title, "title") } : step;
    const agenda = kind === "own" ? await Promise.all(steps.map(seal)) : kind;
    if (!(await seat.command({ type: "set_agenda", agenda })) || kind !== "own") return;
    for (const [step, { script }] of steps.entries()) {
      const words = script?.trim() ? await sealed(keys.sealRoom(script, "script")) : null;
      if (words) await seat.command({ type: "set_script", step, script: words });
    }
  }

  /** The group's own words go sealed for who has the link; an empty text is none. */
  async function settle() {
    const { settling, view } = store.get();
    if (!settling || !view) return;
    const terms = { ...view.terms, ...settling.terms };
    const { agreements, limits, next } = settling.texts;
    const seal = async (/** @type {string} */ text, /** @type {"agreements" | "settings" | "title"} */ kind) =>
      text.trim() ? keys.sealDoor(text, kind) : null;
    if (agreements !== undefined) terms.agreements = await seal(agreements, "agreements");
    if (limits !== undefined) terms.limits_words = await seal(limits, "settings");
    if (next !== undefined) terms.next_date = await seal(next, "title");
    await seat.command({ type: "set_terms", terms });
    store.set({ settling: null });
  }

  return {
    ...checking,
    ...doorActs(parts, sealed),
    freshLink: held("freshLink"),
    nameNext: held("nameNext"),
    offerLead: held("offerLead"),
    acceptLead: held("acceptLead"),
    removeForGood: held("removeForGood"),
    takeLink: held("takeLink"),
    letIn: held("letIn"),
    vouch: held("vouch"),
    askKnock: held("askKnock"),
    // Nothing is in a box that nobody has pressed for.
    handAgain: async () => (await holding)?.handAgain(),
    chooseAgenda,
    settle,
    draft(terms, texts) {
      const { settling } = store.get();
      store.set({ settling: { terms: { ...settling?.terms, ...terms }, texts: { ...settling?.texts, ...texts } } });
    },
    openAgain: () => openAgain().catch(() => store.set({ refused: "busy" })),
    async stepBack() {
      for (const kind of /** @type {const} */ (["microphone", "camera"])) await local.switchDevice(kind, false);
      await seat.command({ type: "step_back" });
    },
    /** What was chosen and written at the doorway comes along. */
    async seated() {
      const { fresh, kind, card, view, me } = store.get();
      const circle = inCircle(view);
      store.set({ fresh: false });
      if (fresh) await settle();
      if (fresh && kind && kind !== "free") await chooseAgenda();
      const own = circle && seatOf(circle, me);
      if (!circle || !own) return;
      if (!card && own.card) return showOwn(own.card);
      if (card && mayHold(own) && !afterwards(circle)) await checking.checkIn(true);
    },
    async ask() {
      const question = store.get().question.trim();
      const prompt = question ? await sealed(keys.sealRoom(question, "prompt")) : null;
      if (question && !prompt) return;
      await seat.command({ type: "set_prompt", prompt });
      store.set({ question: "" });
    },
    set: (change) => store.set(change),
    intend(intention) {
      store.set({ intention });
      parts.keep({ intention });
    },
    switchDevice: local.switchDevice,
    choose: local.choose,
    selfView: (selfView) => local.set({ selfView }),
    command: seat.command,
    share: whispers.share,
    react: whispers.react,
    say: whispers.say,
    putAway: whispers.putAway,
    comeBack,
    moveHere,
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
