// What this tab keeps through a reload: the link's fragment, that of the present link where it is another one, the seat and the token for
// it, one's intention. Gone with the tab, or when the seat has ended.

/** @typedef {{ fragment: string, present: string, seat: string | null, token: string | null, intention: string }} Kept */

const NOTHING = { fragment: "", present: "", seat: null, token: null, intention: "" };

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
