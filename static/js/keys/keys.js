// The circle's keys, put together: what comes in, what is done about it, what the screen is told. docs/protocol.md section 7.
import { unb64 } from "./bytes.js";
import { makeCommitting } from "./committing.js";
import { makeCore } from "./core.js";
import { makeDoorway } from "./doorway.js";
import { makeEntering } from "./entering.js";
import { blockName } from "./epoch.js";
import { packed, unpacked } from "./held.js";
import { makePulse } from "./pulse.js";
import { makeReceiving } from "./receiving.js";
import { makeWriting } from "./sealing.js";
import { kidOf, makeSending } from "./sending.js";
import { makeTelling } from "./telling.js";
import { makeVouching } from "./vouching.js";

/** @typedef {import("./types.js").CircleKeys} CircleKeys */

const TICK = 0.5;

/** What one comes back by after a reload; one's name, also where that is gone. @param {import("./core.js").Core} core */
function remember(core) {
  const { resume, name: own } = core.parts.memory.read();
  core.name = blockName(own);
  const kept = unpacked(resume);
  if (!kept) return;
  const { name, ...before } = kept;
  core.name = blockName(name);
  core.before = before;
}

/** A page that was wiped meanwhile keeps nothing. @param {import("./core.js").Core} core @param {import("./epoch.js").Epoch} epoch */
async function keep(core, epoch) {
  const seat = core.seat() ?? "";
  const beside = epoch.roster.entries.map(({ mid }) => mid);
  const resume = await epoch.resume(core.own.mid);
  if (core.over) return;
  core.before = { m: epoch.n, resume, seat, beside };
  core.name ||= core.held.nameOf({ mid: core.own.mid, seat }) ?? "";
  core.parts.memory.keep({ resume: packed({ ...core.before, name: core.name }) });
}

/** Frames may be received under these keys. @param {import("./core.js").Core} core @param {import("./epoch.js").Epoch} epoch */
async function tellMedia(core, { n, roster, exporter }) {
  const keyed = roster.entries.map(async ({ seat, index, mid }) => {
    return { seat, kid: kidOf(index, n), base: await exporter("media", unb64(mid), 32) };
  });
  const entries = await Promise.all(keyed);
  if (!core.over) core.parts.media.install(n, entries);
}

/** @param {import("./types.js").Parts} parts @returns {Promise<CircleKeys>} */
export async function makeKeys(parts) {
  const core = await makeCore(parts);
  remember(core);
  const sending = makeSending(core);
  const vouching = makeVouching(core);
  const doorway = makeDoorway(core, vouching);
  const receiving = makeReceiving(core, { onEpoch, onOut });
  const pulse = makePulse(core, receiving.fetch);
  const committing = makeCommitting(core, { vouching, fetch: receiving.fetch });
  const entering = makeEntering(core, { fetch: receiving.fetch, doorway });
  const telling = makeTelling(core, { sending, pulse, entering, vouching });
  const writing = makeWriting(core, sending);
  let cancel = () => {};

  /** @param {import("./epoch.js").Epoch} epoch */
  async function onEpoch(epoch) {
    committing.installed();
    await tellMedia(core, epoch);
    await keep(core, epoch);
    if (core.over) return;
    core.ask("keys", { type: "installed", n: epoch.n });
    sending.installed(epoch.n);
    telling.installed(epoch);
    await pulse.installed();
  }

  function onOut() {
    core.last = null;
    sending.stop();
  }

  /** What there is to do now, by what is known now. */
  async function look() {
    if (core.over || !core.sight) return;
    if (core.sight.inside) {
      sending.look();
      await entering.look();
      await committing.look();
      await pulse.look();
      await doorway.keep();
    } else await doorway.look();
    await telling.tell();
  }

  function tick() {
    cancel = parts.after(TICK, () => {
      tick();
      return core.turn(look);
    });
  }
  tick();

  /** Something came: it is taken in its turn, and then looked at what follows. @param {() => unknown} work */
  const then = (work) =>
    core.turn(async () => {
      if (!core.over) await work();
      await look();
    });

  return {
    ...telling.schedule,
    get epoch() {
      return core.last?.roster.n ?? 0;
    },
    get roster() {
      return telling.state().roster;
    },
    get state() {
      return telling.state();
    },
    see: (view) =>
      then(async () => {
        await core.look(view);
        await receiving.see();
        committing.see();
      }),
    take: (message) => then(() => (message.type === "commit" ? receiving.take(message) : sending.switch(message.n))),
    beat: (by, beat) => then(() => pulse.take(by, beat)),
    connected: () => then(doorway.forgotten),
    knock: (told) => core.turn(() => doorway.knock(told)),
    enter: (name) => core.turn(() => entering.enter(name)),
    answer: async (text) => doorway.words.seal(text, "note", "answer", core.seat() ?? ""),
    openDoorstep: (sealed, what) => doorway.words.open(sealed, "note", what, core.seat() ?? ""),
    openKnock: doorway.open,
    ask: doorway.ask,
    letIn: async (knock) => {
      const name = await core.turn(() => doorway.letIn(knock));
      return name && writing.sealRoom(name, "name");
    },
    vouch: (seat) => then(() => vouching.vouch(seat)).then(() => core.pressed.has(seat)),
    ...writing,
    safety: async () => {
      if (!core.root) throw new Error("no root");
      const { safetyWords } = await import("./safety.js");
      return safetyWords(core.rid, core.root);
    },
    idle: core.idle,
    wipe() {
      core.over = true;
      cancel();
      sending.stop();
      parts.media.wipe();
      core.held.wipe();
      core.last = null;
      core.before = null;
    },
  };
}
