import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenizerHash, tokenizerText } from "../../src/tokenizer/tokenizer-json.js";
import { trainTokenizer } from "../../src/tokenizer/train-tokenizer.js";
import { splitWords } from "../../src/tokenizer/words.js";
import { referenceMerges } from "./reference-trainer.js";
import { captions } from "./samples.js";

describe("trainTokenizer", () => {
  test("merges the most frequent pair first, and equally frequent ones in lexicographic order", () => {
    const { model } = trainTokenizer(["hug pug pun hug bun"], { vocabularySize: 259 });
    // "ug" occurs three times; "h"+"ug", "un" and " p" twice.
    expect(model.merges).toEqual(["u g", "h ug", "u n"]);
    expect(model.vocab).toMatchObject({ a: 97, Ġ: 32, ug: 256, hug: 257, un: 258 });
  });

  test("equals a trainer that recounts everything before every merge", () => {
    const caption = fc.string({ unit: fc.constantFrom(..."aaabbc d", "É"), maxLength: 40 });
    fc.assert(
      fc.property(fc.array(caption, { maxLength: 12 }), (texts) => {
        const { model } = trainTokenizer(texts, { vocabularySize: 1000 });
        expect(model.merges).toEqual(referenceMerges(texts.flatMap(splitWords), 2000));
        expect(Object.keys(model.vocab)).toHaveLength(256 + model.merges.length);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("gives the same bytes whatever the order of the captions", () => {
    const text = tokenizerText(trainTokenizer(captions, { vocabularySize: 400 }));
    const reversed = tokenizerText(
      trainTokenizer([...captions].reverse(), { vocabularySize: 400 }),
    );
    expect(reversed).toBe(text);
    // A known answer: when it changes, every checkpoint needs its tokenizer trained again.
    expect(tokenizerHash(text)).toBe(
      "d22263b39473ad5e94b58c0c7c7cd9fbb94ef077c24eb398f9a4e9ef63153142",
    );
  });

  test("256 is the bytes alone; captions with few pairs give fewer entries than asked", () => {
    expect(trainTokenizer(captions, { vocabularySize: 256 }).model.merges).toEqual([]);
    expect(trainTokenizer(["ab ab"], { vocabularySize: 9999 }).model.merges).toEqual(["a b"]);
    expect(trainTokenizer([], { vocabularySize: 9999 }).model.merges).toEqual([]);
  });

  test("minimumCount 1 also merges pairs that occur once", () => {
    const { model } = trainTokenizer(["ab"], { vocabularySize: 9999, minimumCount: 1 });
    expect(model.merges).toEqual(["a b"]);
  });

  test("words of more than 256 bytes are left out", () => {
    const blob = "ab".repeat(10_000);
    expect(trainTokenizer([blob, "cd cd"], { vocabularySize: 9999 }).model.merges).toEqual(["c d"]);
  });

  test.each([255, 256.5, Number.NaN, "1024"])("refuses vocabularySize %s", (vocabularySize) => {
    expect(() => trainTokenizer([], { vocabularySize: vocabularySize as number })).toThrow(
      /^vocabularySize: expected an integer >= 256, got/,
    );
  });

  test("refuses minimumCount 0", () => {
    expect(() => trainTokenizer([], { vocabularySize: 256, minimumCount: 0 })).toThrow(
      /^minimumCount: expected an integer >= 1, got 0/,
    );
  });
});
