// The page of a circle: its link, whether it can and may sit here, and the screen. The only module that sees everything.

import { bellRings } from "./care.js";
import { inCircle } from "./circle.js";
import { beforeExit } from "./exit.js";
import { readLink } from "./keys/links.js";
import { ring } from "./media/bell.js";
import { unsupported } from "./media/frames.js";
import { makeMemory } from "./memory.js";
import { suggestName } from "./names.js";
import { makeRoom } from "./room.js";
import { firstScreen } from "./screen.js";
import { makeStore } from "./store.js";
import { draw } from "./views/app.js";
import { showLevel } from "./views/devices.js";
import { makeAnnouncer } from "./views/live.js";
import { makeWindows } from "./windows.js";

const rid = location.pathname.split("/")[2];
const memory = makeMemory(rid, sessionStorage);
const kept = memory.read();
const fragment = location.hash.slice(1) || kept.fragment;
const lacking = !("RTCPeerConnection" in globalThis) || !navigator.mediaDevices || (await unsupported());
const own = lacking ? null : await readLink(location.pathname, fragment);
// The facilitators' link was handed on to who came by the members' one.
const link = (kept.lead && own && (await readLink(`/f/${rid}`, kept.lead))) || own;
const later = own && !link?.seed ? await readLink(location.pathname, kept.present) : null;
// The address bar keeps no secret; whoever looks over a shoulder, or at the history later, sees none.
history.replaceState(null, "", location.pathname);

/** @type {Awaited<ReturnType<typeof makeRoom>> | null} */
let room = null;
const announce = makeAnnouncer();
/** @type {import("./protocol.js").View | null} */
let shown = null;
const first = firstScreen(kept.name || suggestName(Math.random), Boolean(link?.seed));
const store = makeStore(first, (screen) => {
  // Without a room there is nothing on the page to press.
  draw(screen, room?.act ?? /** @type {import("./screen.js").Act} */ ({}));
  announce(screen);
  if (screen.bells && bellRings(inCircle(shown), inCircle(screen.view), screen.me)) ring();
  shown = screen.view;
});
const windows = makeWindows({
  name: `roundhearth ${rid}`,
  locks: navigator.locks,
  channel: new BroadcastChannel(`roundhearth ${rid}`),
  handOver: () => room?.handOver() ?? {},
  onTaken: () => room?.handOver(),
});

async function moveHere() {
  memory.keep((await windows.move(crypto.randomUUID())) ?? {});
  location.reload();
}

async function open() {
  if (lacking) return store.set({ at: "unsupported" });
  if (!link) return store.set({ at: "broken", ended: "malformed" });
  const hidden = () => document.hidden;
  const given = { link, later, store, memory, fragment, showLevel, hidden, moveHere, onOver: windows.end };
  const made = await makeRoom(given);
  room = made;
  // The same page, opened by another link or by the same one again.
  addEventListener("hashchange", () => location.reload());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  beforeExit(() => {
    made.stop();
    memory.forget();
  });
  memory.keep({ fragment });
  if (!(await windows.alone())) return store.set({ at: "twice" });
  const fresh = sessionStorage.getItem("roundhearth opened") === rid;
  sessionStorage.removeItem("roundhearth opened");
  store.set({ fresh, kind: fresh ? "free" : null, intention: kept.intention });
  made.begin();
}

open();
