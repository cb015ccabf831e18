// The CONNECT payload, docs/protocol.md section 3: what shows the server that somebody may come to this door.
import { joinProof, sign } from "./links.js";

/**
 * A seat's token; without one the facilitators' proof, or the members'.
 * @param {import("./links.js").Link} link @param {string | null} token @param {(rid: string) => Promise<string>} challenge gives a nonce of the server's
 */
export async function connectProof(link, token, challenge) {
  const { rid } = link;
  if (token) return { v: 1, rid, token };
  if (!link.seed) return { v: 1, rid, join: await joinProof(link) };
  const nonce = await challenge(rid);
  return { v: 1, rid, nonce, signature: await sign(link, nonce) };
}
