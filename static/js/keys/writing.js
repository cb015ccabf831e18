// Words for the page: sealed under what is held now, opened by what is held still; and the links that go from hand to hand.
import { b64, joined, sha256, unb64 } from "./bytes.js";
import { bytesOf } from "./fields.js";
import { openFrom, sealTo } from "./hpke.js";
import { fromSeed, joinProof } from "./links.js";
import { doorWords, openInRoom, openSigned, sealInRoom, sealSigned } from "./sealing.js";

/** @typedef {import("./types.js").CircleKeys} CircleKeys */
/** @typedef {import("./types.js").About} About */
/** @typedef {import("./words.js").Kind} Kind */

const SEED_BOX = 80;

/** @param {import("./core.js").Core} core @param {import("./sending.js").Sending} sending */
export function makeWriting(core, sending) {
  const { rid, held } = core;

  /** For whom the facilitators' link is. @param {string} seat */
  const seedFor = (seat) => ({ info: joined("circle/1 seed", unb64(rid)), aad: unb64(seat) });

  /** Door words under the present link, and under the one by which one came. */
  const doors = () => [core.presentSecret(), core.parts.link.secret].map((secret) => doorWords(secret, rid));

  /** @param {string} text @param {Kind} kind @param {About} about */
  async function sealOwn(text, kind, ...about) {
    const epoch = sending.epoch();
    const sits = epoch?.roster.entries.some(({ mid }) => mid === core.own.mid);
    return epoch && sits ? sealSigned(epoch, core.own, rid, text, kind, about) : null;
  }

  /** @param {string} text @param {Kind} kind @param {About} about */
  async function sealRoom(text, kind, ...about) {
    const room = core.entry() && held.room();
    return room ? sealInRoom(room, rid, text, kind, about) : null;
  }

  /** @param {string} sealed @param {Kind} kind @param {About} about */
  async function openDoor(sealed, kind, ...about) {
    const opened = await Promise.all(doors().map((words) => words.open(sealed, kind, ...about)));
    return opened.find((text) => text !== null) ?? null;
  }

  async function freshLink() {
    const counter = (core.sight?.link ?? 1) + 1;
    const link = await core.linkOf(counter);
    if (!link) return null;
    const join = b64(await sha256(unb64(await joinProof(link))));
    return { link, counter, join, sealDoor: doorWords(link.secret, rid).seal };
  }

  /** @param {string} seat */
  async function handLead(seat) {
    const to = core.last?.roster.entries.find((entry) => entry.seat === seat);
    return core.seed && to ? b64(await sealTo(unb64(to.mk), seedFor(seat), core.seed)) : null;
  }

  /** @param {string} box */
  async function openLead(box) {
    const seed = await openFrom(core.own.box, seedFor(core.seat() ?? ""), bytesOf(box, SEED_BOX));
    const link = seed?.length === 32 ? await fromSeed(seed) : null;
    if (!seed || link?.rid !== rid) return null;
    await core.turn(() => core.lead(seed));
    return link;
  }

  return {
    sealOwn,
    sealRoom,
    openDoor,
    freshLink,
    handLead,
    openLead: (/** @type {string} */ box) => openLead(box).catch(() => null),
    /** @param {string} seat @param {string} sealed @param {Kind} kind @param {About} about */
    openOwn: (seat, sealed, kind, ...about) => openSigned(held.at, seat, rid, sealed, kind, about),
    /** @param {string} sealed @param {Kind} kind @param {About} about */
    openRoom: (sealed, kind, ...about) => openInRoom(held.room, rid, sealed, kind, about),
    /** @param {string} text @param {Kind} kind @param {About} about */
    sealDoor: async (text, kind, ...about) => doors()[0].seal(text, kind, ...about),
  };
}
