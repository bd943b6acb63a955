/**
 * @file CLIP for the first default model: pictures of 64 × 64 pixels, captions of up to 46 tokens.
 *
 *     dalle train clip world-64-clip --tokenizer runs/world-tokenizer
 */
import type { ClipRecipe } from "../clip/recipe.js";

export const world64Clip: ClipRecipe = {
  kind: "clip",
  name: "world-64-clip",
  model: {
    embedding: 128,
    image: {
      layers: 4,
      width: 192,
      heads: 3,
      imageSize: 64,
      patch: 8,
      mean: [0.5, 0.5, 0.5],
      deviation: [0.25, 0.25, 0.25],
    },
    text: { layers: 4, width: 128, heads: 2, states: 48 },
  },
  data: { families: ["blocks", "objects"], seed: 1, pictures: 80_000 },
  seed: 1,
  steps: 6000,
  batch: 64,
  learningRate: { peak: 1e-3, end: 1e-5, warmUp: 300 },
  dropout: 0,
  optimiser: { beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.1 },
  clipNorm: 4,
  averageDecay: 0.99,
  precision: "bf16",
  checkpointEvery: 1000,
  sampleEvery: 2000,
};
