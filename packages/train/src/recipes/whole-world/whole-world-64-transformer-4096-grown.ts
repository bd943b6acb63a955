/**
 * @file The seventh leg of the whole painted world: four new layers in the place of four that had learnt nothing, taught alone.
 *
 *     dalle export runs/whole-world-tokenizer runs/whole-world-128-decoder-4096 runs/whole-world-64-transformer-4096 -o models/shallow --dtype int8-rows --without-layers 5-8
 *     dalle train transformer whole-world-64-transformer-4096-grown --from models/shallow --dvae models/shallow --tokenizer models/shallow
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 2 minutes of painting and encoding, then 19 pairs a second, 26 minutes. On
 * 704 fresh pictures of all families alike the image loss falls from 1.408 nats a code to 1.303, most of it that of pairs and scenes.
 * As many pictures are right as before, and pairs and scenes are cleaner to the eye: the model that ships.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { shares, wholeWorld64Transformer4096 } from "./whole-world-64-transformer-4096.js";

/**
 * Muon's steps are as long however small a gradient is; with it the new layers of `whole-world-64-transformer-deeper`
 * learnt nothing.
 */
const { momentum: _, ...adamw } = wholeWorld64Transformer4096.optimiser;

export const wholeWorld64Transformer4096Grown: TransformerRecipe = {
  ...wholeWorld64Transformer4096,
  name: "whole-world-64-transformer-4096-grown",
  data: {
    families: mixture({ ...shares, emoji: 12, media: 6 }),
    seed: 9,
    pictures: 29_000,
  },
  seed: 9,
  steps: 900,
  learns: ["layers.4.", "layers.5.", "layers.6.", "layers.7."],
  optimiser: adamw,
  learningRate: { peak: 1e-3, end: 1e-5, warmUp: 50 },
  averageDecay: 0.99,
};
