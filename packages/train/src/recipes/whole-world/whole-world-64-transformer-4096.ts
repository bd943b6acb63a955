/**
 * @file The fifth leg of the whole painted world: twelve layers that learn four times the codes, families nearly as often as they are judged.
 *
 *     dalle export runs/whole-world-tokenizer runs/whole-world-128-decoder-fine runs/whole-world-64-transformer-deeper -o models/fourth --dtype f32
 *     dalle train transformer whole-world-64-transformer-4096 --from models/fourth \
 *       --dvae runs/whole-world-64-dvae-4096 --tokenizer runs/whole-world-tokenizer
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 4 minutes of painting and encoding, then 22 pairs a second, 64 minutes in
 * all. The image loss begins at 3 nats a code, for the codes are new; it is 1.93 over steps 0 to 400, 1.62 over the next 400, and 1.38
 * over the last.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { wholeWorld64TransformerDeeper } from "./whole-world-64-transformer-deeper.js";

/** How often each family is drawn. */
export const shares = {
  ...{ scenes: 10, emoji: 9, blocks: 6, counting: 4, media: 4, mixes: 4 },
  ...{ hybrids: 3, objects: 3, pairs: 3, garments: 2, sections: 1 },
} as const;

export const wholeWorld64Transformer4096: TransformerRecipe = {
  ...wholeWorld64TransformerDeeper,
  name: "whole-world-64-transformer-4096",
  data: {
    families: mixture(shares),
    seed: 7,
    pictures: 80_000,
  },
  seed: 7,
  steps: 2400,
  learningRate: { peak: 1.5e-3, end: 1e-5, warmUp: 100 },
};
