// Bytes of a server that makes things up, the same in every run: noise of all lengths, much of it with what could be a header at either end.

/** A small generator of numbers below 2^32, by George Marsaglia. @param {number} seed */
export function makeRandom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** @param {number} [seed] @returns {() => Uint8Array<ArrayBuffer>} */
export function makeNoise(seed = 9605) {
  const random = makeRandom(seed);
  return () => {
    const data = Uint8Array.from({ length: random() % 64 }, () => random());
    if (data.length > 24 && random() % 2) {
      const length = 1 + (random() % 5);
      data.set([0x90, 1 + (random() % 2), 1].slice(0, length), random() % 2 ? 0 : data.length - 1 - length);
      data[data.length - 1] = length;
    }
    return data;
  };
}
