/** @file The words of the world's captions: all that its grammar says, and none that it does not. */
import { describe, expect, test } from "vitest";
import { familyNames, Random, sampleScene } from "../src/index.js";
import { familyOf } from "../src/world/families.js";
import { knownWords, unknownWords } from "../src/world/unknown-words.js";
import { vocabularyOf } from "../src/world/vocabulary.js";

describe.each(familyNames)("%s", (family) => {
  test("knows every word of its captions", () => {
    for (let seed = 0; seed < 1000; seed++) {
      const random = new Random(seed, 0);
      const caption = familyOf(family).caption(sampleScene(family, random), random);
      expect(unknownWords(caption, [family]), caption).toEqual([]);
    }
  });
});

test("the list of words is what the grammar says; run tools/vocabulary.ts where it is not", () => {
  expect([...knownWords.keys()]).toEqual(familyNames);
  for (const family of familyNames) {
    expect(knownWords.get(family), family).toEqual(vocabularyOf(family));
  }
});

test("names what no caption has, once, and knows inflections, numbers and halves of compounds", () => {
  const unknown = (caption: string) => unknownWords(caption, familyNames);
  expect(unknown("A photograph of Berlin, of BERLIN and of a zeppelin!")).toEqual([
    "berlin",
    "zeppelin",
  ]);
  expect(unknown("6 apples, a star-shaped clock, an orange; a red-green block")).toEqual([]);
  expect(unknownWords("a happy avocado", ["blocks"])).toEqual(["happy", "avocado"]);
  expect(unknownWords("a zeppelin", ["blocks", "of another version"])).toEqual([]);
  expect(unknown("赤い ball")).toEqual(["赤い"]);
  expect(unknown("👍 a ball 👍")).toEqual(["👍"]);
});
