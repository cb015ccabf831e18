// Links and what they prove. The fragment never reaches the server; what is posted opens nothing.
import { b64, hkdf, sha256, unb64, utf8 } from "./bytes.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */

/**
 * @typedef {object} Link
 * @property {string} rid names the circle, in the path of both links
 * @property {Uint8Array<ArrayBuffer>} secret L, the link secret
 * @property {string} fp pins the facilitators
 * @property {Uint8Array<ArrayBuffer> | null} seed only in the facilitators' link
 */

const PKCS8 = Uint8Array.from(
  [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20], // Ed25519 private key, then its 32 bytes
);

/** @param {Uint8Array<ArrayBuffer>} seed */
async function rootKey(seed) {
  const key = await crypto.subtle.importKey("pkcs8", new Uint8Array([...PKCS8, ...seed]), "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", key);
  return { key, root: /** @type {string} */ (x) };
}

/** What signs in the circle's name: certificates of power. @param {Bytes} seed */
export async function rootSigner(seed) {
  const { key, root } = await rootKey(seed);
  return {
    root: unb64(root),
    /** @param {Bytes} data */
    sign: async (data) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, data)),
  };
}

/** Whether this is the root key that a link pins. @param {Link} link @param {Bytes} root */
export const isPinned = async ({ fp }, root) => b64((await sha256(root)).slice(0, 16)) === fp;

/** The circle's name follows from the root key, so that nobody else can open one under the same name. @param {string} root */
const ridOf = async (root) =>
  b64((await sha256(new Uint8Array([...utf8("circle/1 rid"), ...unb64(root)]))).slice(0, 16));

/** @param {Uint8Array<ArrayBuffer>} seed @param {number} [counter] @returns {Promise<Link>} */
export async function fromSeed(seed, counter = 1) {
  const { root } = await rootKey(seed);
  const fp = b64((await sha256(unb64(root))).slice(0, 16));
  return { rid: await ridOf(root), secret: await hkdf(seed, `link${counter}`), fp, seed };
}

/** A new circle's link, from fresh random bytes. */
export async function makeLink() {
  return fromSeed(crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * The link that an address says, or null: another version, cut off, or none.
 * @param {string} path @param {string} fragment without the number sign @returns {Promise<Link | null>}
 */
export async function readLink(path, fragment) {
  const [, kind, rid] = /^\/([cf])\/([A-Za-z0-9_-]{22})$/.exec(path) ?? [];
  if (kind === "f" && /^[A-Za-z0-9_-]{43}$/.test(fragment)) {
    const link = await fromSeed(unb64(fragment));
    return link.rid === rid ? link : null;
  }
  const [, secret, fp] = /^1\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{22})$/.exec(fragment) ?? [];
  return kind === "c" && secret ? { rid, secret: unb64(secret), fp, seed: null } : null;
}

/** What stands behind the number sign of the members' link. @param {Link} link */
export const memberFragment = (link) => `1.${b64(link.secret)}.${link.fp}`;

/** @param {Link} link @param {string} origin */
export const memberAddress = (link, origin) => `${origin}/c/${link.rid}#${memberFragment(link)}`;

/** @param {Link} link @param {string} origin */
export const facilitatorAddress = (link, origin) => `${origin}/f/${link.rid}#${b64(link.seed ?? new Uint8Array())}`;

/** What opens the circle at the server. @param {Link} link */
export async function opening(link) {
  const { root } = await rootKey(/** @type {Uint8Array<ArrayBuffer>} */ (link.seed));
  return { rid: link.rid, root, join: b64(await sha256(await hkdf(link.secret, "join"))), link: 1 };
}

/** The members' proof at the door. @param {Link} link */
export const joinProof = async (link) => b64(await hkdf(link.secret, "join"));

/** The facilitators' proof: a signature over the server's nonce. @param {Link} link @param {string} nonce */
export async function sign(link, nonce) {
  const { key } = await rootKey(/** @type {Uint8Array<ArrayBuffer>} */ (link.seed));
  return b64(
    new Uint8Array(await crypto.subtle.sign("Ed25519", key, utf8(`circle/1 facilitator ${link.rid} ${nonce}`))),
  );
}

/**
 * The CONNECT payload, docs/protocol.md section 3: a seat's token, beside it the members' proof, for whoever finds the seat gone; without one the facilitators' proof, or the members'.
 * @param {Link} link @param {string | null} token @param {(rid: string) => Promise<string>} challenge gives a nonce of the server's
 */
export async function connectProof(link, token, challenge) {
  const { rid } = link;
  if (!link.seed) return { v: 1, rid, ...(token && { token }), join: await joinProof(link) };
  if (token) return { v: 1, rid, token };
  const nonce = await challenge(rid);
  return { v: 1, rid, nonce, signature: await sign(link, nonce) };
}
