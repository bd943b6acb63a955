/**
 * @file The third leg of the whole painted world: on from the second one's weights, on new pictures, emoji and scenes in two of five.
 *
 *     dalle train transformer whole-world-64-transformer-third --from runs/whole-world-64-transformer-second \
 *       --dvae runs/whole-world-64-dvae --tokenizer runs/whole-world-tokenizer
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 4 minutes of painting and encoding, then 34 pairs a second, 66 minutes in
 * all. The image loss falls from 1.37 nats a code over steps 0 to 500 to 1.07; emoji and scenes are harder than the second leg's mixture.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { wholeWorld64Transformer } from "./whole-world-64-transformer.js";

export const wholeWorld64TransformerThird: TransformerRecipe = {
  ...wholeWorld64Transformer,
  name: "whole-world-64-transformer-third",
  data: {
    families: mixture({
      scenes: 9,
      emoji: 8,
      blocks: 6,
      counting: 4,
      objects: 3,
      pairs: 3,
      media: 2,
      mixes: 2,
      hybrids: 2,
      garments: 1,
      sections: 1,
    }),
    seed: 5,
    pictures: 128_000,
  },
  seed: 5,
  steps: 4000,
  learningRate: { peak: 2e-3, end: 1e-5, warmUp: 100 },
};
