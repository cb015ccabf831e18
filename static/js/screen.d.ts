// What the screen shows, as one typed value, and what a press may do. Types only: no browser needs to fetch them.

export interface Devices {
  microphones: { id: string; label: string }[];
  cameras: { id: string; label: string }[];
  /** chosen; null: whichever the system takes */
  microphone: string | null;
  camera: string | null;
  /** as the member wishes */
  microphoneOn: boolean;
  cameraOn: boolean;
  trouble: null | "denied" | "missing" | "busy" | "other";
  /** the browser is asking right now */
  asking: boolean;
  /** one's own picture */
  preview: MediaStream | null;
  selfView: boolean;
}

/** A step with its title still in the clear. */
export type OwnStep = import("./protocol.js").Step;

/** What one writes before it is sent, and what one has chosen to see. Gone with the window. */
export interface Drafts {
  /** what kind of circle; null: not chosen */
  kind: keyof typeof import("./protocol.js").FORMATS | "own" | null;
  /** a list of one's own */
  steps: OwnStep[];
  /** what would be added to that list */
  adding: OwnStep;
  /** to be shown to all */
  question: string;
  /** null: nothing said */
  card: import("./card.js").Draft | null;
  /** one's card has been opened */
  carding: boolean;
  checkedIn: boolean;
  /** never sent; kept through a reload */
  intention: string;
  /** for oneself, never sent, and gone with a reload */
  jotted: string;
  /** whether the holder wishes to see them */
  minutes: boolean;
  /** who is given duties */
  bearer: string | null;
  /** who else is asked to come apart */
  also: string | null;
  /** in small groups */
  groupMinutes: number;
  /** said with the knock */
  firstTime: boolean;
  /** to what was asked at the door */
  answer: string;
  /** of whom one has said whether they may listen; what was said is not kept */
  consented: readonly string[];
  /** terms that are not sent yet; null: as they are */
  settling: {
    terms: Partial<import("./protocol.js").Terms>;
    texts: Partial<Record<"agreements" | "limits" | "next", string>>;
  } | null;
  /** what would be asked of somebody who knocked */
  asking: { seat: string; text: string } | null;
}

/** What the circle's keys tell, and what is said aloud to compare them. */
export interface Keyed {
  keys: import("./keys/types.js").KeyState;
  /** five words, the same on every screen; null: not fetched */
  safety: readonly string[] | null;
}

export interface Shown {
  /** opened, of who knocks, by seat; all others are named by the keys */
  names: Readonly<Record<string, string>>;
  notes: Readonly<Record<string, string>>;
  /** asked and answered at the door, by who knocked */
  questions: Readonly<Record<string, string>>;
  answers: Readonly<Record<string, string>>;
  /** the circle's own words, where it has them */
  terms: { agreements: string | null; limits: string | null; next: string | null };
  /** opened: the group's own words for what to say in this step */
  script: string | null;
  prompt: string | null;
  /** of the agenda's steps, where they have their own */
  titles: readonly (string | null)[];
  /** the words of check-ins, by seat */
  cards: Readonly<Record<string, import("./card.js").CardWords>>;
}

/** What is still here on the page of goodbye, once the circle is gone. */
export interface Parting {
  /** one's check-in, if one has sent it */
  card: import("./card.js").Draft | null;
  next: string | null;
  /** whose help lines come first */
  region: string | null;
  /** asked to facilitate the next time: whether the link for it was handed on, and what became of it */
  lead: { handed: boolean; answer: "taken" | "lost" | "declined" | null } | null;
}

export interface Place {
  at: "start" | "doorway" | "waiting" | "circle" | "ended" | "unsupported" | "broken" | "twice";
  /** only for facilitators */
  links: { members: string; facilitators: string } | null;
  /** the members' link, rows of modules */
  qr: boolean[][] | null;
  /** just opened */
  fresh: boolean;
  /** came by the facilitators' link */
  facilitates: boolean;
  name: string;
  note: string;
  listenOnly: boolean;
  /** a knock or an entry is on its way */
  busy: boolean;
  /** would knock, as soon as somebody is here who could let one in */
  awaits: boolean;
  devices: Devices;
  view: import("./protocol.js").View | null;
  me: string | null;
  /** by seat */
  pictures: Readonly<Record<string, MediaStream>>;
  connection: import("./connection.js").Connection;
  hearing: "starting" | "ok" | "tap" | "trouble";
  /** a reason, or the code of a refused connection */
  ended: string | null;
  /** null: one was not in */
  parting: Parting | null;
  /** at the door, after one was in */
  returning: boolean;
  /** the latest refusal, for a while */
  refused: string | null;
  /** a question that waits for a yes: "close", "leave", "remove <seat>" */
  asked: string | null;
  /** which link was copied just now; "nothing": the browser would not */
  copied: "members" | "facilitators" | "nothing" | null;
  /** milliseconds to add to Date.now() for the server's time */
  clock: number;
  /** whether a soft bell rings at both ends of a quiet */
  bells: boolean;
}

export interface Said<T extends string> {
  type: T;
  id: number;
  /** whose seat */
  by: string;
  /** the server's time */
  at: number;
  text: string;
}

/** What is said without a voice, as far as it may be shown now; and what one writes oneself. */
export interface Quietly {
  whispered: {
    /** of the holder; for its own turn only */
    share: (Omit<Said<"share">, "id"> & { turn: number }) | null;
    /** to all, in this step */
    writings: readonly Said<"writing">[];
    /** among those who facilitate */
    lines: readonly Said<"line">[];
    /** to those who facilitate, until each is put away */
    notes: readonly Said<"note">[];
    /** of the last seconds */
    reactions: readonly (Omit<Said<"reaction">, "text"> & import("./protocol.js").Reaction)[];
  };
  /** not sent yet */
  saying: Readonly<Record<"share" | "writing" | "line" | "note", string>>;
  /** a note has gone to the facilitators, and none is being written */
  told: boolean;
}

export type Screen = Place & Keyed & Shown & Drafts & Quietly;

export interface Act {
  /** several may come before the next is drawn: what is built on what is there is given as a function of it */
  set: (change: Partial<Screen> | ((now: Screen) => Partial<Screen>)) => void;
  intend: (intention: string) => void;
  choose: (kind: "microphone" | "camera", id: string) => Promise<void>;
  switchDevice: (kind: "microphone" | "camera", on: boolean) => Promise<void>;
  selfView: (on: boolean) => void;
  knock: () => Promise<void>;
  withdraw: () => Promise<unknown>;
  /** changes the draft of what the circle is held by, also several times before it is drawn */
  draft: (terms: NonNullable<Screen["settling"]>["terms"], texts: NonNullable<Screen["settling"]>["texts"]) => void;
  /** as drafted: what the circle is held by */
  settle: () => Promise<void>;
  /** from a seat in the circle to listening */
  stepBack: () => Promise<void>;
  freshLink: () => Promise<void>;
  /** somebody who waits at the door, by the name that their knock says */
  letIn: (seat: string) => Promise<void>;
  /** somebody who has a seat and no keys */
  vouch: (seat: string) => Promise<void>;
  /** to facilitate too, with the link for it */
  offerLead: (seat: string | null) => Promise<void>;
  acceptLead: () => Promise<void>;
  /** from another window to this one */
  moveHere: () => Promise<void>;
  /** who facilitates the next time, with the link for it */
  nameNext: (seat: string | null) => Promise<void>;
  /** if whoever is named has other keys by now */
  handAgain: () => Promise<void>;
  /** whoever is removed, and then a fresh link */
  removeForGood: (seat: string) => Promise<void>;
  /** at the end: the link that was handed on */
  takeLink: () => Promise<void>;
  /** a circle that is over, by the facilitators' link */
  openAgain: () => Promise<void>;
  /** as drafted, at the door */
  askKnock: () => Promise<void>;
  answerKnock: () => Promise<void>;
  enter: () => Promise<void>;
  /** whether it was done */
  command: (command: import("./protocol.js").Command) => Promise<boolean>;
  /** has just come to the circle */
  seated: () => Promise<void>;
  /** as drafted */
  chooseAgenda: () => Promise<void>;
  /** the drafted question */
  ask: () => Promise<void>;
  /** with the drafted card, or take it back */
  checkIn: (on: boolean) => Promise<unknown>;
  /** somebody has come who could not read what was written before */
  writeAgain: () => Promise<void>;
  /** instead of speaking: all that is written by now */
  share: (taken?: "") => unknown;
  react: (reaction: import("./protocol.js").Reaction["reaction"]) => Promise<void>;
  /** as drafted */
  say: (type: "writing" | "line" | "note") => Promise<void>;
  /** a note that has been read */
  putAway: (id: number) => void;
  leave: () => Promise<unknown>;
  comeBack: () => void;
  tryAgain: () => void;
  tapToHear: () => Promise<void>;
  copy: (which: "members" | "facilitators") => Promise<void>;
}

/** Before there are keys. */
export function nothingKeyed(): Keyed;

/** Nothing opened. */
export function nothingShown(): Shown;

/** Nothing said or to be said. */
export function nothingWhispered(): Quietly;

/** The screen before anything is known, with a suggested name. */
export function firstScreen(name: string, facilitates: boolean): Screen;
