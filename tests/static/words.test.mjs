// One catalogue holds every sentence: complete, plain, kind, used; and no view says anything that is not in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WEATHERS } from "../../static/js/card.js";
import { FORMATS, REACTIONS } from "../../static/js/protocol.js";
import { parting } from "../../static/js/words/parting.js";
import { protection } from "../../static/js/words/protection.js";
import { nameOf, words as spoken, whisperOf } from "../../static/js/words.js";
import { files, modules, read, withoutComments } from "./source.mjs";
import { sayings, templates } from "./templates.mjs";

// What only the goodbye says, and what is said of protection, is fetched later, and held to the same.
const words = { ...spoken, parting, protection };

/** The codes of a type that is generated from the rules. @param {string} name @returns {string[]} */
const codes = (name) => {
  const [, union] = new RegExp(`export type ${name} = ([^;]+);`).exec(read("static/js/protocol.d.ts")) ?? [];
  return JSON.parse(`[${union.replaceAll("|", ",")}]`);
};
const [REASONS, REFUSALS] = [codes("Reason"), codes("Refusal")];
const FLOORS = ["round", "hands", "open", "silence", "facilitator"];
const KINDS = [...Object.keys(FORMATS), "own"];
const PARTS = [...new Set(Object.values(FORMATS).flatMap((steps) => steps.map((step) => step.part))), "own"];
const DUTIES = ["door", "time", "guardian", "script"];
const ANSWERS = ["listen", "reflections", "ideas"];
const SAYINGS = ["share", "writing", "line", "note"];
const PLACES = ["start", "doorway", "waiting", "circle", "ended", "unsupported", "broken", "twice"];

/** Words that are looked up by a code instead of by name: where, and which codes there are. */
const BY_CODE = {
  titles: PLACES,
  // Two are this page's own.
  refusals: [...REFUSALS, "no_keys", "no_lead"],
  "keyed.warnings": ["heads", "stopped", "no_key", "beat"],
  "ended.headings": REASONS,
  "ended.texts": REASONS,
  "circle.floors": FLOORS,
  "tools.floors": FLOORS,
  "agenda.kinds": KINDS,
  "agenda.hints": KINDS,
  "agenda.parts": PARTS,
  "agenda.scripts": PARTS,
  "time.cues": ["minute", "over"],
  "card.weathers": WEATHERS,
  "card.wishes": ["share", "need", "listen", "unsure"],
  "card.lengths": ["short", "usual", "longer"],
  "card.answering": ANSWERS,
  "card.marks": ANSWERS,
  "quiet.states": ["pause", "silence"],
  "quiet.hints": ["pause", "silence", "heads_up"],
  "duties.names": DUTIES,
  "duties.marks": DUTIES,
  "terms.limits": ["A", "B"],
  "terms.observers": ["welcome", "newcomers", "ask", "none"],
  "terms.camera": ["optional", "holder", "check_in"],
  "terms.late": ["open", "boundary"],
  "settling.listeners": ["welcome", "newcomers", "ask", "none"],
  "settling.lates": ["open", "boundary", "closed"],
  "settling.limiting": ["A", "B"],
  "asking.headings": ["asked", "coming"],
  "asking.states": ["asked", "coming"],
  "asking.texts": ["asked", "coming"],
  reactions: REACTIONS,
  whispered: ["share", "writing", "line", "note", "reaction"],
  "voices.labels": SAYINGS,
  "voices.hints": SAYINGS,
  "voices.buttons": SAYINGS,
  "doorway.obstacles": ["locked", "full", "returning", "late"],
  "devices.troubles": ["denied", "missing", "busy", "other"],
};
/** Looked up by a code beside others that are not. */
const ALSO_BY_CODE = {
  devices: ["microphone", "camera"],
  broken: ["unknown", "malformed", "version"],
};

const counts = (/** @type {Function} */ make) => String(make).includes("counted(");

/** Every entry with its path; sentences that are made are made with a name, or for one and many. @returns {[string, string[]][]} */
function entries(part = /** @type {any} */ (words), path = "") {
  return Object.entries(part).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key;
    if (typeof value === "function") return [[here, counts(value) ? [value(1), value(3)] : [value("Wren")]]];
    if (Array.isArray(value)) return [[here, value]];
    return typeof value === "object" ? entries(value, here) : [[here, [value]]];
  });
}

const at = (/** @type {string} */ path) => path.split(".").reduce((part, key) => part[key], /** @type {any} */ (words));
// Only views speak; `words` elsewhere are those that are sealed.
const speaking = ["words.js", "exit.js", ...modules().filter((path) => path.startsWith("views/"))];
const code = speaking.map((path) => withoutComments(read(`static/js/${path}`))).join("\n");
const METHOD = /\.(?:map|toLowerCase)$/;
const used = new Set([
  ...(code.match(/(?<![./\w])words(?:\.\w+)+/g) ?? []).map((found) => found.slice(6).replace(METHOD, "")),
  ...(code.match(/(?<![./\w])told(?:\.\w+)+/g) ?? []).map((found) => found.replace("told", "parting")),
  ...(code.match(/(?<![./\w])say(?:\.\w+)+/g) ?? []).map((found) => found.replace("say", "protection")),
]);

for (const [path, codes] of Object.entries(BY_CODE)) {
  test(`every code has its sentence, and every sentence its code: ${path}`, () => {
    assert.deepEqual(Object.keys(at(path)).sort(), [...codes].sort());
    assert.ok(used.has(path), "it is looked up");
  });
}

test("a connection that is refused for good has a sentence of its own for each reason", () => {
  const [, listed] = /const FINAL = new Set\(\[([^\]]*)\]\)/.exec(read("static/js/connection.js")) ?? [];
  const final = JSON.parse(`[${listed}]`);
  assert.deepEqual(final.sort(), [...ALSO_BY_CODE.broken].sort());
  for (const one of final) assert.ok(at("broken")[one].length > 20, one);
});

test("every entry is used somewhere", () => {
  const known = Object.entries({ ...BY_CODE, ...ALSO_BY_CODE }).flatMap(([path, codes]) =>
    used.has(path) ? codes.map((one) => `${path}.${one}`) : [],
  );
  const unused = entries().filter(([path]) => !used.has(path) && !known.includes(path));
  assert.deepEqual(
    unused.map(([path]) => path),
    [],
  );
});

test("whatever is asked of the catalogue is in it", () => {
  assert.ok(used.size > 80);
  assert.deepEqual(
    [...used].filter((path) => at(path) === undefined),
    [],
  );
});

test("every sentence is calm: no shouting, no dots that trail off, no doubled or outer spaces", () => {
  for (const [path, texts] of entries()) {
    for (const text of texts) {
      assert.ok(text.length > 1, path);
      assert.doesNotMatch(text, /!|\.\.\.|…| {2}|^ | $|[A-Z]{3}/, path);
    }
  }
});

test("no sentence speaks of the machine", () => {
  const jargon =
    /\b(relay|epoch|sockets?|peer|server error|errors?|token|signal(?:ing)?|media|websocket|webrtc|ice|stun|turn server|seal(?:ed)?|packets?|codec|stream|sid|undefined|null|nan|object object|invalid|failed|users?|clients?|moderators?|host|participants?|login|mute[ds]?)\b/i;
  const agreed = "Facilitators may mute or remove someone to keep the circle safe.";
  for (const [path, texts] of entries()) {
    for (const text of texts) if (text !== agreed) assert.doesNotMatch(text, jargon, path);
  }
});

test("one thing has one name: stick, seat, circle, facilitator", () => {
  const others = /\b(baton|token|talking piece|room(?! for)|meeting|call|chair|leader|attendees?)\b/i;
  for (const [path, texts] of entries()) for (const text of texts) assert.doesNotMatch(text, others, path);
});

test("a sentence with a name or a number in it holds it, and one is not many", () => {
  for (const [path] of entries().filter(([path]) => typeof at(path) === "function")) {
    const make = at(path);
    if (counts(make)) {
      assert.ok(make(3).includes("3"), path);
      assert.ok(!make(3).includes("#") && !make(1).includes("#"), path);
      assert.notEqual(make(1), make(3).replace("3", "1"), path);
    } else assert.match(make("Wren"), /wren/i, path);
  }
});

test("what only the server's gates hold is said of the server, and promised of nobody else", () => {
  for (const path of ["voices.hints.line", "voices.hints.note"])
    assert.match(at(path), /^The server shows it only to those/, path);
  for (const path of ["voices.hints.line", "voices.hints.note", "listening.hint", "listening.said"]) {
    assert.doesNotMatch(at(path), /nobody (?:else )?(?:sees|reads|learns|keeps)|only they|stays with you/i, path);
  }
  assert.doesNotMatch(read("web/templates/start.html"), /Nothing is recorded, logged or kept/);
});

test("what is said of a server that lies has its bound: this page says so, and when at the latest", () => {
  const { yes } = protection;
  assert.match(yes[2], /unless the server holds them up/);
  assert.match(yes[3], /this page says so: mostly within a minute, at the latest after eleven/);
  assert.doesNotMatch(words.keyed.warnings.beat, /For a minute/, "it stands there for longer");
});

test("a seat without a readable name is someone, never an empty place or an id", () => {
  const screen = /** @type {any} */ ({
    keys: { names: { b: "Bo" } },
    names: { a: "Wren", empty: "" },
    me: "m",
    name: "Mia",
  });
  assert.equal(nameOf(screen, "a"), "Wren");
  assert.equal(nameOf(screen, "b"), "Bo", "who sits is named by the keys");
  assert.equal(nameOf(screen, "m"), "Mia", "one knows one's own name before others do");
  for (const id of ["empty", "unknown", null]) assert.equal(nameOf(screen, id), "Someone");
});

test("what is said without a voice is one sentence with who says it", () => {
  const screen = /** @type {any} */ ({ keys: { names: {} }, names: { a: "Wren" } });
  assert.equal(whisperOf(screen, { type: "share", by: "a", text: "It rains." }), "Wren writes: It rains.");
  assert.equal(
    whisperOf(screen, { type: "note", by: "x", text: "Hello" }),
    "Someone has a private word for you: Hello",
  );
  assert.equal(whisperOf(screen, { type: "reaction", by: "a", reaction: "thanks" }), "From Wren: Thank you");
});

test("no view says anything that is not in the catalogue", () => {
  const views = files("static/js/views/*.js");
  const said = views.flatMap((path) =>
    templates(read(path))
      .flatMap(sayings)
      .map((text) => [path, text]),
  );
  assert.ok(views.flatMap((path) => templates(read(path))).length > 60);
  assert.deepEqual(said, []);
});

test("no sentence hides in a module as a string", () => {
  const sentence = /"[A-Z][a-z]+(?: [a-z]+)+[^"]*"|"[A-Z][a-z]+"/g;
  const standard = /"(?:Content-Type|NotAllowedError|Unidentified)"/;
  const found = modules()
    .filter((path) => /^(views\/|seat|acts|localmedia|main|circle|connection)/.test(path))
    .flatMap((path) => withoutComments(read(`static/js/${path}`)).match(sentence) ?? [])
    .filter((text) => !standard.test(text));
  assert.deepEqual(found, []);
});

test("the reader of templates finds text and spoken attributes, also inside of holes, and nothing else", () => {
  const hole = (/** @type {string} */ text) => text.replaceAll("@{", "$".concat("{"));
  const source = hole(
    'html`<p class="a b" aria-label="Hello">@{x ? html`<b title=@{y}>Inner @{z}</b>` : `plain @{w}`} · <i>@{{ a: 1 }}</i> tail</p>`',
  );
  assert.deepEqual(templates(source).flatMap(sayings), ["Inner ", " tail", "Hello"]);
  assert.deepEqual(templates(hole("svg`<path d=@{a} />`; `html`")).flatMap(sayings), []);
});

test("of less than a minute it is said that it is about one, not a broken number", () => {
  assert.equal(spoken.time.left(0.5), "About a minute left");
  assert.equal(spoken.time.yours(0.5), "About a minute for you");
  assert.equal(spoken.apart.until(0.5), "The bell calls you back within a minute.");
  assert.equal(spoken.time.left(1.5), "About 1.5 minutes left");
});
