/**
 * @file CLIP for the whole painted world at 64 pixels.
 *
 *     dalle train clip whole-world-64-clip --tokenizer runs/whole-world-tokenizer
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: half a minute of painting, then 3.2 steps a second, 13 minutes in all.
 */
import { familyNames } from "@dalle-ts/data";
import type { ClipRecipe } from "../../clip/recipe.js";
import { world64Clip } from "../blocks-and-objects/world-64-clip.js";

export const wholeWorld64Clip: ClipRecipe = {
  ...world64Clip,
  name: "whole-world-64-clip",
  data: { families: familyNames, seed: 1, pictures: 60_000, alike: 1 },
  steps: 2400,
  learningRate: { peak: 1.5e-3, end: 1e-5, warmUp: 200 },
  optimiser: { ...world64Clip.optimiser, momentum: 0.95 },
  checkpointEvery: 400,
};
