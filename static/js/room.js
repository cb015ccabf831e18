// One's seat, put together: link -> keys -> line -> media, and what a press does. The screen is given to it; it draws nothing.
import { makeAccess } from "./access.js";
import { makeActs } from "./acts.js";
import { unpackWords } from "./card.js";
import { audible, inCircle, seatOf } from "./circle.js";
import { challenge, connect } from "./connection.js";
import { makeKeys } from "./keys/keys.js";
import { clean } from "./keys/words.js";
import { makeLocalMedia } from "./localmedia.js";
import { makeDevices } from "./media/devices.js";
import { makeFrames } from "./media/frames.js";
import { measure } from "./media/levels.js";
import { makeMedia } from "./media/media.js";
import { makeReader } from "./readable.js";
import { makeSeat } from "./seat.js";
import { makeWhispers } from "./whispers.js";

/** @typedef {import("./keys/links.js").Link} Link */

/** Does it once, so many seconds later; returns what takes it back. @param {number} seconds @param {() => unknown} act */
function after(seconds, act) {
  const timer = setTimeout(act, seconds * 1000);
  return () => clearTimeout(timer);
}

/**
 * @param {object} parts
 * @param {Link} parts.link
 * @param {Link | null} parts.later the present one, if this tab has learnt of a later one before
 * @param {import("./store.js").Store} parts.store
 * @param {ReturnType<typeof import("./memory.js").makeMemory>} parts.memory
 * @param {string} parts.fragment of the address by which this page was opened
 * @param {() => Promise<void>} parts.moveHere from another window
 * @param {() => void} parts.onOver one sits here no longer
 * @param {() => boolean} parts.hidden whether nobody looks at the page
 * @param {(id: string, level: number) => void} parts.showLevel how loud somebody is, "self" for oneself
 */
export async function makeRoom({ link, later, store, memory, fragment, moveHere, onOver, hidden, showLevel }) {
  const frames = makeFrames(() => store.set({ hearing: "trouble" }));
  const access = makeAccess({ link, later, store, memory, challenge, origin: location.origin });
  const media = makeMedia((message) => seat.send("media", message), frames, {
    onPictures: (pictures) => store.set({ pictures }),
    onHearing: (hearing) => store.set({ hearing }),
  });
  const devices = makeDevices(() => local.show());
  const local = makeLocalMedia({
    store,
    devices,
    media,
    tell: (command) => seat.send("command", command),
    meter: (track) => measure(track, (level) => showLevel("self", level)),
  });
  const keys = await makeKeys({
    link: later ?? link,
    seat: () => store.get().me,
    memory: { read: memory.read, keep: memory.keep },
    send: (event, data) => seat.send(event, data),
    media: frames,
    changed: (state) => seat.onKeys(state),
    // It never leaps, as a clock that is set anew does: a sign of before would seem to be missing.
    now: () => (performance.timeOrigin + performance.now()) / 1000,
    after,
  });
  const whispers = makeWhispers({
    store,
    keys,
    tell: (whisper, shown) => seat.whisper(whisper, shown),
    refuse: (code) => seat.refuse(code),
    hidden,
  });
  /** @type {Promise<void> | null} */
  let safety = null;
  /** @type {Promise<Link | null>} the facilitators' link for the next time */
  let handed = Promise.resolve(null);
  const seat = makeSeat({
    store,
    memory,
    reader: makeReader(keys, (text) => unpackWords(text, (mood) => clean(mood, "name"))),
    media,
    local,
    whispers,
    keys,
    connect: (told) => connect({ ...told, proof: access.proof }),
    on: {
      seated: () => act.seated(),
      awaited: () => act.knock(),
      changed: () => {
        access.follow();
        act.handAgain();
        showSafety();
      },
      arrived: () => act.writeAgain(),
      over: (box) => {
        // Only these keys open it: before they are let go.
        handed = (box ? keys.openLead(box) : Promise.resolve(null)).finally(keys.wipe);
        onOver();
      },
    },
  });
  const act = makeActs({
    store,
    seat,
    local,
    media,
    keys,
    whispers,
    copy: (text) => navigator.clipboard.writeText(text),
    access,
    keep: memory.keep,
    kept: memory.read,
    handed: () => handed,
    comeBack: () => {
      seat.comeBack();
      location.reload();
    },
    openAgain: async () => {
      await access.reopen();
      memory.keep({ fragment });
      location.reload();
    },
    moveHere,
  });

  /** Fetched once one sits; what could not be had is asked for again. */
  function showSafety() {
    if (safety || !store.get().keys.epoch) return;
    safety = keys.safety().then(
      (five) => store.set({ safety: five }),
      () => {
        safety = null;
      },
    );
  }

  /** Whoever should be heard, is: looked at often, and their levels shown. */
  async function lookAtSound() {
    const { view, me } = store.get();
    const circle = inCircle(view);
    if (!circle || hidden()) return;
    const others = audible(circle, me).filter((id) => id !== me && seatOf(circle, id)?.microphone);
    const sounding = await media.look(others[0] ?? null);
    for (const [id, { level }] of Object.entries(sounding)) showLevel(id, level);
  }

  const stop = () => {
    media.stop();
    local.stopAll();
    keys.wipe();
  };

  return {
    act,
    begin() {
      setInterval(lookAtSound, 250);
      setInterval(() => {
        whispers.fade();
        store.set({});
      }, 1000);
      addEventListener("pagehide", stop);
      seat.begin();
    },
    /** At once: no device, no sound, no keys. */
    stop,
    handOver: seat.handOver,
  };
}
