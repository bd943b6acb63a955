/**
 * @file The third leg of CLIP for the whole painted world: on from the second one's weights, on new groups of pictures.
 *
 *     dalle train clip whole-world-64-clip-third --from runs/whole-world-64-clip-second --tokenizer runs/whole-world-tokenizer
 */
import type { ClipRecipe } from "../clip/recipe.js";
import { wholeWorld64ClipSecond } from "./whole-world-64-clip-second.js";

export const wholeWorld64ClipThird: ClipRecipe = {
  ...wholeWorld64ClipSecond,
  name: "whole-world-64-clip-third",
  data: { ...wholeWorld64ClipSecond.data, seed: 3, pictures: 80_000 },
  seed: 3,
  steps: 1800,
};
