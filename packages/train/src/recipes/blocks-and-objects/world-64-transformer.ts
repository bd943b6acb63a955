/**
 * @file The transformer of the first default model: 48 text states and 16 × 16 image states, 7.14M parameters.
 *
 *     dalle train transformer world-64-transformer --dvae runs/world-64-dvae --tokenizer runs/world-tokenizer
 *
 * Two cores with AMX, libtorch 2.13, bf16: 3 minutes of painting and encoding, then 40 pairs a second, an hour and a half in
 * all. Step 12,939 of it, at 0.75 nats an image code, paints 70 % of pictures wholly right; the first default model went on from
 * there by world-64-transformer-second.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";

export const world64Transformer: TransformerRecipe = {
  kind: "transformer",
  name: "world-64-transformer",
  model: {
    layers: 8,
    width: 256,
    heads: 4,
    headSize: 64,
    textStates: 48,
    convolutionKernel: 11,
  },
  data: { families: ["blocks", "objects"], seed: 1, pictures: 140_000 },
  seed: 1,
  steps: 14_000,
  batch: 16,
  learningRate: { peak: 1.2e-3, end: 1e-5, warmUp: 400 },
  dropout: 0, // captions are worded anew each time they are drawn, which is variety enough
  emptyCaptions: 0.1,
  optimiser: { beta1: 0.9, beta2: 0.96, epsilon: 1e-8, weightDecay: 4.5e-2 },
  clipNorm: 4,
  averageDecay: 0.998,
  precision: "bf16",
  checkpointEvery: 500,
  sampleEvery: 2000,
};
