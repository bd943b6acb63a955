/**
 * @file The sixth leg of the whole painted world: the same codes and layers on fresh pictures, for half as long again.
 *
 *     dalle train transformer whole-world-64-transformer-4096-second --from runs/whole-world-64-transformer-4096 \
 *       --dvae runs/whole-world-64-dvae-4096 --tokenizer runs/whole-world-tokenizer
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 5 minutes of painting and encoding, then 23 pairs a second, 85 minutes
 * without the pauses for other work. The image loss, by means over 400 steps: 1.51, 1.65 at the largest step sizes, 1.57, 1.50, 1.50,
 * 1.39, 1.37, 1.32 and 1.38. As many pictures are right as before it, so what ships goes on from the fifth leg.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { shares, wholeWorld64Transformer4096 } from "./whole-world-64-transformer-4096.js";

export const wholeWorld64Transformer4096Second: TransformerRecipe = {
  ...wholeWorld64Transformer4096,
  name: "whole-world-64-transformer-4096-second",
  data: {
    families: mixture({ ...shares, blocks: 5, media: 5 }),
    seed: 8,
    pictures: 115_000,
  },
  seed: 8,
  steps: 3600,
};
