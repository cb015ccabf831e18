// Libraries are the published ones, byte for byte, or made from them as the lock says: vendor.lock.json, package.json, package-lock.json and the files agree.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { made } from "../../tools/vendor.mjs";
import { files, ROOT, read } from "./source.mjs";

const lock = JSON.parse(read("vendor.lock.json"));
const wanted = JSON.parse(read("package.json")).devDependencies;
const pinned = JSON.parse(read("package-lock.json")).packages;
const hash = (/** @type {string} */ path) =>
  createHash("sha256")
    .update(readFileSync(join(ROOT, path)))
    .digest("hex");

test("every vendored file has the hash that the lock names", () => {
  assert.ok(lock.length >= 3);
  for (const { folder, files: held } of lock) {
    for (const [name, expected] of Object.entries(held)) assert.equal(hash(join(folder, name)), expected, name);
  }
});

test("nothing lies in vendor that the lock does not name, but our own type declarations", () => {
  const named = lock.flatMap((/** @type {any} */ one) => Object.keys(one.files).map((name) => join(one.folder, name)));
  const lying = files("static/vendor/**").filter((path) => !/\.d\.m?ts$/.test(path));
  assert.deepEqual(lying, named.sort());
});

test("every library brings its licence, and a licence that may be shipped", () => {
  for (const { name, folder, licence, files: held } of lock) {
    assert.ok("LICENSE" in held, name);
    assert.match(
      read(join(folder, "LICENSE")),
      /Permission is hereby granted|Redistribution and use|Permission to use, copy/,
    );
    assert.match(licence, /^(MIT|BSD-[23]-Clause|ISC|Apache-2\.0)$/);
  }
});

test("versions, licences and integrity are those of package.json and package-lock.json", () => {
  for (const { name, version, licence, integrity, folder } of lock) {
    const package_ = pinned[`node_modules/${name}`];
    assert.deepEqual([version, licence, integrity], [package_.version, package_.license, package_.integrity], name);
    assert.equal(wanted[name], version);
    assert.equal(folder, `static/vendor/${name.replace("@", "").replace("/", "-")}-${version}`);
  }
});

test("what is made of a package is made as the lock says, and comes out the same again", () => {
  const again = made();
  assert.deepEqual(
    again.map(({ file }) => file).sort(),
    lock.flatMap((/** @type {any} */ one) => Object.keys(one.made ?? {})).sort(),
  );
  for (const { name, file, text, how } of again) {
    const { files: held, made: said } = lock.find((/** @type {any} */ one) => one.name === name);
    assert.equal(createHash("sha256").update(text).digest("hex"), held[file], name);
    assert.deepEqual(JSON.parse(JSON.stringify(how)), said[file]);
  }
});

test("other vendored files are the installed packages' own", () => {
  for (const { name, version, files: held, made: ours = {} } of lock) {
    assert.equal(JSON.parse(read(`node_modules/${name}/package.json`)).version, version);
    const published = new Set(files(`node_modules/${name}/**/*.{js,mjs}`).map(hash));
    for (const [file, expected] of Object.entries(held)) {
      if (file !== "LICENSE" && !(file in ours))
        assert.ok(published.has(/** @type {string} */ (expected)), `${name} ${file}`);
    }
  }
});
