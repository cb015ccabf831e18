// The words of a check-in: packed small, and looked at piece by piece when they come from somebody else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyCard, NUMBERS, packWords, unpackWords, WEATHERS } from "../../static/js/card.js";
import { clean } from "../../static/js/keys/words.js";

const tidy = (/** @type {string} */ mood) => clean(mood, "name");
const said = { mood: "tired, but here", weather: "rain", number: "7" };

test("what is packed is what is unpacked", () => {
  for (const weather of ["", ...WEATHERS]) {
    for (const number of ["", ...NUMBERS]) {
      const words = { ...said, weather, number };
      assert.deepEqual(unpackWords(packWords(words) ?? "", tidy), words);
    }
  }
});

test("a card without words sends none", () => {
  assert.equal(packWords(emptyCard()), null);
  assert.equal(packWords({ mood: "  ", weather: "", number: "" }), null);
});

test("also the longest words come through the sealing whole", () => {
  for (const letter of ["a", '"', "\\", "👩‍👩‍👧‍👦"]) {
    const mood = tidy(letter.repeat(80));
    const packed = packWords({ ...said, mood }) ?? "";
    assert.equal(unpackWords(clean(packed, "check_in"), tidy)?.mood, mood);
  }
});

test("invisible signs hidden in another spelling are taken out, and unknown codes are nothing", () => {
  const odd = JSON.stringify(["a\u202eb", "hail", "11"]).replace("\u202e", "\\u202e");
  assert.deepEqual(unpackWords(odd, tidy), { mood: "ab", weather: "", number: "" });
});

test("what is no card is none", () => {
  for (const text of ["", "{", "null", "7", "{}"]) assert.equal(unpackWords(text, tidy), null, text);
});
