// The sentences of the doors: what is told before one comes in, asking and answering at the door. Part of the one catalogue, words.js.
import { counted } from "./holding.js";

const doorway = {
  heading: "Come as you are",
  facilitatorHeading: "Take your seat",
  intro: "Nobody sees or hears you yet. Take the time you need.",
  name: "Your name in the circle",
  nameHint: "A first name, or any name you like.",
  note: "A few words to the facilitators, if you like",
  devices: "Camera and microphone",
  devicesHint: "Both are off until you switch them on, and you may come in with both off.",
  listenOnly: "I only want to listen this time",
  listenHint: "You sit in the circle, marked as listening. No camera or microphone is used.",
  chooseMicrophone: "Which microphone",
  chooseCamera: "Which camera",
  level: "Your microphone hears this much",
  preview: "Only you see this.",
  agreements: "What we agree on",
  knock: "Knock",
  enter: "Enter the circle",
  knockHint: "A facilitator sees your knock and lets you in.",
  obstacles: {
    locked: "The door is locked for now. You can wait here and try again later.",
    full: "Every seat is taken right now. You may still come in to listen, or try again later.",
    returning: "You were here before. Your seat was kept for a while and is free again; knock, and you may come in.",
    late: "The circle has begun and takes in nobody new today. You are welcome the next time.",
  },
  connecting: "Finding the circle",
  alone: "Nobody is here yet who could let you in. You can knock, and wait here until somebody is.",
  awaits: "Nobody is here yet who could let you in. Stay on this page: it knocks for you as soon as somebody is.",
  rather: "I no longer wait",
};

const waiting = {
  heading: "You have knocked",
  text: "Someone will open the door soon. It may take until a quiet moment. You can stay as you are.",
  withdraw: "I'd rather go",
};

const door = {
  heading: "At the door",
  letIn: (/** @type {string} */ name) => `Let in ${name}`,
  turnAway: (/** @type {string} */ name) => `Turn away ${name}`,
  wantsToListen: "would like to listen",
};

const terms = {
  heading: "How it is here",
  limits: {
    A: "What is said stays here, with exceptions: where somebody is in serious danger, the facilitators may turn to others, and tell you first wherever they can.",
    B: "What is said stays here. Nobody turns to others about you without you.",
  },
  honest: "Nobody can promise for everyone else. Share what you would be at ease with.",
  observers: {
    welcome: "Whoever only listens is welcome, and marked as listening.",
    newcomers: "On a first visit you may only listen. Whoever listens is marked.",
    ask: "Before somebody comes only to listen, the circle is asked. Whoever listens is marked.",
    none: "Nobody only listens in this circle.",
  },
  camera: {
    optional: "Your camera is up to you.",
    holder: "Only whoever has the stick is shown, if they wish.",
    check_in: "Pictures are shown in the check-in only, if you wish.",
  },
  late: {
    open: "You may come late.",
    boundary: "Whoever comes late sits down between two turns.",
  },
  closes: (/** @type {number} */ minutes) =>
    counted(
      minutes,
      "One minute after the beginning nobody new comes in. Whoever was in may come back.",
      "# minutes after the beginning nobody new comes in. Whoever was in may come back.",
    ),
  next: (/** @type {string} */ date) => `The next time: ${date}`,
  takes: (/** @type {number} */ minutes) => counted(minutes, "It takes about a minute.", "It takes about # minutes."),
  seats: (/** @type {number} */ seats) => counted(seats, "There is one seat.", "Up to # people sit in the circle."),
  breath: (/** @type {number} */ seconds) =>
    counted(
      seconds,
      "Between two turns there is a second of quiet.",
      "Between two turns there are # seconds of quiet.",
    ),
  noSigns: "No hearts or other signs are sent here.",
};

const asking = {
  first: "It is my first time",
  firstHint: "The facilitators see it, so that they can welcome you.",
  asks: (/** @type {string} */ question) => `The facilitators ask: ${question}`,
  isFirst: "It is their first time.",
  returns: "They were here before.",
  ask: (/** @type {string} */ name) => `Ask ${name} something`,
  send: "Send the question",
  reply: (/** @type {string} */ name) => `Answer ${name}`,
  sendReply: "Send the answer",
  replies: (/** @type {string} */ words) => `The facilitators answer: ${words}`,
  youReplied: (/** @type {string} */ words) => `You have answered: ${words}`,
  youAsked: (/** @type {string} */ question) => `You have asked: ${question}`,
  answers: (/** @type {string} */ answer) => `They answer: ${answer}`,
  noAnswer: "No answer yet.",
  states: {
    asked: "The circle is being asked.",
    coming: "They sit down between two turns.",
  },
  yours: "Your answer",
  answer: "Answer",
  answered: (/** @type {string} */ answer) => `You have answered: ${answer}`,
  headings: { asked: "The circle is being asked", coming: "You are let in" },
  texts: {
    asked: "They are asked whether somebody may come to listen today. It takes about half a minute.",
    coming: "You sit down as soon as this turn has come to its end.",
  },
};

const listening = {
  joined: (/** @type {string} */ name) => `${name} is here to listen`,
  asks: (/** @type {string} */ name) => `${name} would like to listen. Any objection?`,
  hint: "Nobody in the circle is told who said what.",
  welcome: "Welcome",
  rather: "I'd rather not today",
  said: "Thank you. Nobody in the circle is told what you said.",
};

const places = {
  ask: "I'd like a seat in the circle",
  asked: "You sit down in the circle as soon as this turn has come to its end.",
  unask: "I'd rather go on listening",
  back: "I'd rather only listen",
  backHint: "Your seat then only listens. You can ask for a seat in the circle again.",
  seated: "You have a seat in the circle now",
};

const shield = {
  on: "Shield the circle",
  hint: "For when somebody disturbs: nobody knocks, and only the facilitators are heard and seen.",
  off: "Go on as before",
  state: "The circle is shielded. Only the facilitators are heard and seen for now; you are not alone.",
  over: "The circle goes on as before",
  fresh: "Make a fresh link",
  freshHint: "The link for members becomes another one. The old one opens the door no longer.",
};

const handing = {
  heading: "Who facilitates",
  offer: "Ask a member to facilitate too",
  offered: "Would you like to facilitate too?",
  offeredHint: "The facilitators ask you. Either answer is fine.",
  accept: "Accept",
  decline: "Not now",
  stepBack: "Step back from facilitating",
  next: "Who facilitates the next time",
  named: "You are asked to facilitate the next time",
  namedHint: "At the end you may take the link for facilitators with you. Either answer is fine.",
  rather: "Rather not",
  unnamed: "Nobody is asked to facilitate the next time yet",
  nobody: "Nobody facilitates right now",
  acts: (/** @type {string} */ name) => `${name} facilitates for now`,
  yours: "The circle is in your hands now",
  volunteer: "I can facilitate",
  volunteers: (/** @type {string} */ name) => `${name} would facilitate. Is that all right with you?`,
  mine: "You would facilitate. The others are asked.",
  yes: "Yes",
  no: "I'd rather not",
};

const settling = {
  heading: "How the circle is held",
  observers: "Who may only listen",
  late: "Who comes late",
  listeners: { welcome: "Everybody", newcomers: "On a first visit", ask: "After the circle is asked", none: "Nobody" },
  lates: { open: "At any time", boundary: "Between two turns", closed: "For some minutes only" },
  limiting: { A: "With exceptions", B: "Nobody without you" },
  after: "How long the door stays open",
  capacity: "Seats in the circle",
  breath: "Quiet between turns",
  help: "Whose help lines come first",
  helpNearest: "Each one's own country",
  reactions: "Quiet signs are welcome",
  rotates: "Somebody else facilitates each time",
  next: "The next time",
  camera: "Cameras",
  limits: "What stays here",
  limitsOwn: "Or in your own words",
  promised: "What was told at the door stays as it is until the next time.",
  keep: "Hold it like this",
};

const agreements = [
  "What is said stays here, also who was here.",
  "No recording, photos, screenshots or note-taking programs.",
  "One voice at a time: the holder speaks, we listen.",
  "You may pass, be silent, switch the camera off or leave, always.",
  "Speak from your own life: “I”, not “you should”.",
  "No fixing and no advice, unless asked.",
  "Leave room for others.",
  "Easy on detail: no methods of self-harm, nothing graphic; a word before something hard.",
  "Sit where nobody overhears; headphones help; not while driving.",
  "Whoever only listens is named, so all know who hears.",
  "You may step away, and come back.",
  "We are peers, not clinicians, and no crisis service.",
  "Facilitators may take the stick back, or ask someone to leave, to keep the circle safe.",
];

export const doors = {
  doorway,
  waiting,
  door,
  terms,
  asking,
  listening,
  places,
  shield,
  handing,
  settling,
  agreements,
};
