/**
 * @file The transformer of the whole painted world at 64 pixels: that of blocks and objects, taught nine more families.
 *
 *     dalle train transformer whole-world-64-transformer --from models/first \
 *       --dvae runs/whole-world-64-dvae --tokenizer runs/whole-world-tokenizer
 *
 * models/first is the model of blocks and objects, which models/default/README.md says how to make; the numbers below are of a
 * run from there. From models/default, which knows all families in other words and codes, the loss is another.
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 2 minutes of painting and encoding, then 33 pairs a second, 70 minutes in
 * all. The image loss is 4.4 nats a code at the first step, 1.5 over steps 0 to 500, 1.2 over 1,500 to 2,000, and 0.92 over the last 500.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { world64Transformer } from "../blocks-and-objects/world-64-transformer.js";
import { mixture } from "../mixture.js";

export const wholeWorld64Transformer: TransformerRecipe = {
  ...world64Transformer,
  name: "whole-world-64-transformer",
  data: {
    families: mixture({
      blocks: 2,
      objects: 1,
      counting: 2,
      garments: 2,
      scenes: 1,
      hybrids: 2,
      media: 1,
      emoji: 1,
      pairs: 1,
      sections: 1,
      mixes: 1,
    }),
    seed: 3,
    pictures: 120_000,
  },
  seed: 3,
  steps: 4200,
  batch: 32,
  learningRate: { peak: 2.5e-3, end: 1e-5, warmUp: 100 },
  optimiser: { ...world64Transformer.optimiser, momentum: 0.95 },
  checkpointEvery: 200,
  sampleEvery: 1000,
};
