/**
 * @file The tokenizer of the painted world.
 *
 *     dalle train tokenizer world-tokenizer
 *
 * One core: 12 seconds, nearly all of it for the captions. Expect 12 tokens a caption on average, at most 46.
 */
import type { TokenizerRecipe } from "../../tokenizer/recipe.js";

export const worldTokenizer: TokenizerRecipe = {
  kind: "tokenizer",
  name: "world-tokenizer",
  data: { families: ["blocks", "objects"], seed: 1, captions: 50_000 },
  vocabularySize: 512,
};
