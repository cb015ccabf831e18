// What this tab keeps through a reload: the link's fragment, its seat and the token for it. Gone with the tab, or when the seat has ended.

/** @typedef {{ fragment: string, seat: string | null, token: string | null }} Kept */

const NOTHING = { fragment: "", seat: null, token: null };

/** @param {string} rid @param {Storage} storage */
export function makeMemory(rid, storage) {
  const key = `roundhearth ${rid}`;
  /** @returns {Kept} */
  const read = () => {
    try {
      return { ...NOTHING, ...JSON.parse(storage.getItem(key) ?? "{}") };
    } catch {
      return NOTHING;
    }
  };
  return {
    read,
    /** @param {Partial<Kept>} change */
    keep: (change) => storage.setItem(key, JSON.stringify({ ...read(), ...change })),
    forget: () => storage.removeItem(key),
  };
}
