// What a press does for those who hold the circle, and for who is asked to: the door, the links, who leads now and the next time. Fetched at the first such press.
import { inCircle } from "../circle.js";

/**
 * @param {Pick<import("../acts.js").Parts, "store" | "seat" | "keys" | "access" | "handed">} parts
 * @param {import("../acts.js").Sealed} sealed
 */
export function holdingActs({ store, seat, keys, access, handed }, sealed) {
  /** What stands at the door is sealed anew, for who comes by the fresh link. */
  async function freshLink() {
    const made = await sealed(keys.freshLink());
    if (!made) return;
    const { agreements, limits, next } = store.get().terms;
    await seat.command({
      type: "set_link",
      link: made.counter,
      join: made.join,
      agreements: agreements && (await made.sealDoor(agreements, "agreements")),
      limits_words: limits && (await made.sealDoor(limits, "settings")),
      next_date: next && (await made.sealDoor(next, "title")),
    });
  }

  /** @type {{ id: string, index: number | undefined } | null} for whose keys the link is in a box; with other keys one has another place */
  let boxed = null;
  const placeOf = (/** @type {string} */ id) => store.get().keys.roster.find((one) => one.seat === id)?.index;

  /** @param {string | null} id */
  async function nameNext(id) {
    boxed = id ? { id, index: placeOf(id) } : null;
    await seat.command({ type: "name_next", seat: id, handed: id && (await keys.handLead(id)) });
  }

  /** Somebody at the door. @param {string} id */
  const knockOf = (id) => inCircle(store.get().view)?.knocks.find((one) => one.seat === id) ?? null;

  return {
    freshLink,
    nameNext,
    /** Whoever is named has other keys after a reload: the link is put into a box for those. */
    async handAgain() {
      const named = inCircle(store.get().view)?.next_facilitator;
      const index = boxed && placeOf(boxed.id);
      if (boxed && boxed.id === named && index !== undefined && index !== boxed.index) await nameNext(boxed.id);
    },
    /** @param {string | null} id */
    async offerLead(id) {
      const box = id && (await sealed(keys.handLead(id)));
      if (box || !id) await seat.command({ type: "offer_lead", seat: id, box });
    },
    async acceptLead() {
      const box = inCircle(store.get().view)?.lead_box;
      const lead = box ? await keys.openLead(box) : null;
      if (!lead) return seat.refuse("no_lead");
      await access.lead(lead);
      await seat.command({ type: "accept_lead" });
    },
    /** @param {string} id */
    async removeForGood(id) {
      if (await seat.command({ type: "remove", seat: id })) await freshLink();
    },
    async takeLink() {
      const { parting } = store.get();
      if (!parting?.lead) return;
      const lead = await handed();
      const links = lead && access.addresses(lead);
      store.set({ links, parting: { ...parting, lead: { ...parting.lead, answer: links ? "taken" : "lost" } } });
    },
    /** @param {string} id */
    async letIn(id) {
      const knock = knockOf(id);
      const name = knock && (await sealed(keys.letIn(knock)));
      if (name) await seat.command({ type: "admit", seat: id, name });
    },
    /** @param {string} id */
    async vouch(id) {
      if (!(await keys.vouch(id))) seat.refuse("no_such_seat");
    },
    async askKnock() {
      const { asking } = store.get();
      const knock = asking?.text.trim() ? knockOf(asking.seat) : null;
      const words = asking && knock && (await sealed(keys.ask(knock, asking.text)));
      if (!knock || !words) return;
      await seat.command({ type: "ask_knock", seat: knock.seat, words });
      store.set({ asking: null });
    },
  };
}
