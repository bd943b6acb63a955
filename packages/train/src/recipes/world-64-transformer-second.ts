/**
 * @file The second leg of the default transformer: on from the first one's weights, on new pictures, two of blocks for one of objects.
 *
 *     dalle train transformer world-64-transformer-second --from runs/world-64-transformer \
 *       --dvae runs/world-64-dvae --tokenizer runs/world-tokenizer
 */
import type { TransformerRecipe } from "../transformer/recipe.js";
import { world64Transformer } from "./world-64-transformer.js";

export const world64TransformerSecond: TransformerRecipe = {
  ...world64Transformer,
  name: "world-64-transformer-second",
  data: { families: ["blocks", "blocks", "objects"], seed: 2, pictures: 200_000 },
  seed: 2,
  steps: 16_000,
  learningRate: { peak: 1e-3, end: 1e-5, warmUp: 400 },
};
