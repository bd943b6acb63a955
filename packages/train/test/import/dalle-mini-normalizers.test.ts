/** @file What becomes of captions before dalle-mini's byte pairs, as its own program does it. */
import { CaptionTokenizer, HASHTAG_STEP } from "dalle-ts/parts";
import { expect, test } from "vitest";
import { bytePairJson } from "../../src/import/byte-pair-json.js";
import { dalleMiniNormalizers } from "../../src/import/dalle-mini/normalizers.js";

/** A token a character, so that decoding shows what was encoded. */
const characters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
const spacing = { type: "Metaspace", replacement: "Ġ", prepend_scheme: "always", split: true };
const json = bytePairJson({
  normalizers: dalleMiniNormalizers(),
  preTokenizer: spacing,
  decoder: spacing,
  vocabulary: Object.fromEntries(["Ġ", ...characters].map((sign, id) => [sign, id])),
  merges: [],
});
const tokenizer = CaptionTokenizer.fromJson(json);

test.each([
  ["Hello, World!!", "hello, world"],
  ["A 1,000,000-dollar car", "a 1000000 dollar car"],
  ["v2.5: it's 3/4 #cats_dogs", "v2.5, it's 3/4 cats dogs"],
  ["a#tag #ThrowbackThursday", "atag throwbackthursday"],
  ["🦊 and ❤️", "fox, and, red heart"],
  ["👒", 'woman " s hat'],
  ["🇨🇩🅰️", "congo kinshasa, a button, blood type"],
  ["20°, 5€", "20deg, 5eur"],
  ["½ a moon", "1/2 a moon"],
  ["sooooo good, VIII", "so good, viii"],
  ['say “hi” or "bye"', 'say " hi " or " bye "'],
  ["café – déjà vu … 猫", "cafe, deja vu"],
  ["see http://x.y/z?q=1 now", "see now"],
  ["red<br>cube", "red cube"],
  ["<b>Bold</b> &amp; 50% [12]", "bold & 50 %"],
  ["  (a); [b] \n c.  ", "a, b, c"],
])("%j becomes %j", (caption, expected) => {
  expect(tokenizer.decode(tokenizer.encode(caption))).toBe(expected);
});

test("thousands of signs take no time", () => {
  const signs = [", ", '" '].map((sign) => sign.repeat(900)).join("");
  expect(tokenizer.decode(tokenizer.encode(`a${signs}b`)).length).toBeLessThan(20);
});

test("with a list of words hashtags are cut where the program cuts them: after punctuation is read, before it is dropped", () => {
  const hashtagWords = ["the", "of", "cat", "day", "s", "x", "tok", "it", "quote", "xs"].join("\n");
  const cutting = CaptionTokenizer.fromJson(json, { hashtagWords });
  const read = (caption: string) => cutting.decode(cutting.encode(caption));
  expect(read("#CatOfTheDay, #cat_day http://x.y/#cat &#39;")).toBe('cat of the day, cat day "');
  expect(read("a#catday it's")).toBe("acat day it's");
  // Its marks for signs that stay are letters to it.
  expect(read("#it's")).toBe("it x tok x quote x tok xs");
  expect(read("no tag")).toBe("no tag");
});

test("a tokenizer without the step has no use for a list", () => {
  const plain = json.replace(JSON.stringify(HASHTAG_STEP), '{"type":"Lowercase"}');
  const reader = CaptionTokenizer.fromJson(plain, { hashtagWords: "cat\nday" });
  expect(reader.decode(reader.encode("#catday"))).toBe("catday");
});
