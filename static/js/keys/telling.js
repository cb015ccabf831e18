// What the screen is told of the keys, and who wants to know when they change.

/** @typedef {import("./types.js").KeyState} KeyState */
/** @typedef {import("./types.js").Passage} Passage */
/** @typedef {import("./epoch.js").Epoch} Epoch */

const PASSAGES = 50;
/** Who has just come waits so long before it is said that nobody has given them the keys. */
const PATIENCE = 5;

/** Who came, who went, and who came back between two epochs: other keys at the same seat. Whoever sits can reckon the proof of it, so it is said each time. @param {Epoch} before @param {Epoch} after @param {(entry: { mid: string, seat: string }) => string | null} nameOf @param {number} at @returns {Passage[]} */
export function passagesBetween(before, after, nameOf, at) {
  /** @param {Epoch} one @param {Epoch} other */
  const onlyIn = (one, other) =>
    one.roster.entries.filter(({ seat }) => !other.roster.entries.some((entry) => entry.seat === seat));
  /** @param {Passage["what"]} what @param {import("./roster.js").Entry} entry @returns {Passage} */
  const passage = (what, entry) => ({ what, seat: entry.seat, name: nameOf(entry), at });
  const exchanged = after.roster.entries.filter(({ seat, mid }) =>
    before.roster.entries.some((entry) => entry.seat === seat && entry.mid !== mid),
  );
  return [
    ...onlyIn(before, after).map((entry) => passage("went", entry)),
    ...onlyIn(after, before).map((entry) => passage("came", entry)),
    ...exchanged.map((entry) => passage("back", entry)),
  ];
}

/**
 * @param {import("./core.js").Core} core
 * @param {object} with_
 * @param {import("./sending.js").Sending} with_.sending
 * @param {ReturnType<typeof import("./pulse.js").makePulse>} with_.pulse
 * @param {ReturnType<typeof import("./entering.js").makeEntering>} with_.entering
 * @param {import("./vouching.js").Vouching} with_.vouching
 */
export function makeTelling(core, { sending, pulse, entering, vouching }) {
  const { link } = core.parts;
  /** @type {Passage[]} */
  let passages = [];
  /** @type {Epoch | null} */
  let before = null;
  /** @type {Set<(epoch: number) => void>} */
  const listeners = new Set();
  /** @type {KeyState} */
  let state = {
    epoch: 0,
    roster: [],
    names: {},
    link: null,
    warning: null,
    introduced: [],
    passages: [],
    sending: 0,
  };
  let told = JSON.stringify(state);

  /** @returns {import("./types.js").Warning | null} */
  function warning() {
    const beats = pulse.complaint();
    if (beats === "heads") return beats;
    if (sending.stopped()) return "stopped";
    return entering.waited() >= PATIENCE ? "no_key" : beats;
  }

  async function members() {
    const entries = core.last?.roster.entries ?? [];
    const powers = await core.powersIn(entries);
    return entries.map((entry) => {
      const { seat, index, role, mid } = entry;
      return { seat, index, listens: role === 0, name: core.held.nameOf(entry), powers: powers.get(mid) ?? 0 };
    });
  }

  /** The present link: by the seed, or as the keys say it. */
  const presentLink = () => core.given ?? (core.held.block() ? { ...link, secret: core.presentSecret() } : null);

  return {
    state: () => state,
    /** @param {Epoch} epoch */
    installed(epoch) {
      const came = before ? passagesBetween(before, epoch, core.held.nameOf, core.now()) : [];
      passages = [...passages, ...came.filter((one) => one.seat !== core.seat())].slice(-PASSAGES);
      before = epoch;
      for (const listener of listeners) listener(epoch.n);
    },
    /** Says it where something has changed. */
    async tell() {
      const roster = await members();
      const keeps = roster.some(({ seat, powers }) => seat === core.seat() && powers > 0);
      state = {
        epoch: core.last?.roster.n ?? 0,
        roster,
        names: core.held.called(),
        link: presentLink(),
        warning: warning(),
        introduced: keeps ? await vouching.introduced() : [],
        passages,
        sending: sending.epoch()?.n ?? 0,
      };
      const text = JSON.stringify(state);
      if (text === told) return;
      told = text;
      core.parts.changed(state);
    },
    schedule: {
      /** @param {string} label @param {string | Uint8Array<ArrayBuffer>} context @param {number} length */
      exporter: async (label, context, length) => {
        const epoch = core.held.last();
        if (!epoch) throw new Error("no epoch");
        return epoch.exporter(label, context, length);
      },
      /** @param {(epoch: number) => void} listener */
      onEpoch(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
