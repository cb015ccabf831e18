// One's own sound and picture, going out. The transceivers stand from the start and are filled later; without the stick nothing is sent.
import { ENCRYPTED } from "./frames.js";
import { reduce } from "./sdp.js";

/** @typedef {(message: object) => Promise<{ refused?: string, sdp?: string }>} Signal */

const SMALL = { maxBitrate: 80_000, scaleResolutionDownBy: 4, maxFramerate: 10 };
const SHARP = { maxBitrate: 600_000, scaleResolutionDownBy: 1, maxFramerate: 25 };

/** @param {Signal} signal @param {import("./frames.js").Frames} frames @param {() => void} onBroken */
export async function publish(signal, frames, onBroken) {
  const pc = new RTCPeerConnection(ENCRYPTED);
  const audio = pc.addTransceiver("audio", { direction: "sendonly" });
  frames.sender(audio.sender, "audio");
  const video = pc.addTransceiver("video", { direction: "sendonly", sendEncodings: [SMALL] });
  frames.sender(video.sender, "video");
  const vp8 = RTCRtpSender.getCapabilities("video")?.codecs.filter((codec) => codec.mimeType === "video/VP8");
  if (vp8?.length) video.setCodecPreferences(vp8);
  let sharp = false;
  let last = Promise.resolve();

  /** One change at a time: parameters read before another change are refused. @param {() => Promise<void>} change */
  const inTurn = (change) => {
    last = last.then(change).catch(() => {});
    return last;
  };

  const applySize = async () => {
    const parameters = video.sender.getParameters();
    if (!parameters.encodings?.length) return;
    Object.assign(parameters.encodings[0], sharp ? SHARP : SMALL);
    // Not in every browser's types yet; without it a picture takes seconds to grow.
    Object.assign(parameters, { degradationPreference: "maintain-resolution" });
    await video.sender.setParameters(parameters);
  };

  pc.addEventListener("connectionstatechange", () => pc.connectionState === "failed" && onBroken());
  try {
    await pc.setLocalDescription();
    const answer = await signal({ type: "publish", sdp: reduce(pc.localDescription?.sdp ?? "") });
    if (!answer.sdp) throw new Error("refused");
    await pc.setRemoteDescription({ type: "answer", sdp: answer.sdp });
    await inTurn(applySize);
  } catch (error) {
    pc.close();
    throw error;
  }

  return {
    pc,
    /** What goes out now; null: nothing of that kind. @param {MediaStreamTrack | null} sound @param {MediaStreamTrack | null} picture */
    fill: (sound, picture) =>
      inTurn(async () => {
        if (audio.sender.track !== sound) await audio.sender.replaceTrack(sound);
        if (video.sender.track !== picture) await video.sender.replaceTrack(picture);
      }),
    /** The holder's picture is sharp, all others are small. @param {boolean} on */
    focus: (on) => {
      if (on === sharp) return;
      sharp = on;
      inTurn(applySize);
    },
    close: () => pc.close(),
  };
}

/** @typedef {Awaited<ReturnType<typeof publish>>} Publisher */
