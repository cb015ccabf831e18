// Commits as they come: taken if every check holds, fetched where some are missing. Nothing is changed by one that is refused.
import { Refused } from "./bytes.js";
import { examine, ownEntry } from "./checks.js";
import { readCommit } from "./commit.js";
import { readIntroduction } from "./introductions.js";

/** @typedef {import("./commit.js").Commit} Commit */
/** @typedef {import("./types.js").CommitMessage} CommitMessage */

const MOST_FETCHED = 8;
const FETCH_AGAIN = 2;

/**
 * @param {import("./core.js").Core} core
 * @param {object} told
 * @param {(epoch: import("./epoch.js").Epoch) => Promise<void> | void} told.onEpoch these keys are held now
 * @param {() => void} told.onOut a commit leaves one out
 */
export function makeReceiving(core, { onEpoch, onOut }) {
  let fetched = Number.NEGATIVE_INFINITY;
  /** @type {Set<number>} roles that the server has shown for one's own seat since the last keys */
  let roles = new Set();
  /** @type {Set<string>} introductions that it has shown since then, by seat and mid */
  let shown = new Set();
  /** @param {import("./checks.js").Last | null} last @param {Commit} commit */
  const known = (last, commit) => ({
    rid: core.rid,
    root: core.root ?? new Uint8Array(),
    own: core.own,
    seat: core.seat(),
    roles: new Set([...roles, ...(core.entry() ? [core.entry()?.role ?? 0] : [])]),
    last,
    jump: last !== null && commit.n > last.roster.n + 1,
    links: core.links(),
    shown,
    withdrawn: core.withdrawn,
    beside: core.before ? new Set(core.before.beside) : null,
    now: core.now(),
  });

  /** @param {Commit[]} commits one after the other, the last one with one's own wrap */
  async function apply(commits) {
    let { last } = core;
    /** @type {Awaited<ReturnType<typeof examine>>} */
    let brought = null;
    for (const [place, commit] of commits.entries()) {
      const between = place < commits.length - 1;
      brought = await examine(commit, known(last, commit), between);
      last = { roster: commit.roster, head: commit.head };
    }
    if (core.over) return;
    noticeWithdrawn(commits, brought?.empowered ?? false);
    if (!brought || !last) return onOut();
    core.last = last;
    core.held.install(brought.epoch, brought.block, brought.empowered);
    [roles, shown] = [new Set(), new Set()];
    core.broken = null;
    await see();
    await onEpoch(brought.epoch);
  }

  /** Of what is on the roster again only who may give certificates says so. @param {Commit[]} commits @param {boolean} empowered */
  function noticeWithdrawn(commits, empowered) {
    const all = [core.last?.roster, ...commits.map(({ roster }) => roster)];
    const given = all.map((roster) => roster?.entries.flatMap(({ certificate }) => certificate ?? []) ?? []);
    const now = new Set(given[given.length - 1]);
    for (const one of given.flat()) if (!now.has(one)) core.withdrawn.add(one);
    if (empowered) for (const one of now) core.withdrawn.delete(one);
  }

  async function see() {
    const own = core.ownSeat();
    if (own) roles.add(own.listens ? 0 : 1);
    for (const { id, keys } of core.sight?.seats ?? []) {
      const read = keys === null ? null : await readIntroduction(keys).catch(() => null);
      if (read) shown.add(`${id} ${read.mid}`);
    }
  }

  /** What is taken, and what not. @param {() => Promise<void>} take @param {() => Promise<void>} [otherwise] */
  async function guarded(take, otherwise) {
    try {
      await take();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const n = core.latest?.n ?? 0;
      core.broken = { n, at: core.broken?.n === n ? core.broken.at : core.now() };
      if (otherwise) await guarded(otherwise);
    }
  }

  /** @param {CommitMessage[]} messages */
  async function takeAll(messages) {
    const commits = await Promise.all(messages.slice(0, MOST_FETCHED).map(readCommit));
    for (const commit of commits) notice(commit);
    const fresh = commits.filter(({ n }) => !core.last || n > core.last.roster.n);
    const wanted = core.last ? fresh : fresh.slice(-1).filter((commit) => ownEntry(commit, core));
    if (wanted.length === 0 || !isWhole(wanted)) return;
    // Over a commit that does not hold, whoever leads is followed.
    await guarded(() => apply(wanted), wanted.length > 1 ? () => apply(wanted.slice(-1)) : undefined);
  }

  /** @param {Commit[]} commits */
  const isWhole = (commits) => commits.every(({ n }, place) => place === 0 || n === commits[place - 1].n + 1);

  /** @param {Commit} commit */
  function notice(commit) {
    if (!core.latest || commit.n >= core.latest.n) core.latest = commit;
  }

  /** Asks for what was missed; not more often than the answer can help. */
  function fetch() {
    const epoch = core.sight?.epoch ?? 0;
    if (core.now() - fetched < FETCH_AGAIN) return;
    fetched = core.now();
    const after = core.last ? core.last.roster.n : Math.max(0, epoch - 1);
    core.ask("keys", { type: "fetch", after }, ({ commits }) =>
      guarded(() => takeAll(Array.isArray(commits) ? commits : [])),
    );
  }

  return {
    see,
    fetch,
    /** @param {CommitMessage} message */
    take: (message) =>
      guarded(async () => {
        const commit = await readCommit(message);
        notice(commit);
        const next = core.last ? core.last.roster.n + 1 : commit.n;
        if (commit.n < next) return;
        if (commit.n > next) return fetch();
        if (core.last || ownEntry(commit, core)) await apply([commit]);
      }),
  };
}

/** @typedef {ReturnType<typeof makeReceiving>} Receiving */
