// The room page, put together: link -> keys -> connection -> screen. The only module that sees everything.

import { makeAccess } from "./access.js";
import { makeActs } from "./acts.js";
import { unpackWords } from "./card.js";
import { bellRings } from "./care.js";
import { audible, inCircle, seatOf } from "./circle.js";
import { challenge, connect } from "./connection.js";
import { beforeExit } from "./exit.js";
import { readLink } from "./keys/links.js";
import { linkSchedule } from "./keys/schedule.js";
import { clean, makeWords } from "./keys/words.js";
import { makeLocalMedia } from "./localmedia.js";
import { ring } from "./media/bell.js";
import { makeDevices } from "./media/devices.js";
import { makeFrames, unsupported } from "./media/frames.js";
import { measure } from "./media/levels.js";
import { makeMedia } from "./media/media.js";
import { makeMemory } from "./memory.js";
import { suggestName } from "./names.js";
import { makeReader } from "./readable.js";
import { firstScreen } from "./screen.js";
import { makeSeat } from "./seat.js";
import { makeStore } from "./store.js";
import { draw } from "./views/app.js";
import { showLevel } from "./views/devices.js";
import { makeAnnouncer } from "./views/live.js";
import { makeWhispers } from "./whispers.js";

const rid = location.pathname.split("/")[2];
const memory = makeMemory(rid, sessionStorage);
const fragment = location.hash.slice(1) || memory.read().fragment;
const link = await readLink(location.pathname, fragment);
const later = await readLink(location.pathname, memory.read().present);
// The address bar keeps no secret; whoever looks over a shoulder, or at the history later, sees none.
history.replaceState(null, "", location.pathname);

const announce = makeAnnouncer();
/** @type {import("./protocol.js").View | null} */
let shown = null;
const store = makeStore(firstScreen(suggestName(Math.random), Boolean(link?.seed)), (screen) => {
  draw(screen, act);
  announce(screen);
  if (screen.bells && bellRings(inCircle(shown), inCircle(screen.view), screen.me)) ring();
  shown = screen.view;
});
const schedule = linkSchedule(link?.secret ?? new Uint8Array(32));
const words = makeWords(schedule, rid);
const access = link && makeAccess({ link, later, store, memory, schedule, words, challenge, origin: location.origin });
const frames = makeFrames(() => store.set({ hearing: "trouble" }));
const media = makeMedia((message) => seat.send("media", message), frames, {
  onPictures: (pictures) => store.set({ pictures }),
  onHearing: (hearing) => store.set({ hearing }),
});
const devices = makeDevices(() => local.show());
const local = makeLocalMedia({
  store,
  devices,
  media,
  tell: (command) => seat.send("command", command),
  meter: (track) => measure(track, (level) => showLevel("self", level)),
});
const whispers = makeWhispers({
  store,
  words,
  tell: (whisper, shown) => seat.whisper(whisper, shown),
  hidden: () => document.hidden,
});
const reader = makeReader(words.open, (text) => unpackWords(text, (mood) => clean(mood, "name")));
const seat = makeSeat({
  store,
  memory,
  reader: {
    read: async (view, me) => {
      await access?.follow(view);
      return reader.read(view, me);
    },
  },
  media,
  local,
  whispers,
  connect: (told) => connect({ ...told, proof }),
  onSeated: () => act.seated(),
});
const act = makeActs({
  store,
  seat,
  local,
  media,
  words,
  whispers,
  copy: (text) => navigator.clipboard.writeText(text),
  access,
  keep: memory.keep,
  comeBack: () => {
    seat.comeBack();
    location.reload();
  },
  openAgain: async () => {
    await access?.reopen();
    memory.keep({ fragment });
    location.reload();
  },
});

async function proof() {
  if (!access) throw new Error("no link");
  return access.proof();
}

/** Whoever should be heard, is: looked at often, and their levels shown. */
async function lookAtSound() {
  const { view, me } = store.get();
  const circle = inCircle(view);
  if (!circle || document.hidden) return;
  const others = audible(circle, me).filter((id) => id !== me && seatOf(circle, id)?.microphone);
  const sounding = await media.look(others[0] ?? null);
  for (const [id, { level }] of Object.entries(sounding)) showLevel(id, level);
}

async function open() {
  if (!link) return store.set({ at: "broken", ended: "malformed" });
  if (!navigator.mediaDevices || (await unsupported())) return store.set({ at: "unsupported" });
  const fresh = sessionStorage.getItem("roundhearth opened") === rid;
  sessionStorage.removeItem("roundhearth opened");
  store.set({ fresh, kind: fresh ? "free" : null, intention: memory.read().intention });
  setInterval(lookAtSound, 250);
  setInterval(() => {
    whispers.fade();
    store.set({});
  }, 1000);
  beforeExit(() => {
    local.stopAll();
    media.stop();
    memory.forget();
  });
  addEventListener("pagehide", () => {
    media.stop();
    devices.stopAll();
  });
  // The same page, opened by another link or by the same one again.
  addEventListener("hashchange", () => location.reload());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  memory.keep({ fragment });
  return seat.begin();
}

open();
