// Both connections of a seat, and their keeper: starts them, rebuilds only what is broken, stops all while the server is out of reach.
import { makeKeeper } from "./keeper.js";
import { publish } from "./publisher.js";
import { subscribe } from "./subscriber.js";

const GRACE = 2000;
const SILENT = 10_000;

/**
 * @typedef {object} Wish
 * @property {MediaStreamTrack | null} sound
 * @property {MediaStreamTrack | null} picture
 * @property {boolean} focus whether one's picture is the sharp one
 */

/**
 * @param {import("./publisher.js").Signal} signal
 * @param {import("./frames.js").Frames} frames
 * @param {object} told
 * @param {(pictures: Record<string, MediaStream>) => void} told.onPictures
 * @param {(state: "ok" | "tap" | "trouble") => void} told.onHearing
 */
export function makeMedia(signal, frames, told) {
  /** @type {Wish} */
  let wish = { sound: null, picture: null, focus: false };
  let publishes = false;
  let running = false;
  let grace = 0;
  /** @type {{ seat: string, frames: number, since: number, tries: number } | null} */
  let watched = null;

  const out = makeKeeper(
    (again) => publish(signal, frames, again),
    () => apply(),
  );
  const into = makeKeeper(
    (again) =>
      subscribe(signal, frames, {
        onPictures: told.onPictures,
        onBlocked: () => told.onHearing("tap"),
        onBroken: again,
      }),
    async (subscriber, again) => {
      const answer = await signal({ type: "subscribe" });
      if (answer.refused) again();
      else if (into.now() === subscriber) told.onHearing("ok");
    },
  );

  const apply = () => {
    out.now()?.fill(wish.sound, wish.picture);
    out.now()?.focus(wish.focus);
  };

  const startOut = () => running && publishes && out.start();
  const startIn = () => running && into.start();

  const stop = () => {
    running = false;
    clearTimeout(grace);
    out.stop();
    into.stop();
  };

  return {
    /** For who waits at the door: what a browser makes with its first connection is there when they sit down. */
    warm() {
      const first = new RTCPeerConnection();
      first.addTransceiver("video");
      first.createOffer().finally(() => first.close());
    },
    /** Begin, or begin again after the line was lost: the server has let go of both. @param {boolean} alsoPublish */
    start(alsoPublish) {
      stop();
      running = true;
      publishes = alsoPublish;
      startIn();
      startOut();
    },
    stop,
    /** The line is lost: after a short grace nothing is sent or heard. */
    lost() {
      clearTimeout(grace);
      grace = setTimeout(stop, GRACE);
    },
    /** @param {Wish} next */
    wish(next) {
      wish = next;
      apply();
    },
    /** @param {any} message */
    take(message) {
      if (message.type === "offer") into.now()?.take(message);
      else if (message.type === "lost") (message.side === "publish" ? startOut : startIn)();
    },
    play: async () => {
      await into.now()?.play();
      told.onHearing("ok");
    },
    /** Levels by seat; and a look whether whoever should be heard is. @param {string | null} expected a seat with an open microphone */
    async look(expected) {
      const sounding = (await into.now()?.sounding()) ?? {};
      const heard = expected ? (sounding[expected]?.frames ?? 0) : 0;
      if (!expected || watched?.seat !== expected || heard > watched.frames) {
        if (watched?.tries && heard > watched.frames) told.onHearing("ok");
        watched = expected ? { seat: expected, frames: heard, since: Date.now(), tries: 0 } : null;
      } else if (Date.now() - watched.since > SILENT) {
        watched = { ...watched, since: Date.now(), tries: watched.tries + 1 };
        told.onHearing("trouble");
        if (watched.tries <= 2) startIn();
      }
      return sounding;
    },
  };
}

/** @typedef {ReturnType<typeof makeMedia>} Media */
