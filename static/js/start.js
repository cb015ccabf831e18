// The start page: opens a circle with secrets made here, and goes to the facilitators' link.
import "./exit.js";
import { facilitatorAddress, makeLink } from "./keys/links.js";
import { unsupported } from "./media/frames.js";
import { openCircle } from "./opening.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#open"));
const trouble = /** @type {HTMLElement} */ (document.querySelector("#trouble"));
const older = /** @type {HTMLElement} */ (document.querySelector("#older"));

async function open() {
  const link = await makeLink();
  await openCircle(link);
  location.assign(facilitatorAddress(link, location.origin));
}

let opens = false;

button.addEventListener("click", async () => {
  // A button that is disabled loses the focus.
  if (opens) return;
  opens = true;
  trouble.hidden = true;
  // A circle that one could not sit in is not opened.
  older.hidden = !(await unsupported());
  try {
    if (older.hidden) await open();
    else opens = false;
  } catch {
    trouble.hidden = false;
    opens = false;
  }
});
// Coming back with the browser's own button must find it of use.
addEventListener("pageshow", () => {
  opens = false;
});
