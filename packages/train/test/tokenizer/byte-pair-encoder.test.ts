import { Tokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BytePairEncoder } from "../../src/tokenizer/byte-pair-encoder.js";
import { tokenizerText } from "../../src/tokenizer/tokenizer-json.js";
import { trainTokenizer } from "../../src/tokenizer/train-tokenizer.js";
import { anyText, captions, mergingText } from "./samples.js";

const text = tokenizerText(trainTokenizer(captions, { vocabularySize: 500 }));
const encoder = BytePairEncoder.fromJson(text);
const huggingFace = new Tokenizer(JSON.parse(text), { clean_up_tokenization_spaces: false });
const decode = (ids: number[]) => (ids.length === 0 ? "" : huggingFace.decode(ids));

/** A small linear congruential generator: repeatable, and good enough to toss coins. */
function coinToss(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("without dropout", () => {
  test("equals Hugging Face tokenizers and decodes to the lower-cased text", () => {
    const check = (input: string) => {
      const ids = encoder.encode(input);
      expect(ids).toEqual(huggingFace.encode(input).ids);
      expect(decode(ids)).toBe(input.toLowerCase());
    };
    for (const caption of captions) check(caption);
    fc.assert(fc.property(anyText, check), { numRuns: 1000, seed: 1 });
    fc.assert(fc.property(mergingText, check), { numRuns: 1000, seed: 2 });
  });

  test("stays equal on one word of 20,000 characters and on lone surrogates", () => {
    for (const input of ["redandtheblock".repeat(1500), "a\ud800 \udc00\udc00b"]) {
      expect(encoder.encode(input)).toEqual(huggingFace.encode(input).ids);
    }
  });

  test("a second encoding, from the cache, is the same and belongs to the caller", () => {
    for (const input of ["red", "a red block"]) {
      const first = encoder.encode(input);
      const copy = [...first];
      first.fill(0);
      expect(encoder.encode(input)).toEqual(copy);
    }
  });
});

describe("with dropout", () => {
  test("spells the same text in other pieces, repeatably", () => {
    fc.assert(
      fc.property(mergingText, fc.double({ min: 0, max: 1, noNaN: true }), (input, dropout) => {
        const ids = encoder.encode(input, { dropout, random: coinToss(5) });
        expect(decode(ids)).toBe(input.toLowerCase());
        expect(encoder.encode(input, { dropout, random: coinToss(5) })).toEqual(ids);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test("1 leaves the bytes; 0.1 leaves one merge out in ten", () => {
    const pair = BytePairEncoder.fromJson(trainTokenizer(["ab ab"], { vocabularySize: 257 }));
    expect(pair.encode("ab", { dropout: 1, random: coinToss(1) })).toEqual([97, 98]);
    const random = coinToss(9);
    let split = 0;
    for (let draw = 0; draw < 20_000; draw++) {
      split += pair.encode("ab", { dropout: 0.1, random }).length - 1;
    }
    expect(split / 20_000).toBeCloseTo(0.1, 1.9);
  });

  test("a merge that was left out gets another chance after the next merge", () => {
    // Merges: 1. "a b"  2. "ab c"; for "abab" the second "ab" can be kept first, then the first one is drawn again.
    const pair = BytePairEncoder.fromJson(trainTokenizer(["ab ab"], { vocabularySize: 257 }));
    const draws = [0, 0.9, 0.9];
    const ids = pair.encode("abab", { dropout: 0.5, random: () => draws.shift()! });
    expect(ids).toEqual([256, 256]);
    expect(draws).toEqual([]);
  });

  test("refuses a probability outside [0, 1] and dropout without a generator", () => {
    for (const dropout of [-0.1, 1.1, Number.NaN]) {
      expect(() => encoder.encode("a", { dropout, random: Math.random })).toThrow(
        /^dropout: expected a number in \[0, 1\]/,
      );
    }
    expect(() => encoder.encode("a", { dropout: 0.1 })).toThrow(/^random: expected a function/);
  });
});

describe("fromJson", () => {
  const changed = (change: (json: ReturnType<typeof JSON.parse>) => void): string => {
    const json = JSON.parse(text);
    change(json);
    return JSON.stringify(json);
  };

  test.each([
    [
      "another pre-tokenizer",
      changed((json) => (json.pre_tokenizer.type = "Whitespace")),
      "pre_tokenizer.type",
    ],
    ["no normalizer", changed((json) => (json.normalizer = null)), "normalizer.type"],
    ["special tokens", changed((json) => json.added_tokens.push({})), "added_tokens.length"],
    ["a byte missing", changed((json) => delete json.model.vocab["!"]), 'no entry "!"'],
    ["an unknown merge", changed((json) => json.model.merges.push("q zz")), 'has "q zz"'],
    ["not JSON", "{", "not valid JSON"],
    ["not an object", "null", "normalizer.type"],
  ])("refuses %s in one sentence", (_, source, reason) => {
    expect(() => BytePairEncoder.fromJson(source)).toThrow(reason);
  });
});
