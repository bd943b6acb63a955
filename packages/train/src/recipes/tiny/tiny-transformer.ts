/**
 * @file The tiny twin of world-64-transformer, on tiny-dvae's codes, in about ten seconds on one core.
 *
 *     dalle train transformer tiny-transformer --dvae runs/tiny-dvae --tokenizer runs/tiny-tokenizer
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { world64Transformer } from "../blocks-and-objects/world-64-transformer.js";

export const tinyTransformer: TransformerRecipe = {
  ...world64Transformer,
  name: "tiny-transformer",
  model: { ...world64Transformer.model, layers: 4, width: 32, heads: 2, headSize: 16 },
  data: { ...world64Transformer.data, pictures: 64 },
  steps: 20,
  learningRate: { ...world64Transformer.learningRate, warmUp: 5 },
  batch: 4,
  precision: "f32",
  checkpointEvery: 10,
  sampleEvery: 20,
};
