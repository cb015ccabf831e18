// The sentences of coming in by keys: who is on the way, what is said where something does not fit. Part of the one catalogue, words.js.

const keyed = {
  coming: "Somebody is coming in",
  back: (/** @type {string} */ name) => `${name} has come back`,
  warnings: {
    heads:
      "Not everyone sees the same circle right now. Keep what is private to yourself while this stands here. If it stays, close the circle and open a new one.",
    beat: "For a while there has been no sign from who facilitates that all see the same circle. It may be their connection. Ask one another who is here.",
    no_key:
      "You have a seat, and somebody who keeps the door still has to let you in. Until then you hear nobody, and nobody hears you.",
    stopped:
      "Somebody has been asked to leave, and is not shut out everywhere yet. Until then nothing is sent from here: nobody hears or sees you.",
  },
  introduced: {
    heading: "Waiting to be let in again",
    hint: "They have a seat here. Let them in only if it is who you expect; you can ask them first.",
    unread: "Somebody who cannot be read",
    letIn: (/** @type {string} */ name) => `Let in ${name}`,
    away: (/** @type {string} */ name) => `Ask ${name} to leave`,
  },
  unread: {
    name: "Somebody who cannot be read",
    hint: "Their knock came by a link that is not valid any more, or is still on its way to you. If it stays like this, turn them away; they may knock again by the present link.",
  },
};

const twice = {
  heading: "You are in this circle in another window",
  text: "One person has one seat. You can go on there, or move here; the other window then lets go.",
  move: "Move here",
};

export const keys = { keyed, twice };
