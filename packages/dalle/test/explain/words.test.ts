import { expect, test } from "vitest";
import { captionWords } from "../../src/explain/words.js";

/** A decoder of tokens that are known by their text. */
const wordsOf = (...tokens: string[]) =>
  captionWords(tokens.length, (count) => tokens.slice(0, count).join(""));

test("tokens of one word go together, with its punctuation", () => {
  expect(wordsOf("a", " gr", "een", " ball", ".")).toEqual([
    { text: "a", tokens: [0] },
    { text: "green", tokens: [1, 2] },
    { text: "ball.", tokens: [3, 4] },
  ]);
});

test("a token of white space goes with what follows it, or with the last word at the end", () => {
  expect(wordsOf("a", " ", "ball")).toEqual([
    { text: "a", tokens: [0] },
    { text: "ball", tokens: [1, 2] },
  ]);
  expect(wordsOf("a", " ")).toEqual([{ text: "a", tokens: [0, 1] }]);
});

test("nothing has no words", () => {
  expect(wordsOf()).toEqual([]);
});

test("half a character decodes to a mark, and stays in its word", () => {
  const texts = ["", "a", "a \ufffd", "a é", "a éx"];
  expect(captionWords(4, (count) => texts[count]!)).toEqual([
    { text: "a", tokens: [0] },
    { text: "éx", tokens: [1, 2, 3] },
  ]);
});
