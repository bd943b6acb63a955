/**
 * @file The dVAE of the whole painted world: 128 × 128 pixels become 16 × 16 of 4,096 codes.
 *
 *     dalle train dvae world-128-dvae --device cuda --minutes 6
 *
 * Not trained yet.
 */
import { familyNames } from "@dalle-ts/data";
import type { DvaeRecipe } from "../../dvae/recipe.js";
import { world64Dvae } from "../blocks-and-objects/world-64-dvae.js";

export const world128Dvae: DvaeRecipe = {
  ...world64Dvae,
  name: "world-128-dvae",
  model: {
    ...world64Dvae.model,
    imageSize: 128,
    patch: 8,
    codes: 4096,
    hidden: 256,
    codeWidth: 12,
  },
  data: { families: familyNames, seed: 1, pictures: 40_000 },
};
