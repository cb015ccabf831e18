// The page's side of encryption: it makes the Worker, puts it between every track and the network, and hands it keys. No frame comes by here.

/** @typedef {import("./framing.js").Kind} Kind */
/** @typedef {import("./keyring.js").Entry} Entry */
/** @typedef {{ id: number, binding: number, reached: number, opened: number, onDecrypted: () => void }} Bound */

/** Both connections are made so: without it a browser may let frames past before a transform is there. */
export const ENCRYPTED = { bundlePolicy: /** @type {const} */ ("max-bundle"), encodedInsertableStreams: true };

const ADDRESS = new URL("worker.js", import.meta.url).href;
/** @type {{ createPolicy(name: string, rules: object): { createScriptURL(address: string): string } } | undefined} */
const trusted = Reflect.get(globalThis, "trustedTypes");
// Whatever is asked for, the one script that this page may start is its own Worker.
const policy = trusted?.createPolicy("circle", { createScriptURL: () => ADDRESS });

/** Whether this browser lacks what encryption needs; then nothing goes further. */
export async function unsupported() {
  if (!("RTCRtpScriptTransform" in globalThis)) return true;
  try {
    await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return false;
  } catch {
    return true;
  }
}

/**
 * One for a page: counters live in its Worker, so a second one would count the same keys from the beginning.
 * @param {() => void} [onBroken] the Worker could not be had; nothing is sent or heard
 */
export function makeFrames(onBroken = () => {}) {
  const worker = new Worker(policy?.createScriptURL(ADDRESS) ?? ADDRESS, { type: "module" });
  /** @type {WeakMap<RTCRtpReceiver, number>} */
  const ids = new WeakMap();
  /** @type {Map<number, Bound>} by binding */
  const bound = new Map();
  let last = 0;

  worker.onerror = onBroken;
  worker.onmessage = ({ data }) => {
    if (data.type === "decrypted") bound.get(data.binding)?.onDecrypted();
    else for (const { binding, ...counts } of data.counts) Object.assign(bound.get(binding) ?? {}, counts);
  };

  /** @param {RTCRtpReceiver} receiver */
  const idOf = (receiver) => {
    const known = ids.get(receiver);
    if (known !== undefined) return known;
    last += 1;
    ids.set(receiver, last);
    receiver.transform = new RTCRtpScriptTransform(worker, { side: "receive", id: last });
    return last;
  };

  /** Keys and counters are gone for good, and with them every frame. */
  const wipe = () => worker.terminate();
  addEventListener("pagehide", wipe);

  return {
    /** The keys of an epoch, for receiving; older ones stay for 10 s. @param {number} n @param {Entry[]} entries */
    install: (n, entries) => worker.postMessage({ type: "install", n, entries }),
    /** Frames go out by this key of an installed epoch. @param {number} n @param {number} kid one's own */
    send: (n, kid) => worker.postMessage({ type: "send", n, kid }),
    /** No frame goes out until the next `send`. */
    stop: () => worker.postMessage({ type: "stop" }),
    wipe,
    /** To be called in the task in which the sender was made, once. @param {RTCRtpSender} sender @param {Kind} kind */
    sender(sender, kind) {
      sender.transform = new RTCRtpScriptTransform(worker, { side: "send", kind });
    },
    /**
     * To be called in the task in which the receiver was made, and again when its track becomes somebody's: it takes frames of that seat alone,
     * of nobody for null. What it gives has counts, renewed twice a second: frames that reached the Worker, and those that it could open.
     * @param {RTCRtpReceiver} receiver @param {string | null} seat @param {Kind} kind @param {() => void} onDecrypted at the first frame; before it nothing may be shown
     */
    receiver(receiver, seat, kind, onDecrypted) {
      const id = idOf(receiver);
      last += 1;
      const binding = last;
      /** @type {Bound} */
      const one = { id, binding, reached: 0, opened: 0, onDecrypted };
      bound.set(binding, one);
      worker.postMessage({ type: "bind", id, binding, seat, kind });
      return one;
    },
    /** @param {Bound} one */
    release({ id, binding }) {
      bound.delete(binding);
      worker.postMessage({ type: "release", id });
    },
  };
}

/** @typedef {ReturnType<typeof makeFrames>} Frames */
