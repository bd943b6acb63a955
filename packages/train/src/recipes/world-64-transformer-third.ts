/**
 * @file The third leg of the default transformer: on from the model that ships, on new pictures. It also teaches the head that
 * predicts words, which the earlier legs' folder does not hold, so that the model can continue captions.
 *
 *     dalle train transformer world-64-transformer-third --from models/default --dvae models/default --tokenizer models/default
 */
import type { TransformerRecipe } from "../transformer/recipe.js";
import { world64TransformerSecond } from "./world-64-transformer-second.js";

export const world64TransformerThird: TransformerRecipe = {
  ...world64TransformerSecond,
  name: "world-64-transformer-third",
  data: { ...world64TransformerSecond.data, seed: 3, pictures: 70_000 },
  seed: 3,
  steps: 4000,
  learningRate: { peak: 5e-4, end: 1e-5, warmUp: 200 },
};
