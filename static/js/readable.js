// Opens the sealed words of a view, each once. What cannot be opened now is tried again with the next view, or with other keys.

/** @typedef {import("./protocol.js").View} View */
/** @typedef {import("./protocol.js").KnockView} KnockView */

/**
 * @param {Pick<import("./keys/types.js").CircleKeys, "openKnock" | "openDoorstep" | "openOwn" | "openRoom" | "openDoor">} keys
 * @param {(text: string) => import("./card.js").CardWords | null} unpack the words of a check-in
 */
export function makeReader(keys, unpack) {
  /** @type {Map<string, Promise<any>>} */
  const known = new Map();

  /** @template Opened @param {string} key @param {() => Promise<Opened>} open @param {(opened: Opened) => boolean} [whole] */
  const once = (key, open, whole = (opened) => opened !== null) => {
    /** @type {Promise<Opened>} */
    const opening = known.get(key) ?? open();
    known.set(key, opening);
    opening.then((opened) => whole(opened) || known.delete(key));
    return opening;
  };

  /** @param {KnockView} knock */
  const knocked = ({ state: _, ...knock }) =>
    once(
      JSON.stringify(knock),
      () => keys.openKnock(knock),
      ({ name }) => name !== null,
    );

  /** @param {"openRoom" | "openDoor"} how @param {string | null} sealed @param {import("./keys/words.js").Kind} kind */
  const read = async (how, sealed, kind) =>
    sealed && once([how, kind, sealed].join(" "), () => keys[how](sealed, kind));

  /** @param {View["terms"]} terms */
  const promised = async (terms) => ({
    agreements: await read("openDoor", terms.agreements, "agreements"),
    limits: await read("openDoor", terms.limits_words, "settings"),
    next: await read("openDoor", terms.next_date, "title"),
  });

  /** What was asked and answered over one's own knock. @param {string | null} sealed @param {"question" | "answer"} what @param {string | null} me @returns {Promise<Record<string, string>>} */
  const doorstep = async (sealed, what, me) => {
    const text = sealed && me && (await once([what, sealed].join(" "), () => keys.openDoorstep(sealed, what)));
    return text ? { [me ?? ""]: text } : {};
  };

  /** @param {KnockView[]} knocks */
  const atDoor = async (knocks) => {
    const opened = await Promise.all(knocks.map(async (knock) => ({ seat: knock.seat, ...(await knocked(knock)) })));
    const by = (/** @type {"name" | "note" | "question" | "answer"} */ what) =>
      /** @type {Record<string, string>} */ (
        Object.fromEntries(opened.flatMap((one) => (one[what] ? [[one.seat, one[what]]] : [])))
      );
    return { names: by("name"), notes: by("note"), questions: by("question"), answers: by("answer") };
  };

  /** Who is on the way in, for those too who do not keep the door. @param {import("./protocol.js").ComingView[]} coming */
  const onTheWay = async (coming) => {
    const opened = coming.map(async ({ seat, name }) => [seat, await read("openRoom", name, "name")]);
    return Object.fromEntries((await Promise.all(opened)).filter(([, name]) => name));
  };

  /** @param {import("./protocol.js").SeatView[]} seats @returns {Promise<Record<string, import("./card.js").CardWords>>} */
  const cards = async (seats) => {
    const opened = seats.map(async ({ id, card }) => {
      const sealed = card?.words;
      // A card is its writer's alone.
      const text = sealed && (await once([id, sealed].join(" "), () => keys.openOwn(id, sealed, "check_in", id)));
      const said = text ? unpack(text) : null;
      return said ? [[id, said]] : [];
    });
    return Object.fromEntries((await Promise.all(opened)).flat());
  };

  return {
    /** What cannot be opened is left out. @param {View} view @param {string | null} [me] at the door, whose @returns {Promise<import("./screen.js").Shown>} */
    async read(view, me = null) {
      const terms = await promised(view.terms);
      if (view.at !== "circle") {
        const [questions, answers] = [
          await doorstep(view.question, "question", me),
          await doorstep(view.answer, "answer", me),
        ];
        return { names: {}, notes: {}, questions, answers, terms, script: null, prompt: null, titles: [], cards: {} };
      }
      const { names, ...said } = await atDoor(view.knocks);
      return {
        ...said,
        names: { ...(await onTheWay(view.coming)), ...names },
        terms,
        script: await read("openRoom", view.script, "script"),
        prompt: await read("openRoom", view.prompt, "prompt"),
        titles: await Promise.all(view.agenda.map((step) => read("openRoom", step.title, "title"))),
        cards: await cards(view.seats),
      };
    },
  };
}
