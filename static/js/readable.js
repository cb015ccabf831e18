// Opens the sealed words of a view, each once.

/** @typedef {import("./protocol.js").View} View */
/** @typedef {"name" | "note" | "prompt" | "script" | "title" | "check_in" | "agreements" | "settings"} Kind */

/**
 * @param {(sealed: string, kind: Kind, ...about: string[]) => Promise<string | null>} open
 * @param {(text: string) => import("./card.js").CardWords | null} unpack the words of a check-in
 */
export function makeReader(open, unpack) {
  /** @type {Map<string, Promise<string | null>>} */
  const known = new Map();

  /** @param {string | null | undefined} sealed @param {Kind} kind @param {string[]} about */
  const read = async (sealed, kind, ...about) => {
    if (!sealed) return null;
    const key = [kind, ...about, sealed].join(" ");
    const opening = known.get(key) ?? open(sealed, kind, ...about);
    known.set(key, opening);
    return opening;
  };

  /** What can be opened, by seat. @param {[string, string | null | undefined][]} all @param {Kind} kind @param {(id: string) => string[]} [about] */
  const readAll = async (all, kind, about = () => []) => {
    const opened = await Promise.all(all.map(async ([id, sealed]) => [id, await read(sealed, kind, ...about(id))]));
    return /** @type {Record<string, string>} */ (Object.fromEntries(opened.filter(([, text]) => text)));
  };

  /** What was asked and answered at the door, each for that knock alone. @param {{ seat: string, question: string | null, answer: string | null }[]} knocks */
  const doorstep = async (knocks) => ({
    questions: await readAll(
      knocks.map((knock) => [knock.seat, knock.question]),
      "note",
      (id) => ["question", id],
    ),
    answers: await readAll(
      knocks.map((knock) => [knock.seat, knock.answer]),
      "note",
      (id) => ["answer", id],
    ),
  });

  /** @param {View["terms"]} terms */
  const promised = async (terms) => ({
    agreements: await read(terms.agreements, "agreements"),
    limits: await read(terms.limits_words, "settings"),
    next: await read(terms.next_date, "title"),
  });

  return {
    /** What cannot be opened is left out. @param {View} view @param {string | null} [me] at the door, whose @returns {Promise<import("./screen.js").Shown>} */
    async read(view, me = null) {
      if (view.at !== "circle") {
        const own = me ? await doorstep([{ ...view, seat: me }]) : { questions: {}, answers: {} };
        const terms = await promised(view.terms);
        return { names: {}, notes: {}, ...own, terms, script: null, prompt: null, titles: [], cards: {} };
      }
      const { seats, knocks, coming, agenda } = view;
      const named = [...seats, ...[...knocks, ...coming].map((knock) => ({ id: knock.seat, name: knock.name }))];
      const cards = Object.entries(
        await readAll(
          seats.map((seat) => [seat.id, seat.card?.words]),
          "check_in",
          // A card is its writer's alone; a name is sealed before there is a seat.
          (id) => [id],
        ),
      );
      return {
        names: await readAll(
          named.map(({ id, name }) => [id, name]),
          "name",
        ),
        notes: await readAll(
          knocks.map((knock) => [knock.seat, knock.note]),
          "note",
        ),
        ...(await doorstep(knocks)),
        terms: await promised(view.terms),
        script: await read(view.script, "script"),
        prompt: await read(view.prompt, "prompt"),
        titles: await Promise.all(agenda.map((step) => read(step.title, "title"))),
        cards: /** @type {Record<string, import("./card.js").CardWords>} */ (
          Object.fromEntries(cards.map(([id, text]) => [id, unpack(text)]).filter(([, said]) => said))
        ),
      };
    },
  };
}
