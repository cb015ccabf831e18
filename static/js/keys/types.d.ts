// What the page uses of the keys: docs/protocol.md section 7. Only this is known outside of keys/; `makeKeys` in keys.js makes it.
import type { KnockView, View } from "../protocol.js";
import type { Link } from "./links.js";
import type { Kind } from "./words.js";

/** The author's seat and what else the words belong to, so that they open nowhere else. */
export type About = (string | number)[];
export type Bytes = Uint8Array<ArrayBuffer>;

/** What frames and words know of keys. `exporter` throws where there is no epoch yet. */
export interface KeySchedule {
  /** grows whenever keys change; 0 before the first ones */
  readonly epoch: number;
  readonly roster: readonly Member[];
  exporter(label: string, context: string | Bytes, length: number): Promise<Bytes>;
  /** Returns its unbind. */
  onEpoch(listener: (epoch: number) => void): () => void;
}

/** Who holds the keys, in the order of their index. `name` is null where nobody here knows it yet. */
export interface Member {
  seat: string;
  index: number;
  listens: boolean;
  name: string | null;
  /** bits: 1 facilitates, 2 stands in, 4 keeps the door; 0 without a certificate that is good now */
  powers: number;
}

/** Somebody whose keys another one has to vouch for: let in by a page that is gone, or come back too late. */
export interface Introduced {
  seat: string;
  /** null: it cannot be read, and they should be asked to leave */
  name: string | null;
}

/** Somebody came into the circle's keys, went out of them, or came back: has other keys at the same seat. Never oneself; `at` in seconds, unix time. */
export interface Passage {
  what: "came" | "went" | "back";
  seat: string;
  name: string | null;
  at: number;
}

/**
 * - `heads`: not everyone sees the same circle
 * - `stopped`: somebody was removed and there are no new keys yet, so nothing is sent from here
 * - `no_key`: one sits here, and nobody has given one the keys so far
 * - `beat`: the facilitator's sign has been missing for a minute
 */
export type Warning = "heads" | "stopped" | "no_key" | "beat";

/** All that a screen shows of the keys. A new object whenever something of it has changed. */
export interface KeyState {
  epoch: number;
  roster: readonly Member[];
  /** by seat: those of the roster, and those who are let in and not in it yet */
  names: Readonly<Record<string, string>>;
  /** the present link, for members to come by; null before it is known */
  link: Link | null;
  /** the worst one */
  warning: Warning | null;
  /** for who keeps the door: press `vouch` for each, or ask them to leave */
  introduced: readonly Introduced[];
  /** the latest 50, oldest first */
  passages: readonly Passage[];
  /** the epoch under which words and sound go out: a moment later than it is there to read by; 0: nothing may go out */
  sending: number;
}

export interface MediaEntry {
  seat: string;
  /** index << 8 | (n mod 256) */
  kid: number;
  /** 32 bytes, exporter_n("media", mid, 32) */
  base: Bytes;
}

/** What frames are told. Keys of the epoch before stay for receiving, as long as frames see fit. */
export interface MediaKeys {
  /** Epoch n may be received from now on. */
  install(n: number, entries: MediaEntry[]): void;
  /** From now on one's own frames go out under this key, of an epoch that is installed. */
  send(n: number, kid: number): void;
  /** Nothing goes out until the next `send`. */
  stop(): void;
  /** Every key is let go. */
  wipe(): void;
}

/** The `keys` event, from the server. */
export type KeysMessage =
  | {
      type: "commit";
      n: number;
      roster: string;
      confirm: string;
      signature: string;
      block: string;
      wrap: string | null;
    }
  | { type: "switch"; n: number };

/** What `fetch` brings: commits as they were told, oldest first, with one's own wrap in the last. */
export type CommitMessage = Extract<KeysMessage, { type: "commit" }>;

export interface Ack {
  ok?: true;
  refused?: string;
  commits?: CommitMessage[];
}

export interface Parts {
  link: Link;
  /** one's own seat: of the knock, or in the circle */
  seat: () => string | null;
  /** of this tab; `resume` is what one comes back by after a reload, "" without any; `name` one's own, "" before it is said */
  memory: { read: () => { resume: string; name: string }; keep: (change: { resume: string }) => void };
  /** never sent again by itself; resolves to a refusal where the line is down */
  send: (event: "keys" | "command" | "whisper", data: object) => Promise<Ack>;
  media: MediaKeys;
  changed: (state: KeyState) => void;
  /** seconds, unix time, of this machine */
  now: () => number;
  /** Does it once, so many seconds later; returns what takes it back. */
  after: (seconds: number, act: () => unknown) => () => void;
}

/** A knock as a view shows it; `boxes` by keeper's seat. */
export type KnockSeen = Pick<KnockView, "seat" | "name" | "note" | "question" | "answer"> & {
  boxes: Record<string, string>;
};

/** A knock as its keeper reads it; null for what cannot be read. */
export interface Knocked {
  name: string | null;
  note: string | null;
  question: string | null;
  answer: string | null;
}

/** All promises of sealing give null where there is no key for it now; those of opening, where it is not what it says. */
export interface CircleKeys extends KeySchedule {
  readonly state: KeyState;

  /** Each view, in the order in which they come, before it is read. */
  see(view: View): Promise<void>;
  /** Each `keys` event. */
  take(message: KeysMessage): Promise<void>;
  /** Each whisper `beat`, with the seat that the server names. */
  beat(by: string, beat: string): Promise<void>;
  /** The line is up, for the first time or again. */
  connected(): Promise<void>;

  /** At the door, with a view seen: the fields of `knock`. Null while no keeper whose certificate holds is here; the page says so. The same keys and the same secret each time. */
  knock(told: {
    name: string;
    note: string | null;
  }): Promise<{ name: string; note: string | null; boxes: Record<string, string> } | null>;
  /** At the door, for who holds the seed: the field of `enter`. */
  enter(name: string): Promise<{ keys: string } | null>;
  /** What somebody who knocked answers to what they were asked. */
  answer(text: string): Promise<string | null>;
  /** One's own question and answer at the door. */
  openDoorstep(sealed: string, what: "question" | "answer"): Promise<string | null>;
  /** For who keeps the door. */
  openKnock(knock: KnockSeen): Promise<Knocked>;
  ask(knock: KnockSeen, text: string): Promise<string | null>;
  /** A person pressed "let in": the name for `admit`, null for a knock that cannot be read. This page commits as soon as the seat is there. */
  letIn(knock: KnockSeen): Promise<string | null>;
  /** A person pressed "let in" for somebody of `state.introduced`. */
  vouch(seat: string): Promise<boolean>;

  /** One's own words: signed, and read only where the server names the seat of their author. */
  sealOwn(text: string, kind: Kind, ...about: About): Promise<string | null>;
  openOwn(seat: string, sealed: string, kind: Kind, ...about: About): Promise<string | null>;
  /** What stands in the room for whoever sits in it. */
  sealRoom(text: string, kind: Kind, ...about: About): Promise<string | null>;
  openRoom(sealed: string, kind: Kind, ...about: About): Promise<string | null>;
  /** What everybody who has the link may read before coming in. */
  sealDoor(text: string, kind: Kind, ...about: About): Promise<string | null>;
  openDoor(sealed: string, kind: Kind, ...about: About): Promise<string | null>;

  /** For who holds the seed: the next link, what to show for it, and door words sealed for it. */
  freshLink(): Promise<FreshLink | null>;
  /** The facilitators' link, in a box for that seat alone. Null for who has no seed, or a seat that has no keys. */
  handLead(seat: string): Promise<string | null>;
  /** One's own box; from then on this page holds the seed, and shows its power once the server says that one leads. Null: for another, or of another circle. */
  openLead(box: string): Promise<Link | null>;

  /** Five words to read aloud. Throws where they cannot be fetched, or the facilitators' key is not known. */
  safety(): Promise<string[]>;
  /** When all that is under way is done. */
  idle(): Promise<void>;
  /** Everything is forgotten, here and by frames: the end, or a page that goes. */
  wipe(): void;
}

export interface FreshLink {
  link: Link;
  counter: number;
  /** SHA-256 of the proof, for `set_link` */
  join: string;
  sealDoor(text: string, kind: Kind, ...about: About): Promise<string>;
}
