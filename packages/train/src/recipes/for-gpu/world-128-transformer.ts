/**
 * @file The transformer of the whole painted world: 64 text states and 16 × 16 image states, 44.2M parameters. Made for a GPU.
 *
 *     dalle train transformer world-128-transformer --dvae runs/world-128-dvae --tokenizer runs/whole-world-tokenizer \
 *       --device cuda --minutes 15
 *
 * Not trained yet.
 */
import { familyNames } from "@dalle-ts/data";
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { world64Transformer } from "../blocks-and-objects/world-64-transformer.js";

export const world128Transformer: TransformerRecipe = {
  ...world64Transformer,
  name: "world-128-transformer",
  model: { ...world64Transformer.model, layers: 12, width: 512, heads: 8, textStates: 64 },
  data: { families: familyNames, seed: 1, pictures: 400_000 },
  steps: 20_000,
  batch: 96,
  learningRate: { peak: 8e-4, end: 1e-5, warmUp: 500 },
};
