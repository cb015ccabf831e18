// The start page: opens a circle with secrets made here, and goes to the facilitators' link.
import "./exit.js";
import { facilitatorAddress, makeLink } from "./keys/links.js";
import { openCircle } from "./opening.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#open"));
const trouble = /** @type {HTMLElement} */ (document.querySelector("#trouble"));

async function open() {
  const link = await makeLink();
  await openCircle(link);
  location.assign(facilitatorAddress(link, location.origin));
}

button.addEventListener("click", async () => {
  button.disabled = true;
  trouble.hidden = true;
  try {
    await open();
  } catch {
    trouble.hidden = false;
    button.disabled = false;
  }
});
// Coming back with the browser's own button must not find it disabled.
addEventListener("pageshow", () => {
  button.disabled = false;
});
