// The sentences for what is said without a voice. Part of the one catalogue, words.js.

export const quietly = {
  reactions: { heart: "A heart", with_you: "I am with you", thanks: "Thank you" },
  whispered: {
    share: (/** @type {string} */ name) => `${name} writes`,
    writing: (/** @type {string} */ name) => `${name} writes to all`,
    line: (/** @type {string} */ name) => `${name} writes to those who facilitate`,
    note: (/** @type {string} */ name) => `${name} has a private word for you`,
    reaction: (/** @type {string} */ name) => `From ${name}`,
  },
  voices: {
    instead: "Write instead",
    signs: "A quiet sign",
    writing: "Written to all",
    line: "Among facilitators",
    note: "A word to the facilitators",
    labels: {
      share: "Your words, for all to read",
      writing: "A line to all",
      line: "A line to the other facilitators",
      note: "What they should know",
    },
    hints: {
      share: "They are shown when you press the button, as often as you like, and gone with your turn.",
      writing: "Everybody reads it. It is gone with this part.",
      line: "The server shows it only to those who facilitate, and does not keep it.",
      note: "The server shows it only to those who facilitate, with your name, and does not keep it.",
    },
    buttons: {
      share: "Show it to the circle",
      writing: "Send it to all",
      line: "Send it to them",
      note: "Send it",
    },
    away: "Take it away",
    mine: "You write",
    shown: "Everybody reads your words now",
    told: "It has reached them.",
    from: (/** @type {string} */ name) => `A word from ${name}`,
    putAway: (/** @type {string} */ name) => `Put away the word from ${name}`,
    putAwayShort: "Put away",
    long: "That is more than fits at once. Send the first part, then the rest.",
  },
};
