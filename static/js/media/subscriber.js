// The others' sound and pictures, coming in. The server offers, one offer at a time; sound plays through audio elements, never through a mixer.
import { reduce } from "./sdp.js";

/** @typedef {{ offer: number, sdp: string, tracks: Record<string, { seat: string, kind: "audio" | "video" }> }} Offer */

/**
 * @typedef {object} Heard
 * @property {(pictures: Record<string, MediaStream>) => void} onPictures
 * @property {() => void} onBlocked the browser wants a tap before it plays
 * @property {() => void} onBroken
 */

/** @param {import("./publisher.js").Signal} signal @param {Heard} heard */
export function subscribe(signal, heard) {
  const pc = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  /** @type {Record<string, MediaStream>} */
  let pictures = {};
  /** @type {Map<string, { seat: string, sound: HTMLAudioElement }>} by mid */
  const sounds = new Map();
  /** @type {Offer["tracks"]} */
  let tracks = {};
  let last = Promise.resolve();

  /** @param {string} mid */
  const silence = (mid) => {
    const known = sounds.get(mid);
    if (known) known.sound.srcObject = null;
    sounds.delete(mid);
  };

  const forgetTheGone = () => {
    for (const mid of [...sounds.keys()]) if (!tracks[mid]) silence(mid);
    const shown = new Set(Object.values(tracks).map((track) => (track.kind === "video" ? track.seat : "")));
    pictures = Object.fromEntries(Object.entries(pictures).filter(([seat]) => shown.has(seat)));
    heard.onPictures(pictures);
  };

  pc.addEventListener("track", ({ track, transceiver }) => {
    const mid = transceiver.mid ?? "";
    const from = tracks[mid];
    if (!from) return;
    const stream = new MediaStream([track]);
    if (track.kind === "video") {
      pictures = { ...pictures, [from.seat]: stream };
      return;
    }
    const sound = new Audio();
    sound.srcObject = stream;
    sounds.set(mid, { seat: from.seat, sound });
    sound.play().catch((error) => error.name === "NotAllowedError" && heard.onBlocked());
  });
  pc.addEventListener("connectionstatechange", () => pc.connectionState === "failed" && heard.onBroken());

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
    play: () => Promise.all([...sounds.values()].map(({ sound }) => sound.play())),
    /** Sound counts by seat, for the level and the watch. */
    async sounding() {
      /** @type {Record<string, { packets: number, level: number }>} */
      const found = {};
      for (const report of (await pc.getStats()).values()) {
        const from = report.type === "inbound-rtp" && report.kind === "audio" ? tracks[report.mid] : undefined;
        if (from) found[from.seat] = { packets: report.packetsReceived ?? 0, level: report.audioLevel ?? 0 };
      }
      return found;
    },
    close: () => {
      for (const mid of [...sounds.keys()]) silence(mid);
      pc.close();
      heard.onPictures({});
    },
  };
}

/** @typedef {ReturnType<typeof subscribe>} Subscriber */
