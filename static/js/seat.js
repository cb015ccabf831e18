// One's seat, from the door through the circle to the goodbye: what the server tells about it, and what it asks of the server.
import { inCircle, mayHold, seatOf } from "./circle.js";
import { nothingShown } from "./screen.js";
import { isNews } from "./store.js";

/** @typedef {ReturnType<typeof import("./connection.js").connect>} Line */
/** @typedef {Omit<import("./connection.js").Handlers, "proof">} Told */

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
    lead: asked ? { handed: circle.handed, answer: null } : null,
  };
}

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {ReturnType<typeof import("./memory.js").makeMemory>} parts.memory
 * @param {ReturnType<typeof import("./readable.js").makeReader>} parts.reader
 * @param {import("./media/media.js").Media} parts.media
 * @param {Pick<import("./localmedia.js").LocalMedia, "sendWhatMay" | "quietWhereOpened" | "tellDevices" | "stopAll">} parts.local
 * @param {Pick<import("./whispers.js").Whispers, "take" | "seen" | "forget">} parts.whispers
 * @param {(told: Told) => Line} parts.connect
 * @param {() => void} parts.onSeated in the circle, from elsewhere
 */
export function makeSeat({ store, memory, reader, media, local, whispers, connect, onSeated }) {
  /** @type {Line} */
  let line;
  let greeted = false;
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

  /** @param {import("./protocol.js").View} view */
  async function onView(view) {
    const [before, first] = [store.get(), !greeted];
    greeted = true;
    if (!isNews(before.view, view)) return;
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
    if (arrives) onSeated();
  }

  /** The seat that one had is free; its token shows that one was in, should it be late. */
  function standAtDoor() {
    const { seat, token } = memory.read();
    if (seat) memory.keep({ seat: null });
    store.set({ me: null, returning: Boolean(token) });
  }

  /** @param {string} reason @param {"ended" | "broken"} at */
  function finish(reason, at) {
    const parting = partingOf(store.get(), reason);
    spent = memory.read();
    media.stop();
    local.stopAll();
    memory.forget();
    whispers.forget();
    store.set({ at, ended: reason, parting, refused: null, view: null, pictures: {}, card: null, ...nothingShown() });
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
  }

  function begin() {
    store.set({ me: memory.read().seat });
    line = connect({
      onView,
      onMedia: (message) => media.take(message),
      onWhisper: (told) => whispers.take(told),
      onEnded: (reason) => finish(reason, "ended"),
      onRefused,
      onState,
    });
  }

  return {
    begin,
    again: () => line.again(),
    /** After a goodbye: what brings one back to the door, as somebody who was in. */
    comeBack: () => spent && memory.keep({ ...spent, seat: null, intention: "" }),
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
      startMedia();
    },
  };
}

/** @typedef {ReturnType<typeof makeSeat>} Seat */
