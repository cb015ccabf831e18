// The links of this page: what it shows at the door, which ones it gives out, and how it follows when a fresh one is made.
import { inCircle } from "./circle.js";
import { b64 } from "./keys/bytes.js";
import { connectProof, facilitatorAddress, fromSeed, memberAddress, memberFragment } from "./keys/links.js";

/** @typedef {import("./keys/links.js").Link} Link */

/**
 * @param {object} parts
 * @param {Link} parts.link
 * @param {Link | null} parts.later the present one, if this tab has learnt of a later one before
 * @param {import("./store.js").Store} parts.store
 * @param {ReturnType<typeof import("./memory.js").makeMemory>} parts.memory
 * @param {(rid: string) => Promise<{ nonce: string, link: number }>} parts.challenge
 * @param {string} parts.origin
 */
export function makeAccess({ link, later, store, memory, challenge, origin }) {
  let own = link;
  let present = later ?? link;
  let counter = 0;

  /** Who facilitates gives out the present link: never the first one, where there is a later one. @param {number} latest */
  async function show(latest) {
    if (!own.seed || latest === counter) return;
    counter = latest;
    const members = memberAddress(await fromSeed(own.seed, latest), origin);
    const { qr } = await import("./qr.js");
    if (latest !== counter) return;
    store.set({ links: { members, facilitators: facilitatorAddress(own, origin) }, qr: qr(members) });
  }

  /** Those inside keep the present link, to find back by it. */
  function keep() {
    const latest = store.get().keys.link;
    if (own.seed || !latest) return;
    present = latest;
    memory.keep({ present: memberFragment(present) });
  }

  return {
    /** What is shown at the door, made anew for each try. */
    proof: () =>
      connectProof(own.seed ? own : present, memory.read().token, async (rid) => {
        const { nonce, link: latest } = await challenge(rid);
        await show(latest);
        return nonce;
      }),

    /** Whenever the view or the keys have changed. */
    async follow() {
      const circle = inCircle(store.get().view);
      if (!circle) return;
      keep();
      await show(circle.link);
    },

    /** The facilitators' link, accepted with facilitating: this page has it now, also after a reload. @param {Link} handed */
    async lead(handed) {
      own = handed;
      memory.keep({ lead: b64(/** @type {Uint8Array<ArrayBuffer>} */ (handed.seed)) });
      counter = 0;
      await this.follow();
    },

    /** Both links, from what was handed on for the next time. @param {Link} handed */
    addresses: (handed) => ({
      members: memberAddress(handed, origin),
      facilitators: facilitatorAddress(handed, origin),
    }),

    /** A circle that is over is opened once more. Throws where the server does not want it. */
    reopen: async () => (await import("./opening.js")).openCircle(own),
  };
}

/** @typedef {ReturnType<typeof makeAccess>} Access */
