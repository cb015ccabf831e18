// Who has a seat and no keys yet shows what they can, until somebody takes them in: docs/protocol.md section 7.5.

import { blockName } from "./epoch.js";
import { bySeed, satHere, unvouched } from "./introductions.js";
import { rootSigner } from "./links.js";
import { certify, FACILITATES } from "./members.js";

const SHOWN_AGAIN = 3;
/** So long whoever let one in may take to commit, and a proof to be taken. */
const PRESSED_WITHIN = 2.5;
const PROVED_WITHIN = 6;
const STUCK = 8;

/**
 * @param {import("./core.js").Core} core
 * @param {object} with_
 * @param {() => void} with_.fetch
 * @param {import("./doorway.js").Doorway} with_.doorway
 */
export function makeEntering(core, { fetch, doorway }) {
  /** @type {number | null} since when one sits here without keys */
  let outside = null;
  /** @type {number | null} since when there are keys that one does not get */
  let behind = null;
  let shown = { text: "", mid: "", kind: "", at: Number.NEGATIVE_INFINITY };

  /** What this page can show by now. @param {number} waited seconds */
  function kind(waited) {
    if (core.seed && core.ownSeat()?.facilitates) return "seed";
    if (core.before?.seat === core.seat() && waited < PROVED_WITHIN) return "sat";
    return waited < PRESSED_WITHIN && doorway.knocked() ? "pressed" : "asks";
  }

  /** @type {Record<string, () => Promise<object | null>>} the fields of `introduce` */
  const SHOWS = {
    async seed() {
      const { sign } = await rootSigner(/** @type {import("./bytes.js").Bytes} */ (core.seed));
      const { rid, now } = core.authority();
      return { keys: bySeed(core.own, await certify(sign, rid, core.own, FACILITATES, now)) };
    },
    async sat() {
      const before = /** @type {NonNullable<typeof core.before>} */ (core.before);
      return { keys: await satHere(core.own, { rid: core.rid, ...before }) };
    },
    pressed: async () => null,
    async asks() {
      const asked = await doorway.boxesInside();
      return asked && { keys: unvouched(core.own), ...asked };
    },
  };

  /** @param {string} what */
  async function show(what) {
    const own = core.ownSeat();
    // The server has it still, and nobody has taken it.
    const there = shown.mid === core.own.mid && shown.kind === what && own?.keys === shown.text;
    if (there || core.now() - shown.at < (shown.kind === what ? SHOWN_AGAIN : 0)) return;
    const fields = await SHOWS[what]();
    if (!fields) return;
    shown = { text: /** @type {any} */ (fields).keys, mid: core.own.mid, kind: what, at: core.now() };
    // The server lets go of the door key that went with what was shown before.
    doorway.forgotten();
    core.ask("command", { type: "introduce", ...fields });
  }

  /** Keys go on and one does not get them: begin anew, as somebody who sat here. */
  async function lookForGap() {
    const epoch = core.sight?.epoch ?? 0;
    if (!core.last || epoch <= core.last.roster.n) {
      behind = null;
      return;
    }
    behind ??= core.now();
    if (core.now() - behind < STUCK) return fetch();
    behind = null;
    await core.restart();
  }

  return {
    /** For who enters by the seed: what `enter` shows already. @param {string} name */
    async enter(name) {
      if (!core.seed) return null;
      core.name = blockName(name);
      const fields = /** @type {{ keys: string }} */ (await SHOWS.seed());
      shown = { text: fields.keys, mid: core.own.mid, kind: "seed", at: core.now() };
      return fields;
    },
    async look() {
      await lookForGap();
      if (core.entry() || !core.ownSeat()) {
        outside = null;
        return;
      }
      outside ??= core.now();
      if ((core.sight?.epoch ?? 0) > 0 && core.latest?.n !== core.sight?.epoch) fetch();
      await show(kind(core.now() - outside));
    },
    waited: () => (outside === null ? 0 : core.now() - outside),
  };
}
