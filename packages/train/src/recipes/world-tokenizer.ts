/**
 * @file The tokenizer of the painted world.
 *
 *     dalle train tokenizer world-tokenizer
 */
import type { TokenizerRecipe } from "../tokenizer/recipe.js";

export const worldTokenizer: TokenizerRecipe = {
  kind: "tokenizer",
  name: "world-tokenizer",
  data: { families: ["blocks", "objects"], seed: 1, captions: 50_000 },
  vocabularySize: 512,
};
