// What a press does for whoever comes.

/**
 * @param {Pick<import("../acts.js").Parts, "store" | "seat" | "local" | "keys" | "keep">} parts
 * @param {import("../acts.js").Sealed} sealed
 */
export function doorActs({ store, seat, local, keys, keep }, sealed) {
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
    async answerKnock() {
      const { answer } = store.get();
      const words = answer.trim() ? await sealed(keys.answer(answer)) : null;
      if (!words) return;
      await seat.command({ type: "answer_knock", words });
      store.set({ answer: "" });
    },
  };
}
