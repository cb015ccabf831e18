// The one Worker through which every frame of this page goes, out and in. What has no key is dropped: nothing here passes a frame on as it came.
// It never throws, and says nothing of a frame or a key to anybody.
import { whole } from "./framing.js";
import { LIFE, makeKeyring } from "./keyring.js";

/** @typedef {import("./framing.js").Bytes} Bytes */
/** @typedef {{ data: ArrayBuffer }} Frame */
/** @typedef {{ binding: number, seat: string | null, kind: import("./framing.js").Kind, reached: number, opened: number }} Track */
/** @typedef {{ side: "send", kind: import("./framing.js").Kind } | { side: "receive", id: number }} Options */
/** @typedef {{ options: Options, readable: ReadableStream<Frame>, writable: WritableStream<Frame>, sendKeyFrameRequest?: () => Promise<unknown> }} Transformer */
/** @typedef {{ onmessage: (event: MessageEvent) => void, onrtctransform: (event: { transformer: Transformer }) => void, postMessage: (message: object) => void }} Scope */

const EVERY = 500;
const ATTACHED = 40;
const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));
const ring = makeKeyring();
/** @type {Map<number, Track>} by a receiver's id */
const tracks = new Map();

/** @param {Bytes} data @param {number} id @param {Transformer} transformer */
async function open(data, id, transformer) {
  const track = tracks.get(id);
  if (!track) return null;
  track.reached += 1;
  const frame = track.seat === null ? null : await ring.open(track.seat, track.kind, data);
  // Meanwhile the track may have become somebody else's.
  if (!frame || tracks.get(id) !== track) return null;
  track.opened += 1;
  if (track.opened > 1) return frame;
  scope.postMessage({ type: "decrypted", binding: track.binding });
  // The page attaches the picture only now: a frame that comes before would be lost, and the next one is long in coming.
  if (track.kind === "video") await new Promise((done) => setTimeout(done, ATTACHED));
  // The whole picture that came before went by under keys that were not there yet: the browser would ask for another one only after a while.
  if (track.kind === "video" && !whole(frame)) transformer.sendKeyFrameRequest?.().catch(() => {});
  return frame;
}

scope.onrtctransform = ({ transformer }) => {
  const { options, readable, writable } = transformer;
  /** @param {Bytes} data */
  const turn = (data) =>
    options.side === "send" ? ring.seal(options.kind, data) : open(data, options.id, transformer);
  const each = new TransformStream({
    /** @param {Frame} frame @param {TransformStreamDefaultController<Frame>} controller */
    async transform(frame, controller) {
      const data = await turn(new Uint8Array(frame.data)).catch(() => null);
      if (!data) return;
      frame.data = data.buffer;
      controller.enqueue(frame);
    },
  });
  // A pipe breaks off when its track ends, which is no trouble.
  readable
    .pipeThrough(each)
    .pipeTo(writable)
    .catch(() => {});
};

/** @type {Record<string, (message: any) => void>} */
const TAKE = {
  install({ n, entries }) {
    ring.install(n, entries);
    for (const { base } of entries) base.fill(0);
    setTimeout(ring.forget, LIFE);
  },
  send: ({ n, kid }) => ring.send(n, kid),
  stop: () => ring.stop(),
  bind: ({ id, binding, seat, kind }) => tracks.set(id, { binding, seat, kind, reached: 0, opened: 0 }),
  release: ({ id }) => tracks.delete(id),
};
scope.onmessage = ({ data }) => TAKE[data.type]?.(data);

setInterval(() => {
  const counts = [...tracks.values()].map(({ binding, reached, opened }) => ({ binding, reached, opened }));
  if (counts.length) scope.postMessage({ type: "counts", counts });
}, EVERY);
