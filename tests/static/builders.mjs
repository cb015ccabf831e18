// Views as the server sends them, by hand: a circle of seats named a, b, c ...; what a test is about is given. And keys that a test sees through.
import { nothingKeyed } from "../../static/js/screen.js";

/** @param {string} id @param {object} [change] */
export const seat = (id, change) => ({
  id,
  role: "member",
  keys: null,
  name: null,
  boxes: null,
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

/** What the keys tell the screen, once there are any. @param {object} [change] @returns {any} */
export const keyState = (change) => ({ ...nothingKeyed().keys, epoch: 1, sending: 1, ...change });

/**
 * Keys that seal "x" as "kind about (x)" and open "sealed x" as "x", through `opened` where a test waits for it; what they were asked is noted.
 * @param {object} [change] @returns {any}
 */
export function keysFor(change) {
  /** @type {string[]} */
  const asked = [];
  const seal = async (/** @type {string} */ text, /** @type {any[]} */ ...about) => `${about.join(" ")}(${text})`;
  const open = async (/** @type {string | null} */ sealed) => (sealed?.startsWith("sealed ") ? sealed.slice(7) : null);
  const opening =
    (/** @type {string} */ how) =>
    async (/** @type {any[]} */ ...given) => {
      asked.push([how, ...given].join(" "));
      return open(given[how === "own" ? 1 : 0]);
    };
  return {
    asked,
    sealOwn: seal,
    sealRoom: seal,
    sealDoor: seal,
    openOwn: opening("own"),
    openRoom: opening("room"),
    openDoor: opening("door"),
    openDoorstep: opening("doorstep"),
    async openKnock(/** @type {any} */ { seat: id, boxes, name, note, question, answer }) {
      asked.push(`knock ${id}`);
      const all = boxes.a ? [name, note, question, answer] : [null, null, null, null];
      const [called, ...others] = await Promise.all(all.map(open));
      return { name: called, note: others[0], question: others[1], answer: others[2] };
    },
    see: async () => {},
    take: async () => {},
    beat: async () => {},
    connected: async () => {},
    wipe: () => {},
    ...change,
  };
}

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

/** Somebody at the door, whose words seat a can open. @param {string} id @param {object} [change] */
export const knock = (id, change) => ({
  seat: id,
  name: `sealed ${id}`,
  boxes: { a: "a box for a" },
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
  root: "root",
  link: 1,
  epoch: 1,
  lead_to: null,
  lead_box: null,
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
  shown: [],
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
  root: "root",
  keepers: [{ seat: "f", key: "door key" }],
  state: at === "waiting" ? "waiting" : null,
  question: null,
  answer: null,
});
