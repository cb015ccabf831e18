// The library that wraps keys, from its pinned package, against RFC 9180, appendix A.1: the same key agreement and derivation as ours, with AES-128-GCM.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";

const hex = (/** @type {string} */ text) => new Uint8Array(Buffer.from(text, "hex"));
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
const info = hex("4f6465206f6e2061204772656369616e2055726e");
const aad = hex("436f756e742d30");

const VECTORS = {
  "base, A.1.1": {
    secret: "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
    enc: "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
    sealed: "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
  },
  "PSK, A.1.2": {
    secret: "c5eb01eb457fe6c6f57577c5413b931550a162c71a03ac8d196babbd4e5ce0fd",
    enc: "0ad0950d9fb9588e59690b74f1237ecdf1d775cd60be2eca57af5a4b0471c91b",
    sealed: "e52c6fed7f758d0cf7145689f21bc1be6ec9ea097fef4e959440012f4feb73fb611b946199e681f4cfc34db8ea",
    psk: {
      id: hex("456e6e796e20447572696e206172616e204d6f726961"),
      key: hex("0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82"),
    },
  },
};

for (const [mode, { secret, enc, sealed, ...more }] of Object.entries(VECTORS))
  test(`what the RFC has sealed opens, and nothing else of it (${mode})`, async () => {
    const recipientKey = await suite.kem.importKey("raw", hex(secret).buffer, false);
    const opens = (/** @type {string} */ text) =>
      suite.open({ recipientKey, enc: hex(enc), info, ...more }, hex(text), aad);
    assert.equal(new TextDecoder().decode(await opens(sealed)), "Beauty is truth, truth beauty");
    await assert.rejects(opens(sealed.replace(/.$/, (last) => (last === "a" ? "b" : "a"))));
  });
