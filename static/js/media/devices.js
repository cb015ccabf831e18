// Camera and microphone. Asked for only after a press, both in one prompt; whatever goes wrong is one of four words, never a wall.

/** @typedef {"microphone" | "camera"} Kind */
/** @typedef {"denied" | "missing" | "busy" | "other"} Trouble */

const WHICH = { microphone: "audioinput", camera: "videoinput" };
const TROUBLES = /** @type {Record<string, Trouble>} */ ({
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
});

/** @param {unknown} error @returns {Trouble} */
export const troubleOf = (error) => TROUBLES[error instanceof Error ? error.name : ""] ?? "other";

/** @param {Kind} kind @param {string | null} id exactly this one: Chromium takes the system's own, whatever is merely preferred */
const wanted = (kind, id) => ({
  ...(id ? { deviceId: { exact: id } } : {}),
  ...(kind === "microphone"
    ? { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: { ideal: 1 } }
    : { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 25 } }),
});

/** @param {Kind[]} kinds @param {Record<Kind, string | null>} chosen */
const constraints = (kinds, chosen) => ({
  audio: kinds.includes("microphone") && wanted("microphone", chosen.microphone),
  video: kinds.includes("camera") && wanted("camera", chosen.camera),
});

/** @param {() => void} onChange called when a track ends by itself or devices come and go */
export function makeDevices(onChange) {
  /** @type {Record<Kind, MediaStreamTrack | null>} */
  const tracks = { microphone: null, camera: null };
  /** @type {Record<Kind, string | null>} */
  const chosen = { microphone: null, camera: null };
  const latest = { microphone: 0, camera: 0 };
  let asked = false;

  /** @param {Kind} kind */
  const stop = (kind) => {
    latest[kind] += 1;
    tracks[kind]?.stop();
    tracks[kind] = null;
  };

  /** @param {MediaStream} stream @param {Kind[]} kept */
  const take = (stream, kept) => {
    for (const track of stream.getTracks()) {
      const kind = track.kind === "audio" ? "microphone" : "camera";
      if (!kept.includes(kind)) {
        track.stop();
        continue;
      }
      if (kind === "microphone") track.contentHint = "speech";
      tracks[kind] = track;
      track.addEventListener("ended", () => {
        if (tracks[kind] !== track) return;
        tracks[kind] = null;
        onChange();
      });
    }
  };

  /** What was chosen, or whichever there is if that is gone. @param {Kind[]} kinds */
  const ask = async (kinds) => {
    try {
      return await navigator.mediaDevices.getUserMedia(constraints(kinds, chosen));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "OverconstrainedError") throw error;
      for (const kind of kinds) chosen[kind] = null;
      return navigator.mediaDevices.getUserMedia(constraints(kinds, chosen));
    }
  };

  /** Opens one kind. The first time both are asked for, so that there is one prompt. @param {Kind} kind @returns {Promise<Trouble | null>} */
  async function open(kind) {
    // Stopped before it is opened again: some systems give a device to one track at a time.
    stop(kind);
    const mine = latest[kind];
    const both = /** @type {Kind[]} */ (["microphone", "camera"]);
    const tries = asked ? [[kind]] : [both, [kind]];
    asked = true;
    for (const kinds of tries) {
      try {
        const stream = await ask(kinds);
        // Switched off, or asked for anew, while the browser was asking: no light stays on that nobody wants.
        take(stream, mine === latest[kind] ? [kind] : []);
        return null;
      } catch (error) {
        const trouble = troubleOf(error);
        if (kinds.length === 1 || trouble === "denied") return trouble;
      }
    }
    return "other";
  }

  navigator.mediaDevices?.addEventListener("devicechange", onChange);
  return {
    tracks,
    stop,
    open,
    stopAll: () => {
      stop("microphone");
      stop("camera");
    },
    /** @param {Kind} kind @param {string} id */
    choose: (kind, id) => {
      chosen[kind] = id || null;
    },
    /** The devices there are; their names are empty until the person has allowed one. */
    async list() {
      const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
      /** @param {Kind} kind */
      const of = (kind) =>
        all
          .filter((one) => one.kind === WHICH[kind] && one.deviceId && one.label)
          .map((one) => ({ id: one.deviceId, label: one.label }));
      /** @param {Kind} kind */
      const used = (kind) => chosen[kind] ?? tracks[kind]?.getSettings().deviceId ?? null;
      return {
        microphones: of("microphone"),
        cameras: of("camera"),
        microphone: used("microphone"),
        camera: used("camera"),
      };
    },
  };
}

/** @typedef {ReturnType<typeof makeDevices>} DevicesOf */
