/**
 * @file The tiny twin of world-tokenizer, in a second.
 *
 *     dalle train tokenizer tiny-tokenizer
 */
import type { TokenizerRecipe } from "../../tokenizer/recipe.js";
import { worldTokenizer } from "../blocks-and-objects/world-tokenizer.js";

export const tinyTokenizer: TokenizerRecipe = {
  ...worldTokenizer,
  name: "tiny-tokenizer",
  data: { ...worldTokenizer.data, captions: 500 },
  vocabularySize: 300,
};
