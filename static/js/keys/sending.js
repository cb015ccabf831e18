// Under which keys one sends: the new ones once everybody can have them, and none where somebody was removed and no new ones come.

const SWITCHES_AFTER = 1.2;
/** Who was left out has the keys of before, and whoever withholds the word to switch would let them hear on. */
const SWITCHES_WITHOUT = 0.6;
const STOPS_AFTER = 1.5;

/** @param {import("./core.js").Core} core */
export function makeSending(core) {
  const { media, after } = core.parts;
  /** @type {import("./epoch.js").Epoch | null} */
  let epoch = null;
  let told = 0;
  let stopped = true;
  /** @type {number | null} since when somebody of the roster has no seat any more */
  let missing = null;
  /** @type {readonly { seat: string }[]} */
  let sat = [];
  /** @type {() => void} */
  let cancel = () => {};
  /** When one switches at the latest: of several keys in a row the first one's time counts. */
  let latest = Number.POSITIVE_INFINITY;

  function switchNow() {
    cancel();
    latest = Number.POSITIVE_INFINITY;
    epoch = core.held.last();
    const entry = core.entry();
    if (!epoch || !entry || epoch.n !== core.last?.roster.n) return;
    stopped = false;
    media.send(epoch.n, kidOf(entry.index, epoch.n));
  }

  function stop() {
    if (!stopped) media.stop();
    stopped = true;
    cancel();
  }

  /** Whether the newest keys are without somebody who had those before. */
  function leavesOut() {
    const before = sat;
    sat = core.last?.roster.entries ?? [];
    return before.some(({ seat }) => !sat.some((entry) => entry.seat === seat));
  }

  const somebodyGone = () => {
    const here = new Set(core.sight?.seats.map(({ id }) => id));
    return core.last?.roster.entries.some(({ seat }) => !here.has(seat)) ?? false;
  };

  return {
    /** Others send under these keys when they like; oneself a moment later. @param {number} n */
    installed(n) {
      missing = null;
      cancel();
      latest = Math.min(latest, core.now() + (leavesOut() ? SWITCHES_WITHOUT : SWITCHES_AFTER));
      if (told >= n) return switchNow();
      cancel = after(latest - core.now(), () => core.turn(switchNow));
    },
    /** The server says that everybody has them. @param {number} n */
    switch(n) {
      if (!Number.isSafeInteger(n)) return;
      told = Math.max(told, n);
      if (n === core.last?.roster.n && epoch?.n !== n) switchNow();
    },
    /** Whether what one knows still fits who sits here. */
    look() {
      missing = somebodyGone() ? (missing ?? core.now()) : null;
      if (!core.entry() || (missing !== null && core.now() - missing >= STOPS_AFTER)) return stop();
      // Whoever was missing is shown again: nothing was wrong with these keys.
      if (stopped && missing === null && epoch?.n === core.last?.roster.n) switchNow();
    },
    stop,
    /** The epoch to send under; null while nothing may go out. */
    epoch: () => (stopped ? null : epoch),
    stopped: () => stopped && missing !== null,
  };
}

/** @param {number} index @param {number} n */
export const kidOf = (index, n) => index * 256 + (n % 256);

/** @typedef {ReturnType<typeof makeSending>} Sending */
