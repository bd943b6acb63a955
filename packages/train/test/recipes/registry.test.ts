/** @file The registry: every recipe is found by its name, and an unknown name is answered with the known ones. */
import { findRecipe, type Part, recipeNames } from "@dalle-ts/train";
import { expect, test } from "vitest";

test.each<Part>(["tokenizer", "dvae", "transformer", "clip"])(
  "%s recipes are found by name",
  (part) => {
    const names = recipeNames(part);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(findRecipe(part, name)).toMatchObject({ kind: part, name });
  },
);

test("an unknown recipe is refused with the names there are", () => {
  expect(() => findRecipe("tokenizer", "nope")).toThrow("world-tokenizer");
  expect(() => findRecipe("tokenizer", "constructor")).toThrow("expected one of");
});
