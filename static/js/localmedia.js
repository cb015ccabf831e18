// One's own camera and microphone: what is shown of them, told to the circle, and sent, kept in step.
import { audible, holder, inCircle, mayHold, opensUnasked, seatOf } from "./circle.js";

/** @typedef {import("./screen.js").Screen} Screen */
/** @typedef {"microphone" | "camera"} Kind */

/**
 * @param {object} parts
 * @param {import("./store.js").Store} parts.store
 * @param {import("./media/devices.js").DevicesOf} parts.devices
 * @param {import("./media/media.js").Media} parts.media
 * @param {(command: import("./protocol.js").Command) => unknown} parts.tell
 * @param {(track: MediaStreamTrack) => () => void} parts.meter shows how loud it is until it is stopped
 */
export function makeLocalMedia({ store, devices, media, tell, meter }) {
  let stopMeter = () => {};

  /** @param {Partial<Screen["devices"]>} change */
  const set = (change) => store.set({ devices: { ...store.get().devices, ...change } });

  /** Sound leaves only while its owner has it on and may be heard, which the server holds to as well; and nothing without keys that all have. */
  function sendWhatMay() {
    const { view, me, keys } = store.get();
    const circle = inCircle(view);
    if (!circle) return;
    const heard = me !== null && audible(circle, me).includes(me);
    const { microphone, camera } = keys.sending ? devices.tracks : { microphone: null, camera: null };
    media.wish({ sound: heard ? microphone : null, picture: camera, focus: holder(circle) === me });
  }

  /**
   * Whoever comes to be heard without a press of their own, or is called back from an aside, switches on by their own press.
   * @param {import("./protocol.js").View | null} before
   */
  function quietWhereOpened(before) {
    const { view, me } = store.get();
    const circle = inCircle(view);
    if (!circle || !devices.tracks.microphone || !opensUnasked(inCircle(before), circle, me)) return;
    switchDevice("microphone", false);
  }

  /** Tells the circle what is on, if it shows something else. */
  function tellDevices() {
    const { view, me, devices: shown } = store.get();
    const circle = inCircle(view);
    const seat = circle && seatOf(circle, me);
    if (!seat || !mayHold(seat)) return;
    if (seat.microphone === shown.microphoneOn && seat.camera === shown.cameraOn) return;
    tell({ type: "set_devices", microphone: shown.microphoneOn, camera: shown.cameraOn });
  }

  async function show() {
    const { preview: shown } = store.get().devices;
    const { camera, microphone } = devices.tracks;
    const preview = camera && shown?.getVideoTracks()[0] === camera ? shown : camera && new MediaStream([camera]);
    set({ ...(await devices.list()), preview, cameraOn: Boolean(camera), microphoneOn: Boolean(microphone) });
    tellDevices();
    sendWhatMay();
  }

  function showMeter() {
    stopMeter();
    const { microphone } = devices.tracks;
    stopMeter = microphone ? meter(microphone) : () => {};
  }

  /** @param {Kind} kind @param {boolean} on */
  async function switchDevice(kind, on) {
    if (on) {
      set({ asking: true, trouble: null });
      set({ asking: false, trouble: await devices.open(kind) });
    } else devices.stop(kind);
    await show();
    if (kind === "microphone") showMeter();
  }

  /** @param {Kind} kind @param {string} id */
  async function choose(kind, id) {
    devices.choose(kind, id);
    if (devices.tracks[kind]) await switchDevice(kind, true);
    else await show();
  }

  /** May be asked for more than once. */
  const stopAll = () => {
    devices.stopAll();
    showMeter();
  };

  return { set, show, sendWhatMay, quietWhereOpened, tellDevices, switchDevice, choose, stopAll };
}

/** @typedef {ReturnType<typeof makeLocalMedia>} LocalMedia */
