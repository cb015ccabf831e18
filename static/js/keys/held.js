// The keys that a page holds: the present epoch, and those before for as long as something sealed by them may still come.
import { b64, unb64 } from "./bytes.js";
import { MOST_ROOMS } from "./epoch.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./epoch.js").Epoch} Epoch */
/** @typedef {import("./epoch.js").Block} Block */
/** @typedef {import("./roster.js").Entry} Entry */

/** So long words of an epoch are read, and proofs of having sat in it taken, once the next one is there. */
export const KEPT = 15 * 60;

/** The room's keys that are known, and of those that were brought what follows on. @param {import("./epoch.js").RoomKey[]} known @param {import("./epoch.js").RoomKey[]} brought */
function continued(known, brought) {
  const next = (known[known.length - 1].id + 1) % 256;
  const at = brought.findIndex(({ id }) => id === next);
  return at < 0 ? known : [...known, ...brought.slice(at)].slice(-MOST_ROOMS);
}

/** @param {() => number} now seconds */
export function makeHeld(now) {
  /** @type {{ epoch: Epoch, until: number }[]} oldest first */
  let all = [];
  /** @type {Block | null} */
  let block = null;
  /** @type {Map<string, string>} */
  let names = new Map();
  /** @type {Map<string, string>} */
  let bySeat = new Map();

  const fresh = () => all.filter(({ until }) => until > now());
  const last = () => all[all.length - 1]?.epoch ?? null;

  return {
    /** The newest one, or null. */
    last,
    /** One of those that are kept. @param {number} n */
    at: (n) => fresh().find(({ epoch }) => epoch.n === n)?.epoch ?? null,
    block: () => block,
    /** @param {Epoch} epoch @param {Block} brought @param {boolean} empowered whether a certificate speaks for who brought it: others change no name, no link and no key of the room */
    install(epoch, brought, empowered) {
      const superseded = all.map((one) =>
        one.until === Number.POSITIVE_INFINITY ? { ...one, until: now() + KEPT } : one,
      );
      all = [...superseded, { epoch, until: Number.POSITIVE_INFINITY }].filter(({ until }) => until > now());
      block = block && !empowered ? { ...block, rooms: continued(block.rooms, brought.rooms) } : brought;
      const known = epoch.roster.entries.map(({ mid, seat }) => {
        const [said, before] = [brought.names.get(mid), names.get(mid) ?? bySeat.get(seat)];
        return [mid, empowered ? (said ?? before) : (before ?? said)];
      });
      names = new Map(/** @type {[string, string][]} */ (known.filter(([, name]) => name)));
      for (const { mid, seat } of epoch.roster.entries) {
        const name = names.get(mid);
        if (name) bySeat.set(seat, name);
      }
    },
    names: () => names,
    /** @param {Pick<Entry, "mid" | "seat">} entry */
    nameOf: ({ mid, seat }) => names.get(mid) ?? bySeat.get(seat) ?? null,
    /** Names by seat. @returns {Record<string, string>} */
    called: () => Object.fromEntries(bySeat),
    /** Before the keys say so: who is let in. @param {string} seat @param {string} name */
    call: (seat, name) => bySeat.set(seat, name),
    /** A room's key by its number, or the newest one. @param {number} [id] */
    room(id) {
      const rooms = block?.rooms ?? [];
      const found = id === undefined ? rooms[rooms.length - 1] : rooms.find((one) => one.id === id);
      return found ? { id: found.id, key: unb64(found.key) } : null;
    },
    wipe() {
      all = [];
      block = null;
      names = new Map();
      bySeat = new Map();
    },
  };
}

/** @typedef {ReturnType<typeof makeHeld>} Held */

/** @typedef {{ m: number, resume: Bytes, seat: string, beside: string[] }} Before the last epoch that one had, R of it, one's seat there, and the mids of all who had it */

/** What this tab keeps for a reload: nothing that opens anything. @param {Before & { name: string }} what */
export const packed = ({ resume, ...rest }) => JSON.stringify({ ...rest, resume: b64(resume) });

/** The same again, or null. @param {string} text @returns {(Before & { name: string }) | null} */
export function unpacked(text) {
  try {
    const { resume, ...rest } = JSON.parse(text);
    return { ...rest, resume: unb64(resume) };
  } catch {
    return null;
  }
}
