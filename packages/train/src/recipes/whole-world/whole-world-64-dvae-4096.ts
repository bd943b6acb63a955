/**
 * @file The dVAE of the whole painted world with four times the codes: 64 × 64 pixels become 16 × 16 of 4,096 codes.
 *
 *     dalle train dvae whole-world-64-dvae-4096
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 5 minutes for the autoencoder's 15,000 steps, then 1.5 relaxed ones a
 * second, of which the first 400 do: more of them changed nothing that could be measured.
 */
import type { DvaeRecipe } from "../../dvae/recipe.js";
import { wholeWorld64Dvae } from "./whole-world-64-dvae.js";

export const wholeWorld64Dvae4096: DvaeRecipe = {
  ...wholeWorld64Dvae,
  name: "whole-world-64-dvae-4096",
  model: { ...wholeWorld64Dvae.model, codes: 4096 },
  steps: 15_400,
  autoencoderShare: 15_000 / 15_400,
};
