/**
 * @file The paper's transformer of 12 billion parameters with the paper's numbers [SPEC §2.1, §2.4].
 *
 *     dalle data encode photos --dvae models/openai-dvae --cut transformer -o codes
 *     dalle train transformer paper-transformer --data codes --dvae models/openai-dvae --tokenizer runs/words --device cuda
 *
 * Not trained here: the paper's run took 1,024 GPUs, and its weights and moments are of 200 GB. What is not as in the paper:
 * - It halves the step size at five plateaus of the loss, to 1.406e-5; here it falls there along a half cosine.
 * - Its average, 0.99 at every 25th update, is 0.9996 at each.
 * - It cuts and encodes each picture anew every time; here codes are made once.
 * - It computes in fp16, with a gradient scale for each residual block; bf16, as here, needs none. Its logits are fp32; here the
 *   heads' products are bf16 too, and only what the losses make of them is fp32.
 * - Its moments are of 16 bits, its running variance is clipped at 5; here they are fp32 and as they are.
 * - Nothing is sharded over GPUs, and no gradient compressed.
 */
import { familyNames } from "@dalle-ts/data";
import { paperTransformer as paper } from "@dalle-ts/models";
import type { TransformerRecipe } from "../../transformer/recipe.js";

const { layers, width, heads, headSize, textStates, convolutionKernel } = paper;

export const paperTransformer: TransformerRecipe = {
  kind: "transformer",
  name: "paper-transformer",
  model: { layers, width, heads, headSize, textStates, convolutionKernel },
  data: { families: familyNames, seed: 1, pictures: 100_000 },
  seed: 1,
  steps: 430_000,
  batch: 1024,
  learningRate: { peak: 4.5e-4, end: 4.5e-4 / 2 ** 5, warmUp: 5000 },
  dropout: 0.1,
  emptyCaptions: 0, // guidance came after the paper
  optimiser: { beta1: 0.9, beta2: 0.96, epsilon: 1e-8, weightDecay: 4.5e-2 },
  clipNorm: 4,
  averageDecay: 0.9996,
  precision: "bf16",
  checkpointEvery: 1000,
  sampleEvery: 10_000,
};
