// What is said without a voice, sent and received. Kept in memory, and only while it may be shown. No DOM.
import { nowOf } from "./agenda.js";
import { holder, inCircle, leads } from "./circle.js";
import { nothingWhispered } from "./screen.js";

/** @typedef {import("./protocol.js").Whisper} Whisper */
/** @typedef {import("./protocol.js").Whispered} Whispered */
/** @typedef {import("./screen.js").Screen} Screen */
/** @typedef {Screen["whispered"]} Kept */

const MOST = { writings: 20, lines: 20, notes: 50, reactions: 24 };
const REACTION_SHOWN = 5;
// A line that came just before a step is still to be read in it.
const LINGERS = 60;
const BETWEEN_DRAFTS = 1200;
const NOTHING = { turn: -1, text: "" };
const NO_KEYS = "no_keys";
const MOST_KNOWN = 400;

/** @param {number} milliseconds */
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {Pick<import("./keys/types.js").CircleKeys, "sealOwn" | "openOwn">} parts.keys
 * @param {(whisper: Whisper, shown: boolean) => Promise<string | null>} parts.tell the code of its refusal, which is shown if so asked
 * @param {(code: string) => void} parts.refuse shows a refusal of this page's own
 * @param {() => boolean} parts.hidden whether nobody looks at the page
 */
export function makeWhispers({ store, keys, tell, refuse, hidden }) {
  let count = 0;
  /** @type {Promise<void>} */
  let taking = Promise.resolve();
  let wanted = NOTHING;
  let passed = NOTHING;
  let flowing = false;
  /** @type {Set<string>} */
  let here = new Set();
  /** What has come, sealed: nobody seals the same twice alike, so that the same again is the server's. @type {Set<string>} */
  const known = new Set();

  /** @param {Partial<Kept>} change */
  const keep = (change) => store.set({ whispered: { ...store.get().whispered, ...change } });

  /** @param {Partial<Screen["saying"]>} change */
  const write = (change) => store.set({ saying: { ...store.get().saying, ...change } });

  /** @param {"writings" | "lines" | "notes" | "reactions"} where @param {any} one */
  function add(where, one) {
    count += 1;
    keep({ [where]: [...store.get().whispered[where], { ...one, id: count }].slice(-MOST[where]) });
  }

  /** @type {Record<string, (one: any) => void>} */
  const receive = {
    share(one) {
      const circle = inCircle(store.get().view);
      // The view of a newer turn may still be on its way; that of an older one is not.
      if (circle && one.turn >= circle.turn) keep({ share: one.text ? one : null });
    },
    reaction(one) {
      if (!hidden() && nowOf(store.get()) - one.at < REACTION_SHOWN) add("reactions", one);
    },
    writing: (one) => one.text && add("writings", one),
    line: (one) => one.text && add("lines", one),
    note: (one) => one.text && add("notes", one),
  };

  /** @param {Whispered} told */
  async function open(told) {
    if (told.type === "reaction") return receive.reaction(told);
    if (told.type === "beat" || !Object.hasOwn(receive, told.type)) return;
    const about = told.type === "share" ? [told.by, told.turn] : [told.by];
    const text = await keys.openOwn(told.by, told.text, told.type, ...about);
    if (text === null || known.has(told.text)) return;
    if (known.size > MOST_KNOWN) known.clear();
    known.add(told.text);
    receive[told.type]({ ...told, text });
  }

  /** What is written by now goes out, never faster than it can be read; of many drafts the latest one. */
  async function flow() {
    if (flowing) return;
    flowing = true;
    while (wanted !== passed && wanted.turn === inCircle(store.get().view)?.turn) {
      const { turn, text } = wanted;
      const sending = wanted;
      const sealed = await keys.sealOwn(text, "share", store.get().me ?? "", turn);
      // Without keys it waits for the next ones.
      if (!sealed) break;
      const refused = await tell({ type: "share", turn, text: sealed }, false);
      if (!refused) passed = sending;
      else if (refused !== "busy") break;
      await pause(BETWEEN_DRAFTS);
    }
    flowing = false;
  }

  /** What belongs to this view of what was kept. @param {import("./protocol.js").CircleView} circle */
  function clear(circle) {
    const { share, writings, lines, notes } = store.get().whispered;
    const reads = leads(circle, store.get().me);
    keep({
      share: share && share.turn >= circle.turn ? share : null,
      writings: writings.filter((one) => one.at >= circle.step_since),
      lines: reads ? lines.filter((one) => one.at >= circle.step_since - LINGERS) : [],
      notes: reads ? notes : [],
    });
    if (wanted === NOTHING || wanted.turn === circle.turn) return;
    wanted = passed = NOTHING;
    write({ share: "" });
  }

  function forget() {
    wanted = passed = NOTHING;
    here = new Set();
    store.set(nothingWhispered());
  }

  return {
    /** One after the other, as they came. @param {Whispered} told */
    take(told) {
      taking = taking.then(() => open(told));
      return taking;
    },

    /** A new view is there. */
    seen() {
      const circle = inCircle(store.get().view);
      if (!circle) return forget();
      clear(circle);
      const before = here;
      here = new Set(circle.seats.filter((seat) => seat.present).map((seat) => seat.id));
      // Nobody keeps it for who comes or comes back meanwhile: it is said to them again.
      if ([...here].some((id) => !before.has(id))) passed = NOTHING;
      return flow();
    },

    /** Reactions do not stay. */
    fade() {
      const { reactions } = store.get().whispered;
      const fresh = reactions.filter((one) => nowOf(store.get()) - one.at < REACTION_SHOWN);
      if (fresh.length < reactions.length) keep({ reactions: fresh });
    },

    /** Other keys are there: who has come could not read what was written before. */
    renew() {
      passed = NOTHING;
      return flow();
    },

    forget,

    /** Instead of speaking: all that is written by now, drawn or not; or nothing any more. @param {""} [taken] */
    share(taken) {
      const { view, me, saying } = store.get();
      const circle = inCircle(view);
      const text = taken ?? saying.share;
      if (!circle || holder(circle) !== me || (!text.trim() && taken === undefined)) return;
      wanted = { turn: circle.turn, text };
      return flow();
    },

    /** @param {import("./protocol.js").Reaction["reaction"]} reaction */
    async react(reaction) {
      await tell({ type: "reaction", reaction }, true);
    },

    /** What was drafted; it is there again if it could not be sent. @param {"writing" | "line" | "note"} type */
    async say(type) {
      const text = store.get().saying[type];
      if (!text.trim()) return;
      write({ [type]: "" });
      const sealed = await keys.sealOwn(text, type, store.get().me ?? "");
      const refused = sealed ? await tell({ type, text: sealed }, true) : NO_KEYS;
      if (!sealed) refuse(NO_KEYS);
      if (type === "note") store.set({ told: !refused });
      if (refused && !store.get().saying[type]) write({ [type]: text });
    },

    /** A note has been read. @param {number} id */
    putAway: (id) => keep({ notes: store.get().whispered.notes.filter((one) => one.id !== id) }),
  };
}

/** @typedef {ReturnType<typeof makeWhispers>} Whispers */
