/**
 * @file The head of the first default transformer that predicts words, on the model of blocks and objects, whose other weights stay
 * as they are, and with them its pictures. The folder of the two legs' model did not hold it; with it captions can be continued.
 *
 *     dalle train transformer world-64-text-head --from models/first --dvae models/first --tokenizer models/first
 *
 * models/default/README.md says how models/first is made.
 *
 * One core of an AMD EPYC, libtorch 2.13, bf16: 5 minutes, 3.7 steps a second. Expect 1.2 nats a token of the caption.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { world64TransformerSecond } from "./world-64-transformer-second.js";

export const world64TextHead: TransformerRecipe = {
  ...world64TransformerSecond,
  name: "world-64-text-head",
  data: { ...world64TransformerSecond.data, pictures: 12_000 },
  steps: 1000,
  learningRate: { peak: 3e-3, end: 1e-5, warmUp: 100 },
  learns: ["text.head."],
};
