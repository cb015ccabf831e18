// What a page makes a phone fetch: nothing from elsewhere, and no fonts. How much it is, tests/web/test_weight.py says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { files, read } from "./source.mjs";
import { templates } from "./templates.mjs";

test("no font is shipped, and none is named in a style", () => {
  assert.deepEqual(
    files("static/**").filter((path) => /\.(woff2?|ttf|otf|eot)$/.test(path)),
    [],
  );
  for (const path of files("static/css/*.css")) assert.doesNotMatch(read(path), /@font-face/, path);
});

test("no style, page or module of ours fetches from another origin", () => {
  const elsewhere = /(?:url\(|@import|(?:src|href)=|from\s|import\(|fetch\(|new URL\()\s*["'`]?(?:https?:)?\/\//;
  const own = [...files("static/css/*.css"), ...files("static/js/**/*.js"), ...files("web/templates/*.html")];
  assert.ok(own.length > 30);
  for (const path of own) assert.doesNotMatch(read(path), elsewhere, path);
});

test("a style takes no file from anywhere", () => {
  for (const path of files("static/css/*.css")) assert.doesNotMatch(read(path), /\burl\(|@import/, path);
});

test("where lines are joined as they are served, no two words that are drawn run together", () => {
  for (const path of files("static/js/views/*.js")) {
    for (const one of templates(read(path))) assert.doesNotMatch(one, /[{;(]\n/, path);
  }
});
