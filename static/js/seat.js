// One's seat, from the door through the circle to the goodbye: what the server tells about it, and what it asks of the server.
import { inCircle, mayHold, seatOf } from "./circle.js";
import { nothingKeyed, nothingShown } from "./screen.js";
import { isNews } from "./store.js";

/** @typedef {ReturnType<typeof import("./connection.js").connect>} Line */
/** @typedef {Omit<import("./connection.js").Handlers, "proof">} Told */

/**
 * @typedef {object} Hooks
 * @property {() => void} seated in the circle, from elsewhere, and with its keys
 * @property {() => void} awaited at the door, where a knock waits for somebody to be there
 * @property {() => void} changed a view or the keys
 * @property {() => void} arrived somebody has come who could not read what was written before
 * @property {(handed: string | null) => void} over with the facilitators' link for the next time, still in its box
 */

const REFUSAL_SHOWN = 6000;
const TWICE = 1000;

/** What the page of goodbye still needs, before all of it is let go. Null for who was not in. Who was sent out is not told when the others meet. @param {import("./screen.js").Screen} screen @param {string} reason @returns {import("./screen.js").Screen["parting"]} */
function partingOf({ view, me, card, checkedIn, terms }, reason) {
  const circle = inCircle(view);
  if (!circle) return null;
  const asked = reason === "closed" && me !== null && circle.next_facilitator === me;
  return {
    card: checkedIn ? card : null,
    next: reason === "removed" ? null : terms.next,
    region: circle.terms.help,
    lead: asked ? { handed: circle.handed !== null, answer: null } : null,
  };
}

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {ReturnType<typeof import("./memory.js").makeMemory>} parts.memory
 * @param {ReturnType<typeof import("./readable.js").makeReader>} parts.reader
 * @param {import("./media/media.js").Media} parts.media
 * @param {Pick<import("./localmedia.js").LocalMedia, "sendWhatMay" | "quietWhereOpened" | "tellDevices" | "stopAll">} parts.local
 * @param {Pick<import("./whispers.js").Whispers, "take" | "seen" | "renew" | "forget">} parts.whispers
 * @param {Pick<import("./keys/types.js").CircleKeys, "see" | "take" | "beat" | "connected">} parts.keys
 * @param {(told: Told) => Line} parts.connect
 * @param {Hooks} parts.on
 */
export function makeSeat({ store, memory, reader, media, local, whispers, keys, connect, on }) {
  /** @type {Line} */
  let line;
  let greeted = false;
  let settled = false;
  /** Somebody has come since one's own words were sealed last. */
  let arrived = false;
  let refusalTimer = 0;
  let done = { text: "", at: 0 };
  /** @type {import("./memory.js").Kept | null} what this tab kept, for who comes back to the door */
  let spent = null;

  /** @param {string} code */
  function showRefusal(code) {
    store.set({ refused: code });
    clearTimeout(refusalTimer);
    refusalTimer = setTimeout(() => store.set({ refused: null }), REFUSAL_SHOWN);
  }

  function startMedia() {
    const { view, me } = store.get();
    const circle = inCircle(view);
    const seat = circle && seatOf(circle, me);
    if (!seat) return;
    media.start(mayHold(seat));
    local.tellDevices();
    local.sendWhatMay();
  }

  /** Whether one's own sound may go out from where one sits: listening and a seat in the circle are two. @param {import("./protocol.js").View | null} view */
  const speaks = (view) => {
    const circle = inCircle(view);
    return circle !== null && mayHold(seatOf(circle, store.get().me));
  };

  /** What was chosen and written at the doorway goes out as soon as it can be sealed. */
  function settleIn() {
    const { at, me, keys: state } = store.get();
    if (settled || at !== "circle" || me === null || !state.sending) return;
    settled = true;
    on.seated();
  }

  /** @param {import("./protocol.js").View} view */
  async function onView(view) {
    const [before, first] = [store.get(), !greeted];
    greeted = true;
    if (!isNews(before.view, view)) return;
    await keys.see(view);
    const shown = await reader.read(view, before.me);
    // A newer one may have been opened sooner.
    if (!isNews(store.get().view, view)) return;
    const at = view.at === "door" ? "doorway" : view.at;
    if (first && at === "doorway") standAtDoor();
    store.set({ view, ...shown, at, busy: false, clock: view.now * 1000 - Date.now() });
    whispers.seen();
    local.quietWhereOpened(before.view);
    const arrives = at === "circle" && before.at !== "circle";
    if (arrives || speaks(before.view) !== speaks(view)) startMedia();
    local.sendWhatMay();
    if (at !== "circle") settled = false;
    settleIn();
    on.changed();
    if (at === "doorway" && store.get().awaits) on.awaited();
  }

  /** What was written under other keys is written again, for who could not read it. @param {import("./keys/types.js").KeyState} state */
  function writeUnder(state) {
    whispers.renew();
    if (!arrived || state.sending !== state.epoch) return;
    arrived = false;
    on.arrived();
  }

  /** What could not be read before may be read by other keys. @param {import("./keys/types.js").KeyState} state */
  async function onKeys(state) {
    const { epoch, sending, passages } = store.get().keys;
    const came = state.passages.some((one) => one.what !== "went" && !passages.includes(one));
    arrived ||= came;
    store.set({ keys: state });
    local.sendWhatMay();
    on.changed();
    settleIn();
    if (state.sending && state.sending !== sending) writeUnder(state);
    const { view, me } = store.get();
    if (!view || state.epoch === epoch) return;
    const shown = await reader.read(view, me);
    if (store.get().view === view) store.set(shown);
  }

  /** The seat that one had is free; its token shows that one was in, should it be late. */
  function standAtDoor() {
    const { seat, token } = memory.read();
    if (seat) memory.keep({ seat: null });
    store.set({ me: null, returning: Boolean(token) });
  }

  /** @param {string} reason @param {"ended" | "broken"} at */
  function finish(reason, at) {
    const before = store.get();
    const parting = partingOf(before, reason);
    spent = memory.read();
    settled = false;
    media.stop();
    local.stopAll();
    memory.forget();
    whispers.forget();
    on.over(inCircle(before.view)?.handed ?? null);
    const nothing = { ...nothingKeyed(), ...nothingShown() };
    store.set({ at, ended: reason, parting, refused: null, view: null, pictures: {}, card: null, ...nothing });
  }

  /** @param {string} code */
  function onRefused(code) {
    if (!memory.read().token) return finish(code, "broken");
    // The seat is gone, the link is not: back to the door.
    memory.keep({ seat: null, token: null });
    store.set({ me: null, view: null });
    whispers.forget();
    return begin();
  }

  /** @param {import("./connection.js").Connection} connection */
  function onState(connection) {
    const back = connection === "connected" && store.get().connection === "lost";
    greeted = false;
    store.set({ connection });
    if (connection !== "connected") media.lost();
    else if (back) startMedia();
    if (connection === "connected") keys.connected();
  }

  function begin() {
    store.set({ me: memory.read().seat });
    line = connect({
      onView,
      onMedia: (message) => media.take(message),
      onWhisper: (told) => (told.type === "beat" ? keys.beat(told.by, told.beat) : whispers.take(told)),
      onKeys: (message) => keys.take(message),
      onEnded: (reason) => finish(reason, "ended"),
      onRefused,
      onState,
    });
  }

  return {
    begin,
    again: () => line.again(),
    onKeys,
    /** To another window: what it needs to sit here in place of this one. */
    handOver() {
      const kept = memory.read();
      line.finish();
      finish("elsewhere", "ended");
      return kept;
    },
    /** @param {string} code of a refusal of this page's own */
    refuse: showRefusal,
    /** After a goodbye: what brings one back to the door, as somebody who was in. */
    comeBack: () => spent && memory.keep({ ...spent, seat: null, resume: "", intention: "", said: null }),
    /** @param {string} event @param {object} data */
    send: (event, data) => line.send(event, data),
    /** @param {import("./protocol.js").Command} command @returns {Promise<boolean>} whether it was done */
    async command(command) {
      const text = JSON.stringify(command);
      const answer = await line.send("command", command);
      if (answer.ok) done = { text, at: Date.now() };
      // The second press of a double click finds everything done, which is no fault of anyone's.
      else if (text !== done.text || Date.now() - done.at > TWICE) showRefusal(answer.refused ?? "internal");
      return Boolean(answer.ok);
    },
    /** @param {import("./protocol.js").Whisper} whisper @param {boolean} shown whether its refusal is @returns {Promise<string | null>} the refusal */
    async whisper(whisper, shown) {
      const { refused } = await line.send("whisper", whisper);
      if (refused && shown) showRefusal(refused);
      return refused ?? null;
    },
    /** A knock, or an entry: its answer is a seat. @param {import("./protocol.js").Command} command */
    async take(command) {
      store.set({ busy: true });
      const answer = await line.send("command", command);
      if (answer.refused) {
        store.set({ busy: false });
        showRefusal(answer.refused);
        return;
      }
      memory.keep({ seat: answer.seat, token: answer.token });
      store.set({ me: answer.seat });
      // The view may have come before the answer.
      const { view } = store.get();
      if (view) await keys.see(view);
      settleIn();
      if (store.get().at === "circle") startMedia();
      else media.warm();
    },
  };
}

/** @typedef {ReturnType<typeof makeSeat>} Seat */
