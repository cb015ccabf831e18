// Opens a circle at the server: by a new link, or once more by one whose circle is over.
import { opening } from "./keys/links.js";

/** Does nothing to one that is open. Throws where the server does not want it. @param {import("./keys/links.js").Link} link with its seed */
export async function openCircle(link) {
  const answer = await fetch("/api/circles", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(await opening(link)),
  });
  // Somebody else with the same link has done it meanwhile.
  if (answer.status === 409) return;
  if (!answer.ok) throw new Error("refused");
  // Read once by the page of that link: it has just been opened, and is to be settled.
  sessionStorage.setItem("roundhearth opened", link.rid);
}
