/**
 * @file The paper's dVAE with the paper's numbers [SPEC §1.1, §1.3]: 256 × 256 pixels become 32 × 32 of 8,192 codes.
 *
 *     dalle train dvae paper-dvae --data photos --device cuda
 *
 * Not trained here: the paper's run took 64 GPUs. What it does not say is chosen so that it does nothing (`smallestScale`, `clipNorm`).
 * bf16 stands in for its fp16, and needs no scaling of the loss; what the residual blocks add is summed in fp32.
 */
import { familyNames } from "@dalle-ts/data";
import { paperDvae as model } from "@dalle-ts/models";
import type { DvaeRecipe } from "../../dvae/recipe.js";

const steps = 3_000_000;

export const paperDvae: DvaeRecipe = {
  kind: "dvae",
  name: "paper-dvae",
  model,
  data: { families: familyNames, seed: 1, pictures: 100_000 },
  seed: 1,
  steps,
  batch: 512,
  learningRate: { peak: 1e-4, end: 1.25e-6, warmUp: 0, share: 1_200_000 / steps },
  temperature: { start: 1, end: 1 / 16, share: 150_000 / steps },
  klWeight: { start: 0, end: 6.6, share: 5000 / steps },
  smallestScale: 1e-6,
  autoencoderShare: 0,
  codeMargin: 0,
  optimiser: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 1e-4 },
  clipNorm: 1e6,
  averageDecay: 0.999,
  precision: "bf16",
  checkpointEvery: 5000,
  sampleEvery: 50_000,
};
