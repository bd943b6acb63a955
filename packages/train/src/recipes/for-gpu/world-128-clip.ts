/**
 * @file CLIP for the whole painted world: pictures of 128 × 128 pixels, captions of up to 62 tokens. Made for a GPU.
 *
 *     dalle train clip world-128-clip --tokenizer runs/whole-world-tokenizer --device cuda --minutes 5
 *
 * Not trained yet.
 */
import { familyNames } from "@dalle-ts/data";
import type { ClipRecipe } from "../../clip/recipe.js";
import { world64Clip } from "../blocks-and-objects/world-64-clip.js";

export const world128Clip: ClipRecipe = {
  ...world64Clip,
  name: "world-128-clip",
  model: {
    embedding: 128,
    image: {
      ...world64Clip.model.image,
      layers: 6,
      width: 256,
      heads: 4,
      imageSize: 128,
      patch: 16,
    },
    text: { layers: 6, width: 256, heads: 4, states: 64 },
  },
  data: { families: familyNames, seed: 1, pictures: 100_000, alike: 1 },
  batch: 256,
};
