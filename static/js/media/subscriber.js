// The others' sound and pictures, coming in. The server offers, one offer at a time; sound plays through audio elements, never through a mixer.
// A track is shown or played only after its first frame was opened by the key of the seat that it is said to be.
import { ENCRYPTED } from "./frames.js";
import { reduce } from "./sdp.js";
import { makeWatchdog } from "./watchdog.js";

/** @typedef {{ offer: number, sdp: string, tracks: Record<string, { seat: string, kind: "audio" | "video" }> }} Offer */
/** @typedef {{ seat: string | null, kind: string, bound: import("./frames.js").Bound, sound: HTMLAudioElement | null }} Line */

/**
 * @typedef {object} Heard
 * @property {(pictures: Record<string, MediaStream>) => void} onPictures
 * @property {() => void} onBlocked the browser wants a tap before it plays
 * @property {() => void} onBroken
 */

const LOOK = 1000;

/** @param {import("./publisher.js").Signal} signal @param {import("./frames.js").Frames} frames @param {Heard} heard */
export function subscribe(signal, frames, heard) {
  const pc = new RTCPeerConnection(ENCRYPTED);
  /** @type {Record<string, MediaStream>} */
  let pictures = {};
  /** @type {Map<string, Line>} by mid */
  const lines = new Map();
  /** @type {Offer["tracks"]} */
  let tracks = {};
  let last = Promise.resolve();

  /** @param {string} mid */
  const drop = (mid) => {
    const line = lines.get(mid);
    if (!line) return;
    if (line.sound) line.sound.srcObject = null;
    frames.release(line.bound);
    lines.delete(mid);
  };

  const forgetTheGone = () => {
    for (const [mid, { seat }] of lines) if (tracks[mid]?.seat !== seat) drop(mid);
    const shown = new Set([...lines.values()].map(({ seat, kind }) => (kind === "video" ? seat : "")));
    pictures = Object.fromEntries(Object.entries(pictures).filter(([seat]) => shown.has(seat)));
    heard.onPictures(pictures);
  };

  /** @param {Line} line @param {MediaStreamTrack} track */
  const show = (line, track) => {
    const stream = new MediaStream([track]);
    if (track.kind === "video") {
      pictures = { ...pictures, [line.seat ?? ""]: stream };
      heard.onPictures(pictures);
      return;
    }
    line.sound = new Audio();
    line.sound.srcObject = stream;
    line.sound.play().catch((error) => error.name === "NotAllowedError" && heard.onBlocked());
  };

  // All of it in the task in which the receiver is born: a transform that comes later may be passed by.
  pc.addEventListener("track", ({ track, transceiver: { mid, receiver } }) => {
    const kind = track.kind === "video" ? "video" : "audio";
    const from = tracks[mid ?? ""];
    const seat = from?.kind === kind ? from.seat : null;
    drop(mid ?? "");
    /** @type {Line} */
    const line = { seat, kind, bound: frames.receiver(receiver, seat, kind, () => show(line, track)), sound: null };
    lines.set(mid ?? "", line);
  });
  pc.addEventListener("connectionstatechange", () => pc.connectionState === "failed" && heard.onBroken());

  /** What has come in so far, of each line that there is. */
  const reports = async () =>
    [...(await pc.getStats()).values()].flatMap((report) => {
      const line = report.type === "inbound-rtp" ? lines.get(report.mid) : undefined;
      return line
        ? [{ line, mid: report.mid, packets: report.packetsReceived ?? 0, level: report.audioLevel ?? 0 }]
        : [];
    });

  const passedBy = makeWatchdog();
  const watch = setInterval(async () => {
    const counted = (await reports()).map(({ line, mid, packets }) => ({ mid, packets, reached: line.bound.reached }));
    if (!passedBy(counted)) return;
    close();
    heard.onBroken();
  }, LOOK);

  const close = () => {
    clearInterval(watch);
    for (const mid of [...lines.keys()]) drop(mid);
    pc.close();
    heard.onPictures({});
  };

  /** @param {Offer} offer */
  const answer = async (offer) => {
    tracks = offer.tracks;
    await pc.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    await pc.setLocalDescription();
    await signal({ type: "answer", offer: offer.offer, sdp: reduce(pc.localDescription?.sdp ?? "") });
    forgetTheGone();
  };

  return {
    pc,
    /** @param {Offer} offer */
    take: (offer) => {
      last = last.then(() => answer(offer)).catch(() => heard.onBroken());
      return last;
    },
    /** After a tap: everything may play. */
    play: () => Promise.all([...lines.values()].map(({ sound }) => sound?.play())),
    /** Frames of sound that could be opened, by seat, and the level, for the screen and the watch. */
    async sounding() {
      /** @type {Record<string, { frames: number, level: number }>} */
      const found = {};
      for (const { line, level } of await reports()) {
        if (line.seat && line.kind === "audio") found[line.seat] = { frames: line.bound.opened, level };
      }
      return found;
    },
    close,
  };
}

/** @typedef {ReturnType<typeof subscribe>} Subscriber */
