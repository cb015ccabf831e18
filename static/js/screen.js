// What the screen begins with. What it shows, and what a press may do, stands in screen.d.ts.

/** Before there are keys. @returns {import("./screen.js").Keyed} */
export const nothingKeyed = () => ({
  keys: {
    epoch: 0,
    roster: [],
    names: {},
    link: null,
    warning: null,
    introduced: [],
    passages: [],
    sending: 0,
  },
  safety: null,
});

/** Nothing opened. @returns {import("./screen.js").Shown} */
export const nothingShown = () => ({
  names: {},
  notes: {},
  questions: {},
  answers: {},
  terms: { agreements: null, limits: null, next: null },
  script: null,
  prompt: null,
  titles: [],
  cards: {},
});

/** Nothing said or to be said. @returns {import("./screen.js").Quietly} */
export const nothingWhispered = () => ({
  whispered: { share: null, writings: [], lines: [], notes: [], reactions: [] },
  saying: { share: "", writing: "", line: "", note: "" },
  told: false,
});

/** Nothing written. @returns {import("./screen.js").Drafts} */
const nothingWritten = () => ({
  kind: null,
  steps: [],
  adding: { part: "sharing", floor: "round", minutes: 10 },
  question: "",
  card: null,
  carding: false,
  checkedIn: false,
  intention: "",
  jotted: "",
  minutes: false,
  bearer: null,
  also: null,
  groupMinutes: 5,
  firstTime: false,
  answer: "",
  asking: null,
  consented: [],
  settling: null,
});

/** The screen before anything is known. @param {string} name a suggested one @param {boolean} facilitates @returns {import("./screen.js").Screen} */
export const firstScreen = (name, facilitates) => ({
  at: "start",
  links: null,
  qr: null,
  fresh: false,
  facilitates,
  name,
  note: "",
  listenOnly: false,
  busy: false,
  awaits: false,
  devices: {
    microphones: [],
    cameras: [],
    microphone: null,
    camera: null,
    microphoneOn: false,
    cameraOn: false,
    trouble: null,
    asking: false,
    preview: null,
    selfView: false,
  },
  view: null,
  me: null,
  pictures: {},
  connection: "connecting",
  hearing: "starting",
  ended: null,
  parting: null,
  returning: false,
  refused: null,
  asked: null,
  copied: null,
  bells: true,
  clock: 0,
  ...nothingKeyed(),
  ...nothingShown(),
  ...nothingWritten(),
  ...nothingWhispered(),
});
