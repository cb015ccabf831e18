// The quick exit, on every page: a link that works as it is, and Shift pressed three times. Camera and microphone stop first.
import { words } from "./words.js";

const WITHIN = 5000;
const PRESSES = 3;

/**
 * Counts presses of Shift alone. Another key, or five seconds, and the count begins anew.
 * @param {() => number} now milliseconds
 * @returns {(key: string, repeated: boolean) => number} how many there are now
 */
export function makeCount(now) {
  /** @type {number[]} */
  let presses = [];
  return (key, repeated) => {
    if (repeated) return presses.length;
    presses = key === "Shift" ? [...presses.filter((at) => now() - at < WITHIN), now()] : [];
    return presses.length;
  };
}

/** @type {() => void} */
let letGo = () => {};

/** What has to stop before the page is left: camera, microphone, keys. @param {() => void} stop */
export const beforeExit = (stop) => {
  letGo = stop;
};

/** In this order: devices off, the page covered, what the tab keeps wiped, away. It needs no network to cover the page. @param {string} address */
function exit(address) {
  try {
    letGo();
  } finally {
    document.documentElement.dataset.gone = "";
    document.title = " ";
    sessionStorage.clear();
    navigator.sendBeacon("/api/goodbye");
    location.replace(address);
  }
}

function arm() {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("#exit"));
  const said = /** @type {HTMLElement | null} */ (document.querySelector("#exit-said"));
  if (!link || !said) return;
  const count = makeCount(() => performance.now());
  link.addEventListener("click", (event) => {
    event.preventDefault();
    exit(link.href);
  });
  // Before anything else on the page sees the key, so that it works while typing too.
  addEventListener(
    "keydown",
    (event) => {
      const presses = count(event.key, event.repeat);
      if (presses >= PRESSES) return exit(link.href);
      said.textContent = presses ? words.exit(PRESSES - presses) : "";
      said.dataset.presses = String(presses);
    },
    { capture: true },
  );
}

arm();
