// Reads the browser's own source for the tests that hold its shape: imports, sentences, weight. Text only, nothing is run.
import { globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** @param {string} path from the top of the tree */
export const read = (path) => readFileSync(join(ROOT, path), "utf8");

/** All files that fit a pattern, from the top of the tree. @param {string} pattern */
export const files = (pattern) =>
  globSync(pattern, { cwd: ROOT })
    .filter((path) => statSync(join(ROOT, path)).isFile())
    .sort();

/** Our own modules, as paths inside static/js. */
export const modules = () => files("static/js/**/*.js").map((path) => relative("static/js", path));

// Strings and regular expressions are passed over whole, so that what looks like a comment inside them is none.
const TOKEN =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<=[(=,:[!&|?{};]\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;

/** A module without its comments. @param {string} text */
export const withoutComments = (text) =>
  text.replaceAll(TOKEN, (found) => (found.startsWith("/*") || found.startsWith("//") ? " " : found));

const IMPORT = /\b(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']/g;

/** What a module imports when it runs: relative names resolved from the top of the tree. @param {string} path */
export const imports = (path) => importsIn(withoutComments(read(path)), path);

/** @param {string} code @param {string} path */
const importsIn = (code, path) =>
  [...code.matchAll(IMPORT)]
    .map((found) => found[1] ?? found[2])
    .map((name) => (name.startsWith(".") ? join(dirname(path), name) : name));
