// What this tab keeps through a reload: the link's fragment, that of the present link where it is another one, the facilitators' where it
// was handed on; the seat, the token for it and the proof that one sat there; one's own name, intention and check-in. No key of the circle.
// Gone with the tab, or when the seat has ended.

/**
 * @typedef {object} Kept
 * @property {string} fragment
 * @property {string} present
 * @property {string} lead the facilitators' link's fragment, for who came by the members' link
 * @property {string | null} seat
 * @property {string | null} token
 * @property {string} resume
 * @property {string} name
 * @property {string} intention
 * @property {import("./card.js").CardWords | null} said in one's check-in
 */

const NOTHING = {
  fragment: "",
  present: "",
  lead: "",
  seat: null,
  token: null,
  resume: "",
  name: "",
  intention: "",
  said: null,
};

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
