// The line to the server: commands and their answers, views, coming back by itself. No DOM.
import { io } from "../vendor/socket.io-client-4.8.4/socket.io.esm.min.js";

/** @typedef {import("./protocol.js").View} View */
/** @typedef {{ ok?: true, refused?: string, [field: string]: any }} Ack */
/** @typedef {"connecting" | "connected" | "lost" | "gone"} Connection */

/**
 * @typedef {object} Handlers
 * @property {() => Promise<object>} proof the CONNECT payload, made anew for each try
 * @property {(view: View) => void} onView
 * @property {(message: any) => void} onMedia
 * @property {(told: import("./protocol.js").Whispered) => void} onWhisper
 * @property {(message: import("./protocol.js").ToldOfKeys) => void} onKeys
 * @property {(reason: string) => void} onEnded
 * @property {(code: string) => void} onRefused the server will not have us: final
 * @property {(state: Connection) => void} onState
 */

const WITHIN = 8000;
const REACHED_WITHIN = 3000;
const FINAL = new Set(["unknown", "version", "malformed"]);
export const SCHEDULE = [0, 300, 1200, 2700, 4800, 7000, 7000, 7000, 7000, 7000];

/** When to try again: milliseconds from now, or null when it is time to ask the person. @param {number} tries @param {number} chance 0..1 */
export const waitBefore = (tries, chance) =>
  tries < SCHEDULE.length ? SCHEDULE[tries] + (tries === 0 ? 0 : chance * 1000) : null;

/** Whether the server answers. What a browser says of its network is a guess. */
const reachable = () =>
  fetch(new URL("/healthz", location.origin), {
    method: "HEAD",
    cache: "no-store",
    signal: AbortSignal.timeout(REACHED_WITHIN),
  }).then(
    (answer) => answer.ok,
    () => false,
  );

/** @param {Handlers} handlers */
export function connect(handlers) {
  let tries = 0;
  let over = false;
  let timer = 0;
  const socket = io(location.origin, {
    transports: ["websocket"],
    autoConnect: false,
    reconnection: false,
    auth: (/** @type {(payload: object) => void} */ give) =>
      handlers.proof().then(give, () => {
        socket.disconnect();
        again();
      }),
  });

  const finish = () => {
    over = true;
    clearTimeout(timer);
    socket.disconnect();
  };

  function again() {
    if (over) return;
    const wait = waitBefore(tries, Math.random());
    tries += 1;
    handlers.onState(wait === null ? "gone" : "lost");
    clearTimeout(timer);
    if (wait !== null) timer = setTimeout(() => socket.connect(), wait);
  }

  const now = () => {
    if (over || socket.connected) return;
    tries = 0;
    clearTimeout(timer);
    handlers.onState("lost");
    socket.connect();
  };

  socket.on("connect", () => {
    tries = 0;
    handlers.onState("connected");
  });
  socket.on("connect_error", (error) => {
    if (!FINAL.has(error.message)) return again();
    finish();
    return handlers.onRefused(error.message);
  });
  socket.on("disconnect", again);
  socket.on("view", handlers.onView);
  socket.on("media", handlers.onMedia);
  socket.on("whisper", handlers.onWhisper);
  socket.on("keys", handlers.onKeys);
  socket.on("ended", ({ reason }) => {
    finish();
    handlers.onEnded(reason);
  });
  addEventListener("online", async () => (await reachable()) && now());
  addEventListener("offline", async () => (await reachable()) || socket.io.engine.close());
  socket.connect();

  /** @param {string} event @param {object} data @returns {Promise<Ack>} Never sent again: after a time-out the next view tells. */
  const send = async (event, data) => {
    if (!socket.connected) return { refused: "not_now" };
    try {
      return await socket.timeout(WITHIN).emitWithAck(event, data);
    } catch {
      // Whoever has been told the end needs no answer any more.
      return over ? { ok: true } : { refused: "internal" };
    }
  };
  return { send, again: now, finish };
}

/** A nonce for the facilitators' proof, and the present link's counter. Throws when none is given now, so that the connection is tried again. @param {string} rid @returns {Promise<{ nonce: string, link: number }>} */
export async function challenge(rid) {
  const answer = await fetch(new URL("/api/challenge", location.origin), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ rid }),
  });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}
