// What the keys read of a view: who sits where, who is here, and what they show to be taken in.

/** @typedef {import("../protocol.js").View} View */
/** @typedef {{ id: string, present: boolean, listens: boolean, facilitates: boolean, keepsDoor: boolean, keys: string | null, name: string | null, boxes: Record<string, string> }} SeatSeen */
/** @typedef {{ inside: boolean, waiting: boolean, leads: boolean, root: string | null, keepers: { seat: string, key: string }[], epoch: number, link: number | null, successor: string | null, seats: SeatSeen[] }} Sight */

/** @param {any} seat @returns {SeatSeen} */
const seatSeen = ({ id, present, role, duties, keys, name, boxes }) => ({
  id,
  present,
  listens: role === "observer",
  facilitates: role === "facilitator",
  keepsDoor: duties.includes("door"),
  keys: keys ?? null,
  name: name ?? null,
  boxes: boxes ?? {},
});

/** @param {any} view @returns {Sight} */
export const sightOf = (view) => ({
  inside: view.at === "circle",
  waiting: view.at === "waiting",
  leads: view.leads ?? false,
  root: view.root ?? null,
  keepers: view.keepers ?? [],
  epoch: view.epoch ?? 0,
  link: view.link ?? null,
  successor: view.successor ?? null,
  seats: (view.seats ?? []).map(seatSeen),
});
