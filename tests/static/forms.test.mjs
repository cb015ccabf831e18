// Buttons in a form: a browser takes one without a type for the one that sends the form.
import assert from "node:assert/strict";
import { test } from "node:test";
import { imports, read } from "./source.mjs";
import { templates } from "./templates.mjs";

const buttons = (/** @type {string} */ path) =>
  templates(read(path)).flatMap((one) => one.match(/<button\b[^>]*/g) ?? []);

test("every button that may stand in the doorway's form says what it is for, so that only the knock knocks", () => {
  const doorway = "static/js/views/doorway.js";
  const beside = imports(doorway).filter((path) => path.startsWith("static/js/views/") && !path.endsWith("links.js"));
  const found = [doorway, ...beside, "static/js/views/cards.js", "static/js/views/settling.js"].flatMap(buttons);
  assert.ok(found.some((one) => one.includes('type="submit"')));
  assert.ok(found.length >= 3);
  assert.deepEqual(
    found.filter((one) => !/ type="(button|submit)"/.test(one)),
    [],
  );
});
