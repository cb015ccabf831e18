// Circles in simulated time: real keys on each page, and between them a server that orders and carries as docs/protocol.md says, or lies as a test says.
import { b64, random } from "../../static/js/keys/bytes.js";
import { makeKeys } from "../../static/js/keys/keys.js";
import { fromSeed, makeLink, memberFragment, opening, readLink } from "../../static/js/keys/links.js";

const MOST_KEPT = 8;
export const START = 1_790_000_000;

/** Time that only a test moves. Whatever is under way is done before it goes on. */
function makeTime() {
  let timers = [];
  let count = 0;
  const time = {
    now: START,
    after(seconds, act) {
      const timer = { at: time.now + seconds, act, order: count++ };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    /** All machines sleep for so long. */
    sleep(seconds) {
      time.now += seconds;
      for (const timer of timers) timer.at += seconds;
    },
    /** The next one that is due, or undefined. */
    next(until) {
      const [first] = timers.sort((one, other) => one.at - other.at || one.order - other.order);
      if (!first || first.at > until) return undefined;
      timers.shift();
      return first;
    },
  };
  return time;
}

/** @param {object} [lies] `out(page, event, data)` gives what really goes out to a page: the same, another, several, or none (an empty list) */
export async function makeCircle(lies = {}) {
  const time = makeTime();
  const link = await makeLink();
  const { root } = await opening(link);
  const state = {
    version: 0,
    epoch: 0,
    link: 1,
    successor: null,
    seats: [],
    knocks: [],
    commits: [],
    installed: new Set(),
    keyed: [],
  };
  const pages = [];
  let outbox = [];
  /** @type {string[]} */
  const refusals = [];

  const keepers = () =>
    state.seats
      .filter((seat) => seat.door_key && seat.present)
      .map(({ id, door_key }) => ({ seat: id, key: door_key }));
  const mayKeep = (seat) => seat.role === "facilitator" || seat.duties.includes("door");
  const seatOf = (id) => state.seats.find((seat) => seat.id === id);

  function viewOf(id) {
    const base = { version: state.version, now: time.now, root };
    const own = seatOf(id);
    if (!own) {
      const knock = state.knocks.find((one) => one.seat === id);
      return {
        ...base,
        at: knock ? "waiting" : "door",
        keepers: keepers(),
        question: knock?.question ?? null,
        answer: knock?.answer ?? null,
      };
    }
    const door = mayKeep(own);
    return {
      ...base,
      at: "circle",
      link: state.link,
      epoch: state.epoch,
      successor: state.successor,
      leads: own.role === "facilitator",
      seats: state.seats.map(({ door_key, name, boxes, ...seat }) => ({
        ...seat,
        duties: [...seat.duties],
        name: door ? name : null,
        boxes: door ? boxes : null,
      })),
      knocks: door ? state.knocks.map((knock) => ({ ...knock })) : [],
    };
  }

  function tell(page, event, data) {
    if (!page.online) return;
    const sent = lies.out ? lies.out(page, event, structuredClone(data), state) : [data];
    // As it comes from a server: what is told to somebody arrives before the answer to what they have sent.
    if (lies.prompt && event === "keys") for (const one of [sent].flat()) page.keys.take(structuredClone(one));
    else for (const one of [sent].flat()) outbox.push({ page, event, data: structuredClone(one) });
  }

  function show() {
    state.version += 1;
    for (const page of pages) tell(page, "view", viewOf(page.id));
  }

  const forSeat = ({ wraps, ...commit }, id) => ({ ...commit, wrap: wraps[id] ?? null });

  const KEYS = {
    commit(page, message) {
      if (message.n !== state.epoch + 1) return { refused: "stale" };
      const seats = Object.keys(message.wraps);
      if (!seats.every(seatOf)) return { refused: "no_such_seat" };
      const out = state.seats.filter(({ id, present }) => present && state.keyed.includes(id) && !seats.includes(id));
      if (out.length > 0 && !mayKeep(seatOf(page.id))) return { refused: "not_yours" };
      state.epoch = message.n;
      state.keyed = seats;
      state.commits = [
        ...state.commits.map((one, at, all) => (at === all.length - 1 ? { ...one, wraps: {} } : one)),
        message,
      ].slice(-MOST_KEPT);
      for (const id of seats) Object.assign(seatOf(id), { keys: null, name: null, boxes: null });
      state.installed = new Set();
      for (const one of pages) if (seatOf(one.id)) tell(one, "keys", forSeat(message, one.id));
      show();
      time.after(out.length > 0 ? 0.5 : 1, () => switchTo(message.n));
      return { ok: true };
    },
    installed(page, { n }) {
      if (n !== state.epoch) return { refused: "stale" };
      state.installed.add(page.id);
      if (state.keyed.every((id) => state.installed.has(id) || !seatOf(id)?.present)) switchTo(n);
      return { ok: true };
    },
    fetch(page, { after }) {
      const later = state.commits.filter(({ n }) => n > after);
      const gap = later.length > 0 && later[0].n !== after + 1;
      const commits = (gap ? later.slice(-1) : later).map((commit) => forSeat(commit, page.id));
      return { ok: true, commits: lies.fetch ? lies.fetch(page, commits, state) : commits };
    },
  };

  function switchTo(n) {
    if (n !== state.epoch || state.switched === n) return;
    state.switched = n;
    for (const page of pages) if (seatOf(page.id)) tell(page, "keys", { type: "switch", n });
  }

  const COMMANDS = {
    introduce(page, { keys = null, name = null, boxes = null }) {
      const target = keys === null ? state.knocks.find(({ seat }) => seat === page.id) : seatOf(page.id);
      if (!target) return { refused: "not_yours" };
      Object.assign(target, keys === null ? { boxes } : { keys, name, boxes, door_key: null });
      show();
      return { ok: true };
    },
    keep_door(page, { key }) {
      if (!mayKeep(seatOf(page.id))) return { refused: "not_yours" };
      seatOf(page.id).door_key = key;
      show();
      return { ok: true };
    },
  };

  function answer(page, event, data) {
    if (!page.online) return { refused: "not_now" };
    const message = lies.in ? lies.in(page, event, structuredClone(data), state) : data;
    if (!message) return { ok: true };
    if (event === "whisper") {
      for (const one of pages) if (seatOf(one.id)) tell(one, "whisper", { ...message, by: page.id });
      return { ok: true };
    }
    return (event === "keys" ? KEYS : COMMANDS)[message.type](page, message);
  }

  async function settle() {
    do {
      const now = outbox;
      outbox = [];
      for (const { page, event, data } of now) {
        if (!page.online) continue;
        if (event === "view") page.keys.see(data);
        else if (event === "keys") page.keys.take(data);
        else page.keys.beat(data.by, data.beat);
      }
      await Promise.all(pages.map(({ keys }) => keys.idle()));
    } while (outbox.length > 0);
  }

  /** A page with keys of its own; at the door, unless it has a seat. */
  async function page(name, { by = link, id = b64(random(8)), resume = "", called = "" } = {}) {
    const media = { installed: [], sends: null, wiped: false };
    const memory = { resume, name: called };
    const one = { name, id, by, media, memory, online: true, states: [] };
    one.keys = await makeKeys({
      link: by,
      seat: () => one.id,
      memory: { read: () => memory, keep: (change) => Object.assign(memory, change) },
      send: async (event, data) => {
        const said = answer(one, event, structuredClone(data));
        if (said.refused) refusals.push(said.refused);
        return structuredClone(said);
      },
      media: {
        install: (n, entries) => media.installed.push({ n, entries }),
        send: (n, kid) => {
          media.sends = { n, kid };
        },
        stop: () => {
          media.sends = null;
        },
        wipe: () => {
          media.wiped = true;
        },
      },
      changed: (said) => one.states.push(said),
      now: () => time.now,
      after: time.after,
    });
    pages.push(one);
    return one;
  }

  const circle = {
    time,
    link,
    state,
    pages,
    refusals,
    settle,
    show,
    seatOf,
    page,
    /** As if that page had sent it. */
    say: answer,
    root: () => root,
    keepers,
    membersLink: async () => readLink(`/c/${link.rid}`, memberFragment(await fromSeed(link.seed, state.link))),
    /** Time passes, and whatever comes is taken as it comes. */
    async run(seconds) {
      const until = time.now + seconds;
      await settle();
      for (let timer = time.next(until); timer; timer = time.next(until)) {
        time.now = timer.at;
        timer.act();
        await settle();
      }
      time.now = until;
    },
    /** Somebody with the seed sits down. */
    async facilitator(name) {
      const one = await page(name);
      one.keys.see(viewOf(one.id));
      const { keys } = await one.keys.enter(name);
      state.seats.push({
        id: one.id,
        role: "facilitator",
        present: true,
        duties: [],
        keys,
        name: null,
        boxes: null,
        door_key: null,
      });
      show();
      await circle.run(2);
      return one;
    },
    async knock(name, note = null) {
      const one = await page(name, { by: await circle.membersLink() });
      one.keys.see(viewOf(one.id));
      await settle();
      const knock = await one.keys.knock({ name, note });
      if (!knock) return Object.assign(one, { refused: true });
      state.knocks.push({ seat: one.id, role: "member", question: null, answer: null, ...knock });
      show();
      await settle();
      return one;
    },
    knockOf: (one) => state.knocks.find(({ seat }) => seat === one.id),
    /** A seat, by the server alone. */
    seatThem(one, role = "member") {
      state.knocks = state.knocks.filter(({ seat }) => seat !== one.id);
      state.seats.push({
        id: one.id,
        role,
        present: true,
        duties: [],
        keys: null,
        name: null,
        boxes: null,
        door_key: null,
      });
      show();
    },
    /** Knocks, and is let in by a press on the keeper's page. */
    async member(name, keeper, role = "member") {
      const one = await circle.knock(name);
      one.admitted = await keeper.keys.letIn(circle.knockOf(one));
      circle.seatThem(one, role);
      await circle.run(2);
      return one;
    },
    async gone(one) {
      state.seats = state.seats.filter(({ id }) => id !== one.id);
      one.online = false;
      show();
      await settle();
    },
    async drop(one) {
      one.online = false;
      seatOf(one.id).present = false;
      show();
      await settle();
    },
    async back(one) {
      one.online = true;
      seatOf(one.id).present = true;
      one.keys.connected();
      show();
      await settle();
    },
    /** The tab is loaded anew: of its keys nothing is left but what it kept for this. */
    async reload(one) {
      one.keys.wipe();
      pages.splice(pages.indexOf(one), 1);
      const { resume, name: called } = one.memory;
      const again = await page(one.name, { by: one.by, id: one.id, resume, called });
      seatOf(one.id).present = true;
      again.keys.connected();
      show();
      await settle();
      return again;
    },
    /** A value that all who hold the same keys have in common. */
    secretOf: async ({ keys }) => (keys.epoch ? `${keys.epoch} ${b64(await keys.exporter("test", "", 16))}` : null),
    /** Whether all of them hold the same keys, and nobody else does. */
    async agree(...those) {
      const secrets = await Promise.all(those.map(circle.secretOf));
      return secrets.every((one) => one !== null && one === secrets[0]);
    },
    end() {
      for (const { keys } of pages) keys.wipe();
    },
  };
  return circle;
}
