/**
 * @file The eighth leg of the whole painted world: the four new layers for twice as long again, with the tables of words and codes, and with
 * more of what is drawn worst. All other layers stand still.
 *
 *     dalle train transformer whole-world-64-transformer-4096-grown-second --from runs/whole-world-64-transformer-4096-grown --dvae models/shallow --tokenizer models/shallow
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 4 minutes of painting and encoding, then 14 to 16 pairs a second, 66 minutes with
 * other work beside. On 704 fresh pictures of all families alike the image loss falls from 1.303 nats a code to 1.275.
 * As many pictures are right as before it, and some have a square of a wrong code: it does not ship.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { wholeWorld64Transformer4096Grown } from "./whole-world-64-transformer-4096-grown.js";

const { learns: newLayers = [], ...grown } = wholeWorld64Transformer4096Grown;

export const wholeWorld64Transformer4096GrownSecond: TransformerRecipe = {
  ...grown,
  name: "whole-world-64-transformer-4096-grown-second",
  data: {
    families: mixture({
      ...{ emoji: 20, media: 10, scenes: 8, blocks: 6, counting: 6, mixes: 5 },
      ...{ objects: 3, hybrids: 2, pairs: 2, garments: 1, sections: 1 },
    }),
    seed: 10,
    pictures: 55_000,
  },
  seed: 10,
  steps: 1700,
  learns: [
    ...newLayers,
    ...["text.embedding", "text.padding", "text.start", "text.position", "image."],
  ],
};
