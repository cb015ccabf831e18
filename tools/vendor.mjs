// Copies the browser libraries, as published, from node_modules into static/vendor and writes vendor.lock.json. Run after `npm ci`.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

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
];

const locked = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

const lock = LIBRARIES.map(({ name, files, licence }) => {
  const { version, license, integrity } = locked[`node_modules/${name}`];
  const home = join("static/vendor", `${name}-${version}`);
  const copied = Object.entries({ ...files, [licence]: "LICENSE" }).map(([from, to]) => {
    mkdirSync(dirname(join(home, to)), { recursive: true });
    cpSync(join("node_modules", name, from), join(home, to));
    return [to, sha256(readFileSync(join(home, to)))];
  });
  return { name, version, licence: license, integrity, folder: home, files: Object.fromEntries(copied) };
});
writeFileSync("vendor.lock.json", `${JSON.stringify(lock, null, 2)}\n`);
