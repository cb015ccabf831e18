// The link by which this page was opened: what it shows at the door, which links it gives out, and how it follows when a fresh one is made.
import { inCircle } from "./circle.js";
import { freshLink, openSeed, presentLink, sealSeed, wordsSecret } from "./keys/fresh.js";
import { connectProof, facilitatorAddress, fromSeed, memberAddress, memberFragment } from "./keys/links.js";

/** @typedef {import("./keys/links.js").Link} Link */
/** @typedef {import("./protocol.js").View} View */

/**
 * @param {object} parts
 * @param {Link} parts.link
 * @param {Link | null} parts.later the present one, if this tab has learnt of a later one before
 * @param {import("./store.js").Store} parts.store
 * @param {ReturnType<typeof import("./memory.js").makeMemory>} parts.memory
 * @param {ReturnType<typeof import("./keys/schedule.js").linkSchedule>} parts.schedule
 * @param {Pick<import("./keys/words.js").Words, "seal" | "open">} parts.words
 * @param {(rid: string) => Promise<{ nonce: string, link: number }>} parts.challenge
 * @param {string} parts.origin
 */
export function makeAccess({ link, later, store, memory, schedule, words, challenge, origin }) {
  let present = later ?? link;
  let counter = 0;

  /** Who facilitates gives out the present link: never the first one, where there is a later one. @param {number} latest */
  async function show(latest) {
    if (!link.seed || latest === counter) return;
    counter = latest;
    const members = memberAddress(await fromSeed(link.seed, latest), origin);
    const { qr } = await import("./qr.js");
    if (latest !== counter) return;
    store.set({ links: { members, facilitators: facilitatorAddress(link, origin) }, qr: qr(members) });
  }

  /** Whoever has come by a fresh link learns the words' secret; for those with the first one `keys` says nothing. @param {string | null} keys */
  async function learn(keys) {
    if (link.seed || !keys || schedule.epoch > 0) return;
    const secret = (await wordsSecret(link, keys)) ?? (await wordsSecret(present, keys));
    if (secret) schedule.become(secret);
  }

  /** Those inside keep the present link, to find back by it. @param {number} latest @param {string | null} fresh */
  async function keep(latest, fresh) {
    if (link.seed || latest === counter || !fresh) return;
    counter = latest;
    present = (await presentLink(link, words, fresh)) ?? present;
    memory.keep({ present: memberFragment(present) });
  }

  return {
    /** What is shown at the door, made anew for each try. */
    proof: () =>
      connectProof(present, memory.read().token, async (rid) => {
        const { nonce, link: latest } = await challenge(rid);
        await show(latest);
        return nonce;
      }),

    /** Before a view is read. @param {View} view */
    async follow(view) {
      await learn(view.keys);
      const circle = inCircle(view);
      if (circle) await Promise.all([show(circle.link), keep(circle.link, circle.fresh)]);
    },

    /** The command that makes a fresh link, for who holds the seed. */
    async fresh() {
      const circle = inCircle(store.get().view);
      return circle && link.seed ? (await freshLink(link.seed, circle.link + 1)).command : null;
    },

    /** The facilitators' link for that seat alone; null for who has none. @param {string} seat */
    hand: async (seat) => (link.seed ? sealSeed(words, link.seed, seat) : null),

    /** Both links, from what was handed on; null if it cannot be opened. @param {string} handed */
    async take(handed) {
      const own = await openSeed(words, handed, store.get().me ?? "", link.rid);
      return own && { members: memberAddress(own, origin), facilitators: facilitatorAddress(own, origin) };
    },

    /** A circle that is over is opened once more. Throws where the server does not want it. */
    reopen: async () => (await import("./opening.js")).openCircle(link),
  };
}

/** @typedef {ReturnType<typeof makeAccess>} Access */
