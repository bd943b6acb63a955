/**
 * @file The second leg of the whole painted world: on from the first one's weights, on new pictures, scenes, blocks and emoji more often.
 *
 *     dalle train transformer whole-world-64-transformer-second --from runs/whole-world-64-transformer \
 *       --dvae runs/whole-world-64-dvae --tokenizer runs/whole-world-tokenizer
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 4 minutes of painting and encoding, then 33 pairs a second, 75 minutes in
 * all. The image loss, of families that are harder than the first leg's mixture, falls from 1.22 nats a code over steps 0 to 500 to 1.01.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { wholeWorld64Transformer } from "./whole-world-64-transformer.js";

export const wholeWorld64TransformerSecond: TransformerRecipe = {
  ...wholeWorld64Transformer,
  name: "whole-world-64-transformer-second",
  data: {
    families: mixture({
      blocks: 5,
      counting: 2,
      scenes: 4,
      emoji: 3,
      media: 3,
      pairs: 3,
      mixes: 3,
      hybrids: 2,
      objects: 1,
      garments: 1,
      sections: 1,
    }),
    seed: 4,
    pictures: 150_000,
  },
  seed: 4,
  steps: 4600,
  learningRate: { peak: 2e-3, end: 1e-5, warmUp: 100 },
};
