// Sees a track whose packets come, but whose frames pass the Worker by: something plain may be on its way to the screen. Pure.

const LOOKS = 2;

/** Frames that reached the Worker of a track, and packets that its connection has had, both so far. @typedef {{ mid: string, packets: number, reached: number }} Counted */

/** Asked once a second: true if a track's packets grew at two looks on end, and no frame reached the Worker. */
export function makeWatchdog() {
  /** @type {Map<string, Counted & { strikes: number }>} */
  let before = new Map();

  /** @param {Counted[]} now @returns {boolean} */
  return (now) => {
    before = new Map(
      now.map((one) => {
        const last = before.get(one.mid);
        const past = last && one.packets > last.packets && one.reached === last.reached;
        return [one.mid, { ...one, strikes: past ? last.strikes + 1 : 0 }];
      }),
    );
    return [...before.values()].some(({ strikes }) => strikes >= LOOKS);
  };
}
