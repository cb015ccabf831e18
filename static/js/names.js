// A kind name to take, for whoever has none in mind.

const HOW = ["Quiet", "Gentle", "Steady", "Warm", "Patient", "Bright", "Soft", "Brave", "Calm", "Kind", "Open", "Slow"];
const WHO = ["Heron", "Birch", "River", "Wren", "Fern", "Otter", "Maple", "Moon", "Robin", "Willow", "Stone", "Finch"];

/** @param {() => number} chance 0 to 1 */
export const suggestName = (chance) =>
  [HOW, WHO].map((words) => words[Math.floor(chance() * words.length) % words.length]).join(" ");
