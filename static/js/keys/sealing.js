// Words: sealed under what is held now, opened by what is held still; and the links that go from hand to hand. docs/protocol.md section 7.6.
import { b64, bytesOf, hkdf, joined, makeFields, openUnder, sealUnder, sha256, u8, u32, unb64 } from "./bytes.js";
import { openFrom, sealTo } from "./hpke.js";
import { fromSeed, joinProof } from "./links.js";
import { isSigned } from "./members.js";
import { linkSchedule } from "./schedule.js";
import { belonging, makeWords, pad, unpad } from "./words.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {import("./epoch.js").Epoch} Epoch */
/** @typedef {import("./words.js").Kind} Kind */
/** @typedef {import("./words.js").About} About */

const SIGNATURE = 64;
const AROUND_OWN = 4 + 16 + 12 + SIGNATURE + 16;
const LARGEST_OWN = 4096 + AROUND_OWN;

/** Gives null for whatever cannot be opened: words come from anywhere. @template T @param {() => Promise<T | null>} open @returns {Promise<T | null>} */
const orNull = async (open) => {
  try {
    return await open();
  } catch {
    return null;
  }
};

/** @param {Bytes} link L @param {string} rid */
export const doorWords = (link, rid) => makeWords(linkSchedule(link), rid);

/** @param {string} head @param {Bytes} aad @param {Bytes} padded */
const said = async (head, aad, padded) => joined("circle/1 words", unb64(head), await sha256(joined(aad, padded)));

/** @param {Epoch} epoch @param {Kind} kind @param {string} mid */
const ownKey = ({ exporter }, kind, mid) => exporter("words", `${kind} ${mid}`, 32);

/** One's own words, signed. @param {Epoch} epoch @param {import("./members.js").Own} own @param {string} rid @param {string} text @param {Kind} kind @param {About} about */
async function sealSigned(epoch, own, rid, text, kind, about) {
  const [aad, padded] = [belonging(rid, kind, about), pad(text, kind)];
  const signature = await own.sign(await said(epoch.head, aad, padded));
  const sealed = await sealUnder(await ownKey(epoch, kind, own.mid), joined(signature, padded), aad);
  return b64(joined(u32(epoch.n), unb64(own.mid), sealed));
}

/** Words that this seat has written, or null. @param {(n: number) => Epoch | null} epochOf @param {string} seat @param {string} rid @param {string} sealed @param {Kind} kind @param {About} about */
export const openSigned = (epochOf, seat, rid, sealed, kind, about) =>
  orNull(async () => {
    const fields = makeFields(bytesOf(sealed, AROUND_OWN, LARGEST_OWN));
    const [epoch, mid] = [epochOf(fields.u32()), fields.text(16)];
    const author = epoch?.roster.entries.find((entry) => entry.mid === mid);
    if (!epoch || author?.seat !== seat) return null;
    const aad = belonging(rid, kind, about);
    const plain = await openUnder(await ownKey(epoch, kind, mid), fields.take(fields.left()), aad);
    const [signature, padded] = [plain.slice(0, SIGNATURE), plain.slice(SIGNATURE)];
    return (await isSigned(author.ms, signature, await said(epoch.head, aad, padded))) ? unpad(padded, kind) : null;
  });

/** @param {{ id: number, key: Bytes }} room @param {string} rid @param {string} text @param {Kind} kind @param {About} about */
async function sealInRoom({ id, key }, rid, text, kind, about) {
  const sealed = await sealUnder(await hkdf(key, `room ${kind}`), pad(text, kind), belonging(rid, kind, about));
  return b64(joined(u8(id), sealed));
}

/** @param {(id: number) => { key: Bytes } | null} roomOf @param {string} rid @param {string} sealed @param {Kind} kind @param {About} about */
export const openInRoom = (roomOf, rid, sealed, kind, about) =>
  orNull(async () => {
    const bytes = unb64(sealed);
    const room = roomOf(bytes[0]);
    if (!room) return null;
    return unpad(
      await openUnder(await hkdf(room.key, `room ${kind}`), bytes.slice(1), belonging(rid, kind, about)),
      kind,
    );
  });

/** @typedef {import("./types.js").CircleKeys} CircleKeys */

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
