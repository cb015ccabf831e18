// HPKE (RFC 9180) as we use it: X25519, HKDF-SHA256, AES-256-GCM, always one-shot, written `enc | ct`.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "../../vendor/hpke-core-1.9.0/hpke.js";
import { joined } from "./bytes.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */
/** @typedef {{ id: Bytes, key: Bytes }} Psk at least 32 bytes of key */

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const NOTHING = new Uint8Array();
const ENC = 32;

/** Throws for a key with which no secret can be agreed. @param {Bytes} to @param {{ info: Bytes, aad?: Bytes, psk?: Psk }} about @param {Bytes} plain */
export async function sealTo(to, { info, aad = NOTHING, psk }, plain) {
  const recipientPublicKey = await suite.kem.importKey("raw", to, true);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info, ...(psk && { psk }) }, plain, aad);
  return joined(new Uint8Array(enc), new Uint8Array(ct));
}

/** What was sealed to this key, for this; null for anything else. @param {CryptoKeyPair} recipientKey @param {{ info: Bytes, aad?: Bytes, psk?: Psk }} about @param {Bytes} box */
export async function openFrom(recipientKey, { info, aad = NOTHING, psk }, box) {
  try {
    const from = { recipientKey, enc: box.slice(0, ENC), info, ...(psk && { psk }) };
    return new Uint8Array(await suite.open(from, box.slice(ENC), aad));
  } catch {
    return null;
  }
}
