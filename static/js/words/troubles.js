// The sentences for what does not go as it should: the line, the link, the browser, a refusal. Part of the one catalogue, words.js.

export const troubles = {
  connection: {
    lost: "The connection is lost for a moment. Your seat is kept, and you are not seen or heard. Trying again.",
    lostAtDoor: "The connection is lost for a moment. Trying again.",
    gone: "The connection could not be found again.",
    again: "Try again",
    tap: "Tap to hear the circle",
    trouble: "Something is wrong with the sound. Trying to mend it.",
  },
  broken: {
    heading: "There is no circle at this link",
    unknown: "It may have ended, or the link is not whole. Ask whoever sent it to you.",
    malformed: "The link is not whole. Open it again just as it was sent to you.",
    holds:
      "You have the link for facilitators. If the circle has come to its end, you can open it again; the link for members stays the same.",
    again: "Open the circle again",
    version: "This link belongs to another version of Roundhearth. Ask for a new one.",
  },
  unsupported: {
    heading: "This browser cannot sit in a circle",
    text: "Please use a newer one: Chrome or Edge from 141, Firefox from 130, Safari from 17.",
  },
  refusals: {
    malformed: "That could not be read.",
    unknown: "There is no such circle any more.",
    version: "Please load this page again.",
    busy: "Many things came at once. Please try again in a few seconds.",
    exists: "That circle is open already.",
    stale: "The stick has moved on meanwhile.",
    not_yours: "That has passed on, or is not yours to do right now.",
    not_now: "That is not possible at this moment.",
    no_such_seat: "That person is not here any more.",
    cannot_hold: "That person cannot take the stick right now.",
    locked: "The door is locked for now.",
    full: "Every seat is taken right now.",
    late: "The circle has begun and takes in nobody new today.",
    no_listeners: "In this circle nobody only listens, or only on a first visit.",
    no_keys: "Nothing was sent: you are still being let in. Please try again in a moment.",
    no_lead: "The link that comes with it could not be opened here. Please let them ask you once more.",
    internal: "Something went wrong here. Please try again.",
  },
};
