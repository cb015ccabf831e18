// Views as the server sends them, by hand: a circle of seats named a, b, c ...; what a test is about is given.

/** @param {string} id @param {object} [change] */
export const seat = (id, change) => ({
  id,
  role: "member",
  name: `sealed ${id}`,
  present: true,
  hand: null,
  microphone: false,
  camera: false,
  heard: false,
  later: false,
  duties: [],
  card: null,
  out: false,
  wish: null,
  hushed: false,
  asks_seat: false,
  ...change,
});

/** What a circle is held by when nobody has said otherwise. @param {object} [change] */
export const terms = (change) => ({
  agreements: null,
  limits: "B",
  limits_words: null,
  camera: "optional",
  observers: "welcome",
  late: "open",
  late_after: 15,
  reactions: true,
  breath: 0,
  capacity: 12,
  rotates: false,
  next_date: null,
  help: null,
  ...change,
});

/** @param {"resting" | "offered" | "held"} state @param {string | null} [at] */
export const stick = (state, at = null) => ({
  state,
  seat: at,
  since: 0,
  allotted: null,
  asks: false,
  over: 0,
  not_before: null,
});

/** Somebody at the door. @param {string} id @param {object} [change] */
export const knock = (id, change) => ({
  seat: id,
  name: `sealed ${id}`,
  note: null,
  role: "member",
  since: 0,
  first_time: false,
  returns: false,
  question: null,
  answer: null,
  state: "waiting",
  ...change,
});

/** A facilitator, two members and an observer; the stick rests in a round. @param {object} [change] */
export const view = (change) => ({
  version: 1,
  now: 1000,
  at: "circle",
  phase: "open",
  floor: "round",
  turn: 1,
  locked: false,
  terms: terms(),
  coming: [],
  successor: null,
  acting: null,
  volunteer: null,
  next_facilitator: null,
  handed: null,
  script: null,
  agenda: [],
  step: null,
  step_since: 0,
  ends: null,
  prompt: null,
  backwards: false,
  unheard_first: false,
  plan: [],
  stick: stick("resting"),
  next: null,
  heard: [],
  unheard: [],
  pause: null,
  asides: [],
  invitation: null,
  leads: false,
  adrift: false,
  seats: [seat("f", { role: "facilitator" }), seat("a"), seat("b"), seat("o", { role: "observer" })],
  knocks: [],
  ...change,
});

/** @param {number} version @param {"door" | "waiting"} [at] */
export const door = (version, at = "door") => ({
  version,
  now: 1000,
  at,
  locked: false,
  full: false,
  closes: null,
  minutes: null,
  terms: terms(),
  state: at === "waiting" ? "waiting" : null,
  question: null,
  answer: null,
});
