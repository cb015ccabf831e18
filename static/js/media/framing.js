// How an encrypted frame lies in its bytes, docs/protocol.md 7.9: what stays clear, where the header stands. What is malformed is null; nothing throws.
import { concat, decodeHeader, decrypt, encodeHeader, encrypt, TAG } from "./sframe.js";

/** @typedef {import("./sframe.js").Bytes} Bytes */
/** @typedef {import("./sframe.js").Keys} Keys */
/** @typedef {"audio" | "video"} Kind */
/** @typedef {{ kid: bigint, ctr: bigint, header: Bytes, clear: Bytes, sealed: Bytes }} Parts of an encrypted frame */

const KEY_FRAME = 10;
const OTHER_FRAME = 3;

/** Whether a VP8 frame is a whole picture, as its first bit says. @param {Bytes} frame */
export const whole = (frame) => !(frame[0] & 1);

/** So many bytes of a VP8 frame are for the browser's packets to read. @param {Bytes} frame @param {number} length of the plain frame */
const clearOf = (frame, length) => Math.min(whole(frame) ? KEY_FRAME : OTHER_FRAME, length);

/** Header, then the rest: sound has nothing that stays clear. @param {Bytes} data @returns {Parts | null} */
function readSound(data) {
  const read = decodeHeader(data);
  if (!read || data.length <= read.length + TAG) return null;
  return {
    ...read,
    header: data.subarray(0, read.length),
    clear: data.subarray(0, 0),
    sealed: data.subarray(read.length),
  };
}

/** Clear bytes first, the header last, and its length behind it. @param {Bytes} data @returns {Parts | null} */
function readPicture(data) {
  const headed = data.length - 1 - data[data.length - 1];
  const length = headed - TAG;
  if (!(length > 0)) return null;
  const header = data.subarray(headed, -1);
  const read = decodeHeader(header);
  if (read?.length !== header.length) return null;
  const clear = clearOf(data, length);
  return { kid: read.kid, ctr: read.ctr, header, clear: data.subarray(0, clear), sealed: data.subarray(clear, headed) };
}

/** @type {Record<Kind, { clear(frame: Bytes): number, write(clear: Bytes, header: Bytes, sealed: Bytes): Bytes, read(data: Bytes): Parts | null }>} */
const LAYOUTS = {
  audio: {
    clear: () => 0,
    write: (_, header, sealed) => concat(header, sealed),
    read: readSound,
  },
  video: {
    clear: (frame) => clearOf(frame, frame.length),
    write: (clear, header, sealed) => concat(clear, sealed, header, new Uint8Array([header.length])),
    read: readPicture,
  },
};

/** The parts of what came; null: no encrypted frame. @param {Kind} kind @param {Bytes} data */
export const readFrame = (kind, data) => LAYOUTS[kind].read(data);

/** @param {Keys} keys @param {bigint} ctr never twice with the same keys @param {Kind} kind @param {Bytes} frame not empty */
export async function sealFrame(keys, ctr, kind, frame) {
  const layout = LAYOUTS[kind];
  const header = encodeHeader(keys.kid, ctr);
  const clear = frame.subarray(0, layout.clear(frame));
  return layout.write(clear, header, await encrypt(keys, ctr, header, clear, frame.subarray(clear.length)));
}

/** The frame as it was; null if it is not one of these keys. @param {Keys} keys @param {Parts} parts */
export async function openFrame(keys, { ctr, header, clear, sealed }) {
  const rest = await decrypt(keys, ctr, header, clear, sealed);
  return rest && concat(clear, rest);
}
