// Whose keys may be taken in: introductions that prove something, and those for whom a person pressed "let in" here.
import { doorstepWords, openBox } from "./doorstep.js";
import { certificateIn, readIntroduction, satBefore, UNVOUCHED } from "./introductions.js";

/** @typedef {import("./election.js").Taken} Taken */
/** @typedef {import("./core.js").SeatSeen} SeatSeen */

/** @param {import("./core.js").Core} core */
export function makeVouching(core) {
  /** @type {Map<string, Promise<import("./introductions.js").Introduction | null>>} by their text */
  const read = new Map();
  /** @type {Map<string, Promise<string | null>>} names of who asks, by boxes */
  const named = new Map();

  /** @param {string} text */
  function introduction(text) {
    const known = read.get(text) ?? readIntroduction(text).catch(() => null);
    if (read.size > 200) read.clear();
    read.set(text, known);
    return known;
  }

  /** Whoever sat in an epoch can reckon all proofs of having sat there: where one of them is gone, it proves nothing. @param {number} m */
  function provingEpoch(m) {
    const epoch = core.held.at(m);
    return epoch?.roster.entries.every(({ seat }) => !core.gone.has(seat)) ? epoch : null;
  }

  /** @param {SeatSeen} seat @returns {Promise<Taken | null>} */
  async function takenBy(seat) {
    const press = core.pressed.get(seat.id);
    const shown = seat.keys === null ? null : await introduction(seat.keys);
    // Another tab than the one that knocked.
    const pressed = press && (!shown || shown.mid === press.mid);
    if (pressed) return { mk: press.mk, ms: press.ms, mid: press.mid, certificate: null, pressed: true };
    if (!shown) return null;
    const { mk, ms, mid } = shown;
    const entry = core.last?.roster.entries.find((one) => one.seat === seat.id);
    if (entry?.mid === mid) return { mk, ms, mid, certificate: null, pressed: false };
    const certificate = core.root && (await certificateIn(shown, core.authority()));
    const resumed = !certificate && (await satBefore(shown, seat.id, core.rid, provingEpoch));
    return certificate || resumed ? { mk, ms, mid, certificate: certificate || null, pressed: false } : null;
  }

  /** @returns {import("./doorstep.js").Door} */
  const door = () => ({ rid: core.rid, root: core.root ?? new Uint8Array(), link: core.presentSecret() });

  /** Who knocks, as far as the box for this page says it. @param {Record<string, string>} boxes */
  const opened = (boxes) => openBox(door(), core.own, boxes[core.seat() ?? ""] ?? null);

  /** The name of somebody for whom nobody can vouch; null where it cannot be read, or belongs to other keys. @param {SeatSeen} seat */
  async function nameOf({ keys, name, boxes }) {
    const [box, shown] = [await opened(boxes), await introduction(keys ?? "")];
    return box && box.mid === shown?.mid ? doorstepWords(box.secret, core.rid).open(name, "name") : null;
  }

  return {
    opened,
    /** By seat. */
    async taken() {
      const seats = core.sight?.seats ?? [];
      const all = await Promise.all(seats.map(async (seat) => /** @type {const} */ ([seat.id, await takenBy(seat)])));
      return new Map(/** @type {[string, Taken][]} */ (all.filter(([, taken]) => taken)));
    },
    /** Those who wait for a press of somebody who keeps the door. */
    async introduced() {
      const seats = core.sight?.seats.filter(({ id, keys }) => keys !== null && id !== core.seat()) ?? [];
      const all = seats.map(async (seat) => {
        const shown = await introduction(seat.keys ?? "");
        if (shown?.kind !== UNVOUCHED || core.pressed.get(seat.id)?.mid === shown.mid) return null;
        const key = [core.own.mid, seat.keys, seat.name, seat.boxes[core.seat() ?? ""]].join(" ");
        const name = named.get(key) ?? nameOf(seat);
        if (named.size > 200) named.clear();
        named.set(key, name);
        return { seat: seat.id, name: await name };
      });
      return (await Promise.all(all)).filter((one) => one !== null);
    },
    /** A person pressed. @param {string} id @returns {Promise<boolean>} false for who is not there any more, or cannot be read */
    async vouch(id) {
      const seat = core.sight?.seats.find((one) => one.id === id);
      const shown = seat?.keys ? await introduction(seat.keys) : null;
      if (!seat || shown?.kind !== UNVOUCHED) return false;
      const { mk, ms, mid } = shown;
      const name = await nameOf(seat);
      if (name === null) return false;
      core.pressed.set(id, { mk, ms, mid, name });
      return true;
    },
  };
}

/** @typedef {ReturnType<typeof makeVouching>} Vouching */
