// One person has one seat: of several windows with the same circle only one is in use, and it hands over to another one when asked. No DOM.

const BY_ITSELF = 1000;
const ANSWER = 3000;

/** @typedef {{ type: "move", id: string } | { type: "moved", id: string, kept: object }} Told */

/**
 * @param {object} parts
 * @param {string} parts.name of the circle
 * @param {Pick<LockManager, "request">} parts.locks
 * @param {Pick<BroadcastChannel, "postMessage" | "addEventListener">} parts.channel to the other windows
 * @param {() => object} parts.handOver what the other window needs; this one has ended then
 * @param {() => void} parts.onTaken the other one did not wait for an answer
 */
export function makeWindows({ name, locks, channel, handOver, onTaken }) {
  let letGo = () => {};
  let holds = false;
  let ended = false;
  /** @type {{ id: string, take: (kept: object) => void } | null} */
  let asking = null;

  /** @param {LockOptions} options @returns {Promise<boolean>} whether it is this window now */
  const hold = (options) =>
    new Promise((resolve) => {
      const held = () => {
        holds = true;
        resolve(true);
        return new Promise((free) => {
          letGo = () => free(undefined);
        });
      };
      locks.request(name, options, held).then(
        () => {
          holds = false;
        },
        () => {
          // Asked for too long; or held, and taken away.
          if (holds && !ended) onTaken();
          holds = false;
          resolve(false);
        },
      );
    });

  const end = () => {
    ended = true;
    letGo();
  };

  channel.addEventListener("message", (/** @type {{ data: Told }} */ { data }) => {
    if (data.type === "moved" && asking?.id === data.id) asking.take(data.kept);
    if (data.type !== "move" || !holds || ended) return;
    channel.postMessage({ type: "moved", id: data.id, kept: handOver() });
    end();
  });

  return {
    /** Whether no other window has this circle. One that is being loaded again takes a moment to go. */
    alone: () => hold({ signal: AbortSignal.timeout(BY_ITSELF) }),
    /** Asks the other one to hand over. Null: it does not answer, and has lost its hold. @param {string} id of this question @returns {Promise<object | null>} */
    async move(id) {
      const answer = new Promise((resolve) => {
        asking = { id, take: resolve };
        setTimeout(() => resolve(null), ANSWER);
      });
      channel.postMessage({ type: "move", id });
      const kept = /** @type {object | null} */ (await answer);
      await hold({ steal: true });
      return kept;
    },
    /** The circle is over for this window: another one need not ask. */
    end,
  };
}

/** @typedef {ReturnType<typeof makeWindows>} Windows */
