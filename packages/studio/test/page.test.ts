/** @file What the page computes on its own: captions with slots, words to go on with, code to copy. */
import { describe, expect, test } from "vitest";
import { codeFor } from "../page/parts/picture-code.js";
import { wordSuggestions } from "../page/parts/word-suggestions.js";
import { captionOf, parseTemplate } from "../page/views/explore-template.js";

describe("captions with slots", () => {
  test("the choices of each slot, and a caption of them", () => {
    const template = parseTemplate("a {small| large } {red|blue} cube");
    expect(template.slots).toEqual([
      ["small", "large"],
      ["red", "blue"],
    ]);
    expect(captionOf(template, [1, 0])).toBe("a large red cube");
  });

  test("an empty choice leaves no gap, and braces that are not closed are text", () => {
    expect(captionOf(parseTemplate("a {|big} cube"), [0])).toBe("a cube");
    expect(captionOf(parseTemplate("a {big cube"), [])).toBe("a {big cube");
    expect(parseTemplate("no slots").slots).toEqual([]);
  });
});

test("words that begin as the last one does", () => {
  const words = ["ball", "block", "blue", "red"];
  expect(wordSuggestions("a BL", words)).toEqual(["block", "blue"]);
  expect(wordSuggestions("a blue", words)).toEqual([]);
  expect(wordSuggestions("a blue ", words)).toEqual([]);
  expect(wordSuggestions("", words)).toEqual([]);
});

describe("code that draws a picture again", () => {
  const picture = {
    ...{ id: "0".repeat(32), created: 0, kind: "generation" as const, seed: 7, favourite: false },
    caption: `it's "quoted"`,
    settings: { temperature: 0.8, topP: 1, guidance: 2 },
    ...{ model: "tiny", modelHash: "h" },
  };

  test("for a shell, with its quotes", () => {
    const code = codeFor(picture, "curl", "http://localhost:1")!;
    const [, body] = /-d '(.*)' \|/.exec(code)!;
    expect(JSON.parse(body!.replaceAll("'\\''", "'"))).toEqual({
      ...{ prompt: picture.caption, seed: 7 },
      ...{ temperature: 0.8, top_p: 1, guidance_scale: 2 },
    });
  });

  test("none for a picture that was made from another", () => {
    expect(codeFor({ ...picture, kind: "edit" }, "Python", "")).toBeUndefined();
  });
});
