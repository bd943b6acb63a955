/**
 * @file The tiny twin of world-64-dvae: the same code on small pictures, in about ten seconds on one core.
 * The result is no use but for tests: 32 × 32 pixels, 8 × 8 of 64 codes.
 *
 *     dalle train dvae tiny-dvae
 */
import type { DvaeRecipe } from "../../dvae/recipe.js";
import { world64Dvae } from "../blocks-and-objects/world-64-dvae.js";

export const tinyDvae: DvaeRecipe = {
  ...world64Dvae,
  name: "tiny-dvae",
  model: { ...world64Dvae.model, imageSize: 32, codes: 64, hidden: 16, codeWidth: 4 },
  data: { ...world64Dvae.data, pictures: 128 },
  steps: 40,
  learningRate: { ...world64Dvae.learningRate, warmUp: 10 },
  autoencoderShare: 0.25,
  batch: 8,
  precision: "f32",
  checkpointEvery: 20,
  sampleEvery: 40,
};
