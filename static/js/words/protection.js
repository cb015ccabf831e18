// What is protected and what is not, in plain words, and the five words. Part of the catalogue, fetched only in the circle.

export const protection = {
  heading: "What is protected",
  yes: [
    "Sound, picture and every word are encrypted in your browser, for those who sit in this circle. The server passes them on and has no key to them.",
    "By the link for members nobody comes in unless somebody who keeps the door presses “Let in”. The server alone can let nobody in.",
    "Whoever comes has no key to what was before. Whoever is removed has none to what comes after, as soon as the new keys are with everybody: at once, unless the server holds them up.",
    "Who comes, goes or comes back is named to everybody else. If the server holds keys up, or not all see the same people here, this page says so: mostly within a minute, at the latest after eleven.",
  ],
  noHeading: "What is not",
  no: [
    "Everybody here could record, or tell others. No software prevents that.",
    "This page itself comes from the server. Whoever runs it could hand out a changed page: meet where you trust them.",
    "Whoever runs the server sees addresses, when somebody is connected, how many you are, and from which seat something is sent.",
    "Whoever has the link may knock, and whoever has the link for facilitators may enter.",
  ],
  five: "The five words of this circle",
  fiveHint: "They are the same on every screen. If you hear others than you see here, the link was changed on its way.",
  aloud:
    "“These five words stand on every screen. If you see others, say so.” Read them aloud; if somebody sees others, the link was changed on its way: part, and send a new one another way.",
  passages: "Who came and went",
  came: (/** @type {string} */ name) => `${name} came in`,
  went: (/** @type {string} */ name) => `${name} went out`,
  none: "Nobody has come or gone since you opened this page.",
};
