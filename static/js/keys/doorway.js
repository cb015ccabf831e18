// At the door and behind it: who knocks seals to who keeps it, and whoever lets somebody in remembers whom.
import { random } from "./bytes.js";
import { boxesFor, doorKey, doorstepWords, trueKeepers } from "./doorstep.js";
import { blockName } from "./epoch.js";

/** @typedef {import("./doorstep.js").Keeper} Keeper */
/** @typedef {import("./types.js").KnockSeen} KnockSeen */

const SHOWN_AGAIN = 3;
const MOST_BOXES = 8;

/** @param {import("./core.js").Core} core @param {import("./vouching.js").Vouching} vouching */
export function makeDoorway(core, vouching) {
  const secret = random(32);
  const words = doorstepWords(secret, core.rid);
  let knocked = false;
  /** @type {string} the keepers for whom boxes were made */
  let boxed = "";
  let shown = { key: "", at: Number.NEGATIVE_INFINITY };

  /** @param {Keeper[]} keepers */
  const nameAll = (keepers) => keepers.map(({ seat, mk }) => `${seat} ${mk}`).join();

  const keepersHere = async () => (core.root && core.sight ? trueKeepers(core.sight.keepers, core.powers) : []);

  /** @param {Keeper[]} keepers */
  const boxes = (keepers) => {
    const door = {
      rid: core.rid,
      root: /** @type {import("./bytes.js").Bytes} */ (core.root),
      link: core.presentSecret(),
    };
    return boxesFor(door, keepers, core.own, secret);
  };

  /** Keepers as the latest roster has them: their certificates show them, whoever made it. @returns {Promise<Keeper[]>} */
  async function keepersInside() {
    const entries = core.latest?.roster.entries ?? [];
    const powers = core.root ? await core.powersIn(entries) : new Map();
    const here = new Set(core.sight?.seats.filter(({ present }) => present).map(({ id }) => id));
    return entries
      .filter(({ mid, seat }) => powers.get(mid) && here.has(seat) && seat !== core.seat())
      .slice(0, MOST_BOXES);
  }

  return {
    knocked: () => knocked,
    words,
    /** @param {{ name: string, note: string | null }} told */
    async knock({ name, note }) {
      const keepers = await keepersHere();
      if (keepers.length === 0) return null;
      core.name = blockName(name);
      knocked = true;
      boxed = nameAll(keepers);
      return {
        name: await words.seal(name, "name"),
        note: note ? await words.seal(note, "note") : null,
        boxes: await boxes(keepers),
      };
    },
    /** Others keep the door now than when one knocked. */
    async look() {
      if (!knocked || !core.sight?.waiting) return;
      const keepers = await keepersHere();
      if (keepers.length === 0 || nameAll(keepers) === boxed) return;
      boxed = nameAll(keepers);
      core.ask("command", { type: "introduce", boxes: await boxes(keepers) });
    },
    /** For an introduction that nobody can vouch for; null while nobody is here who could be asked. */
    async boxesInside() {
      const keepers = await keepersInside();
      if (keepers.length === 0) return null;
      return { name: await words.seal(core.name, "name"), boxes: await boxes(keepers) };
    },
    /** Shows one's door key where the server lets one keep the door. */
    async keep() {
      const [entry, own, { sight }] = [core.entry(), core.ownSeat(), core];
      if (!entry?.certificate || !own || !sight || !(own.facilitates || own.keepsDoor || sight.leads)) return;
      const key = doorKey(core.own, entry.certificate);
      if (key === shown.key || core.now() - shown.at < SHOWN_AGAIN || !(await core.powers(entry.certificate, entry)))
        return;
      shown = { key, at: core.now() };
      core.ask("command", { type: "keep_door", key }, (answer) => {
        if (answer.refused) shown = { ...shown, key: "" };
      });
    },
    /** The server may have forgotten it. */
    forgotten() {
      shown = { key: "", at: Number.NEGATIVE_INFINITY };
    },
    /** @param {KnockSeen} knock */
    async open({ seat, name, note, question, answer, boxes: all }) {
      const box = await vouching.opened(all);
      if (!box) return { name: null, note: null, question: null, answer: null };
      const read = doorstepWords(box.secret, core.rid);
      return {
        name: await read.open(name, "name"),
        note: await read.open(note, "note"),
        question: await read.open(question, "note", "question", seat),
        answer: await read.open(answer, "note", "answer", seat),
      };
    },
    /** @param {KnockSeen} knock @param {string} text */
    async ask({ seat, boxes: all }, text) {
      const box = await vouching.opened(all);
      return box && doorstepWords(box.secret, core.rid).seal(text, "note", "question", seat);
    },
    /** A person pressed "let in": their name, null where it cannot be read. @param {KnockSeen} knock */
    async letIn({ seat, name, boxes: all }) {
      const box = await vouching.opened(all);
      const called = box && (await doorstepWords(box.secret, core.rid).open(name, "name"));
      // Where somebody sits already, nobody is let in.
      if (!box || !called || core.last?.roster.entries.some((entry) => entry.seat === seat)) return null;
      core.pressed.set(seat, { mk: box.mk, ms: box.ms, mid: box.mid, name: called });
      core.held.call(seat, called);
      return called;
    },
  };
}

/** @typedef {ReturnType<typeof makeDoorway>} Doorway */
