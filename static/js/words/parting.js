// The sentences of the goodbye, and of notes for oneself. Part of the catalogue, fetched only when somebody is in the circle or has been.

export const parting = {
  notes: "Notes for myself",
  notesHint: "For your own thoughts; only you see them. They are gone when this window is closed or loaded again.",
  yours: (/** @type {string} */ intention) => `Your intention was: ${intention}`,
  next: (/** @type {string} */ date) => `The next time: ${date}`,
  take: "Take my notes with me",
  takeHint: "A small text file, made in this window. Nothing is sent, and nothing else keeps it.",
  file: "notes.txt",
  kept: {
    intention: "My intention",
    card: "My check-in",
    next: "The next time",
    notes: "My notes",
  },
  help: "If you need someone now",
  lines: "Help lines",
  moreLines: "More help lines",
  lead: "You were asked to facilitate the next time",
  leadHint:
    "With the link for facilitators you can open the circle again. The link for members that all know stays the same.",
  leadAsk: "Whoever facilitated today can give you the link for facilitators.",
  takeLink: "Take the link",
  rather: "Rather not",
  declined: "That is all right.",
  lost: "The link could not be opened here. Whoever facilitated today can give it to you.",
};
