/**
 * @file The fourth leg of CLIP for the whole painted world: on from the third one's weights, on new groups of pictures.
 *
 *     dalle train clip whole-world-64-clip-fourth --from runs/whole-world-64-clip-third --tokenizer runs/whole-world-tokenizer
 */
import type { ClipRecipe } from "../../clip/recipe.js";
import { wholeWorld64ClipSecond } from "./whole-world-64-clip-second.js";

export const wholeWorld64ClipFourth: ClipRecipe = {
  ...wholeWorld64ClipSecond,
  name: "whole-world-64-clip-fourth",
  data: { ...wholeWorld64ClipSecond.data, seed: 4, pictures: 100_000 },
  seed: 4,
  steps: 2600,
};
