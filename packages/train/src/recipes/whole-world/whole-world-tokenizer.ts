/**
 * @file The tokenizer of all families of the painted world.
 *
 *     dalle train tokenizer whole-world-tokenizer
 *
 * One core: 14 seconds, nearly all of it for the captions. Expect 12 tokens a caption on average, at most 42.
 */
import { familyNames } from "@dalle-ts/data";
import type { TokenizerRecipe } from "../../tokenizer/recipe.js";
import { worldTokenizer } from "../blocks-and-objects/world-tokenizer.js";

export const wholeWorldTokenizer: TokenizerRecipe = {
  ...worldTokenizer,
  name: "whole-world-tokenizer",
  data: { families: familyNames, seed: 1, captions: 200_000 },
  vocabularySize: 2048,
};
