/**
 * @file The sixth leg of the whole painted world: the same codes and layers on fresh pictures, for half as long again.
 *
 *     dalle train transformer whole-world-64-transformer-4096-second --from runs/whole-world-64-transformer-4096 \
 *       --dvae runs/whole-world-64-dvae-4096 --tokenizer runs/whole-world-tokenizer
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { wholeWorld64Transformer4096 } from "./whole-world-64-transformer-4096.js";

export const wholeWorld64Transformer4096Second: TransformerRecipe = {
  ...wholeWorld64Transformer4096,
  name: "whole-world-64-transformer-4096-second",
  data: {
    families: mixture({
      scenes: 10,
      emoji: 9,
      blocks: 5,
      counting: 4,
      media: 5,
      mixes: 4,
      hybrids: 3,
      objects: 3,
      pairs: 3,
      garments: 2,
      sections: 1,
    }),
    seed: 8,
    pictures: 115_000,
  },
  seed: 8,
  steps: 3600,
};
