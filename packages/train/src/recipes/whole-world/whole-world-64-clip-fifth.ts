/**
 * @file The fifth leg of CLIP for the whole painted world: on from the fourth one's weights, on new groups of pictures, a third of
 * them seen through the dVAE, as all are that it chooses among.
 *
 *     dalle train clip whole-world-64-clip-fifth --from runs/whole-world-64-clip-fourth --tokenizer runs/whole-world-tokenizer --dvae runs/whole-world-128-decoder-4096
 */
import type { ClipRecipe } from "../../clip/recipe.js";
import { wholeWorld64ClipSecond } from "./whole-world-64-clip-second.js";

export const wholeWorld64ClipFifth: ClipRecipe = {
  ...wholeWorld64ClipSecond,
  name: "whole-world-64-clip-fifth",
  data: { ...wholeWorld64ClipSecond.data, seed: 5, pictures: 200_000 },
  seed: 5,
  steps: 7000,
};
