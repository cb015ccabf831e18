// The start page: opens a circle with secrets made here, and goes to the facilitators' link.
import "./exit.js";
import { facilitatorAddress, makeLink, opening } from "./keys/links.js";

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#open"));
const trouble = /** @type {HTMLElement} */ (document.querySelector("#trouble"));

async function openCircle() {
  const link = await makeLink();
  const answer = await fetch("/api/circles", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(await opening(link)),
  });
  if (!answer.ok) throw new Error("refused");
  sessionStorage.setItem("roundhearth opened", link.rid);
  location.assign(facilitatorAddress(link, location.origin));
}

let opens = false;

button.addEventListener("click", async () => {
  // A button that is disabled loses the focus.
  if (opens) return;
  opens = true;
  trouble.hidden = true;
  try {
    await openCircle();
  } catch {
    trouble.hidden = false;
    opens = false;
  }
});
// Coming back with the browser's own button must find it of use.
addEventListener("pageshow", () => {
  opens = false;
});
