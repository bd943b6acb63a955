/**
 * @file The transformer of the first default model: 48 text states and 16 × 16 image states, 3.7M parameters.
 *
 *     dalle train transformer world-64-transformer --dvae runs/world-64-dvae --tokenizer runs/world-tokenizer
 *
 * Two cores of an AMD EPYC, libtorch 2.13, bf16, the machine alone: 6 minutes of painting and encoding, then 34 pairs a
 * second, 2 hours in all. The shipped model is step 2,000 of it, at 1.7 nats an image code and falling.
 */
import type { TransformerRecipe } from "../transformer/recipe.js";

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
  data: { families: ["blocks", "objects"], seed: 1, pictures: 160_000 },
  seed: 1,
  steps: 11_000,
  batch: 24,
  learningRate: { peak: 1.5e-3, end: 1.5e-5, warmUp: 400 },
  dropout: 0, // captions are worded anew each time they are drawn, which is variety enough
  emptyCaptions: 0.1,
  optimiser: { beta1: 0.9, beta2: 0.96, epsilon: 1e-8, weightDecay: 4.5e-2 },
  clipNorm: 4,
  averageDecay: 0.998,
  precision: "bf16",
  checkpointEvery: 500,
  sampleEvery: 1000,
};
