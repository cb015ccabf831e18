// What a press does at the door, on both sides of it.
import { inCircle } from "../circle.js";

/**
 * @param {Pick<import("../acts.js").Parts, "store" | "seat" | "local" | "keys" | "keep">} parts
 * @param {import("../acts.js").Sealed} sealed
 */
export function doorActs({ store, seat, local, keys, keep }, sealed) {
  /** Somebody at the door. @param {string} id */
  const knockOf = (id) => inCircle(store.get().view)?.knocks.find((one) => one.seat === id) ?? null;

  /** The sealed fields of a knock, by the latest view; null while nobody is there who could read them. @returns {ReturnType<typeof keys.knock>} */
  async function knocking() {
    const { name, note, view } = store.get();
    const told = await keys.knock({ name, note: note.trim() ? note : null });
    return told || store.get().view === view ? told : knocking();
  }

  return {
    async knock() {
      const { name, listenOnly, firstTime, busy } = store.get();
      if (busy) return;
      keep({ name });
      store.set({ awaits: false });
      if (listenOnly) local.stopAll();
      const told = await knocking();
      if (!told) return store.set({ awaits: true });
      await seat.take({ type: "knock", role: listenOnly ? "observer" : "member", first_time: firstTime, ...told });
    },
    async enter() {
      const { name } = store.get();
      keep({ name });
      const told = await keys.enter(name);
      if (told) await seat.take({ type: "enter", ...told });
    },
    withdraw: () => seat.command({ type: "withdraw" }),
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
    async answerKnock() {
      const { answer } = store.get();
      const words = answer.trim() ? await sealed(keys.answer(answer)) : null;
      if (!words) return;
      await seat.command({ type: "answer_knock", words });
      store.set({ answer: "" });
    },
  };
}
