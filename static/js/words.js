// Every sentence of the room, by meaning. A language is another file like this one. Plain, kind, short.
import { care } from "./words/care.js";
import { doors } from "./words/doors.js";
import { counted, holding } from "./words/holding.js";
import { keys } from "./words/keyed.js";
import { quietly } from "./words/quietly.js";
import { troubles } from "./words/troubles.js";

export const words = {
  language: "en",
  ...holding,
  ...quietly,
  ...care,
  ...doors,
  ...keys,
  ...troubles,
  someone: "Someone",
  exit: (/** @type {number} */ more) =>
    counted(more, "Press Shift once more to exit this page", "Press Shift # more times to exit this page"),
  you: "You",
  titles: {
    start: "Roundhearth",
    doorway: "At the door",
    waiting: "Waiting at the door",
    circle: "In the circle",
    ended: "Goodbye",
    unsupported: "Another browser, please",
    broken: "No circle here",
    twice: "In another window",
  },
  links: {
    heading: "Your circle is ready",
    intro: "Send the first link to those you invite. Keep the second for those who facilitate with you.",
    members: "Link for members",
    facilitators: "Link for facilitators",
    membersHint: "Whoever has it can knock. You let people in one by one.",
    facilitatorsHint: "Whoever has it can enter and lead. Share it with care.",
    copy: (/** @type {string} */ what) => `Copy the ${what.toLowerCase()}`,
    copyShort: "Copy",
    copied: "Copied",
    notCopied: "Your browser would not copy. Tap the link, which marks it, and copy it by hand.",
    qr: "The link for members as a picture to scan",
    scan: "Scan it to knock",
    show: "Invite people",
  },
  devices: {
    microphone: "Microphone",
    camera: "Camera",
    troubles: {
      denied:
        "The browser was not allowed to use it. You can come in without, or allow it next to the address and try again.",
      missing: "None was found. You can come in without.",
      busy: "Another program seems to use it. You can come in without, or close that program and try again.",
      other: "It could not be started. You can come in without, or try again.",
    },
    selfView: "Show me my own picture",
  },
  circle: {
    name: "The circle",
    microphoneOn: "Microphone on",
    microphoneOff: "Microphone off",
    away: "away for a moment",
    listening: "listening",
    facilitator: "facilitates",
    standsIn: "stands in",
    heard: "has been heard",
    later: "speaks later",
    hand: (/** @type {number} */ place) => `asks for the stick, number ${place}`,
    observers: (/** @type {number} */ count) => counted(count, "One person is listening", "# people are listening"),
    holds: (/** @type {string} */ name) => `${name} holds the stick`,
    youHold: "You hold the stick",
    offered: (/** @type {string} */ name) => `The stick is offered to ${name}`,
    offeredToYou: "The stick is offered to you",
    rests: "The stick rests in the middle",
    entered: "You are in the circle",
    nobody: "Nobody holds the stick",
    alone: "You are the first one here",
    aloneHint: "Others come by the link. Take your time.",
    joined: (/** @type {string} */ name) => `${name} has joined`,
    gone: (/** @type {string} */ name) => `${name} has left`,
    knocks: (/** @type {string} */ name) => `${name} knocks`,
    since: (/** @type {number} */ minutes) => counted(minutes, "for a minute", "for # minutes"),
    floors: {
      round: "A round: the stick goes from seat to seat",
      hands: "By hands: the stick goes to who asked first",
      open: "Open: everybody may speak",
      silence: "Silence: nobody is heard",
      facilitator: "The facilitators speak",
    },
  },
  stick: {
    accept: "Accept the stick",
    decline: "Not now",
    later: "Come back to me",
    pass: "Pass the stick",
    passTo: (/** @type {string} */ name) => `It goes to ${name} next.`,
    passToNobody: "It goes into the middle next.",
    layDown: "Lay the stick down",
    recall: "Take the stick back",
    skip: "Move on to the next",
    ask: "Ask for the stick",
    comes: "You are listening. The stick comes round to you.",
    asks: "asks",
    asked: "You have asked for the stick",
    unask: "I no longer ask",
    offer: (/** @type {string} */ name) => `Offer the stick to ${name}`,
    offerHeading: "To whom may the stick go?",
    breath: "A breath of quiet first, then it is yours to take.",
    acceptHint: "Your microphone stays as you set it. Silence is a turn too.",
    micOff: "Your microphone is off. Switch it on when you want to be heard.",
    heard: "You are heard now.",
    listen: "You are listening. Nothing is asked of you.",
    speak: "Everybody may speak now.",
    lead: "The facilitators may speak now.",
    adrift: "No facilitator is here right now. Any of you may offer the stick.",
    toRound: "Back to a round",
  },
  tools: {
    heading: "Hold the circle",
    floor: "Who may speak",
    floors: { round: "Round", hands: "By hands", open: "Open", silence: "Silence", facilitator: "Facilitators" },
    lock: "Lock the door",
    unlock: "Unlock the door",
    successor: "Who stands in if you lose the connection",
    nobody: "Nobody named",
    remove: (/** @type {string} */ name) => `Remove ${name}`,
    removeHeading: "Ask someone to leave",
    removeSure: (/** @type {string} */ name) => `Remove ${name} from the circle now?`,
    removeYes: (/** @type {string} */ name) => `Yes, remove ${name}`,
    removeHint:
      "The link for members becomes another one: by the one they have, nobody can come back. The others here will have the new one.",
    removeWithout:
      "By the link that they have, they could knock again. Lock the door, or ask whoever has the link for facilitators to make a fresh one.",
    close: "Close the circle",
    closeSure: "Close the circle for everybody? Nothing of it is kept.",
    closeYes: "Yes, close it for everybody",
    no: "No, go back",
  },
  leave: "Leave the circle",
  ended: {
    headings: {
      turned_away: "Not today",
      not_today: "Not today",
      removed: "You are no longer in the circle",
      left: "You have left the circle",
      closed: "The circle is closed",
      elsewhere: "You are here in another window",
      expired: "Your seat is free again",
    },
    texts: {
      turned_away: "The circle cannot welcome you today. That says nothing about you.",
      not_today: "It does not fit today. That says nothing about you, and you are welcome to ask another time.",
      removed: "A facilitator has ended your seat. If you need someone now, please reach out to a person you trust.",
      left: "Take with you what was yours. The others can go on.",
      closed: "Thank you for being there. Nothing of this circle is kept, here or on the server.",
      elsewhere: "Your seat has moved to the window you opened last. You can close this one.",
      expired: "You were away for longer than a seat is kept.",
    },
    door: "Come back to the door",
    back: "Back to the start",
  },
};

/** What somebody is called, as far as it is known here; one's own name is, before others know it. @param {import("./screen.js").Screen} screen @param {string} id */
export const knownName = ({ keys: { names }, names: knocking, me, name }, id) =>
  names[id] || knocking[id] || (id === me && name) || null;

/** What to call a seat. @param {import("./screen.js").Screen} screen @param {string | null} id */
export const nameOf = (screen, id) => (id && knownName(screen, id)) || words.someone;

/** What a step is called: its own title, else by its part. @param {import("./screen.js").Screen} screen @param {readonly import("./protocol.js").StepView[]} agenda @param {number} at */
export const stepNameOf = (screen, agenda, at) => screen.titles[at] || words.agenda.parts[agenda[at].part];

/**
 * Something said without a voice as one sentence: who, and what.
 * @param {import("./screen.js").Screen} screen @param {{ type: "reaction", by: string, reaction: import("./protocol.js").Reaction["reaction"] } | { type: "share" | "writing" | "line" | "note", by: string, text: string }} said
 */
export const whisperOf = (screen, said) =>
  `${words.whispered[said.type](nameOf(screen, said.by))}: ${said.type === "reaction" ? words.reactions[said.reaction] : said.text}`;

/** Names in a row, as this language joins them. @param {string[]} names */
export const listed = (names) => new Intl.ListFormat(words.language, { type: "conjunction" }).format(names);
