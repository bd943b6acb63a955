/**
 * @file The tiny twin of world-64-clip, in about ten seconds on one core.
 *
 *     dalle train clip tiny-clip --tokenizer runs/tiny-tokenizer
 */
import type { ClipRecipe } from "../../clip/recipe.js";
import { world64Clip } from "../blocks-and-objects/world-64-clip.js";

export const tinyClip: ClipRecipe = {
  ...world64Clip,
  name: "tiny-clip",
  model: {
    embedding: 16,
    image: { ...world64Clip.model.image, layers: 2, width: 32, heads: 2, imageSize: 32 },
    text: { layers: 2, width: 32, heads: 2, states: 48 },
  },
  data: { ...world64Clip.data, pictures: 64 },
  steps: 20,
  learningRate: { ...world64Clip.learningRate, warmUp: 5 },
  batch: 8,
  precision: "f32",
  checkpointEvery: 10,
  sampleEvery: 20,
};
