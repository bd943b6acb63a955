/**
 * @file The fourth leg of the whole painted world: four layers more than the third one, in whose middle they begin as copies that add nothing.
 *
 *     dalle train transformer whole-world-64-transformer-deeper --from runs/whole-world-64-transformer-third \
 *       --dvae runs/whole-world-64-dvae --tokenizer runs/whole-world-tokenizer
 *
 * Two cores of an AMD EPYC without AMX, libtorch 2.13, bf16: 4 minutes of painting and encoding, then 23 pairs a second, 90 minutes in
 * all. The image loss, of a mixture of which scenes and emoji are 45 %, is 1.26 nats a code over steps 0 to 500, 1.32 over the next 500,
 * and 1.07 over steps 3,000 to 3,250. Its new layers learnt nothing (`npm run bench:layers`), as docs/log.md tells.
 */
import type { TransformerRecipe } from "../../transformer/recipe.js";
import { mixture } from "../mixture.js";
import { wholeWorld64Transformer } from "./whole-world-64-transformer.js";

export const wholeWorld64TransformerDeeper: TransformerRecipe = {
  ...wholeWorld64Transformer,
  name: "whole-world-64-transformer-deeper",
  model: { ...wholeWorld64Transformer.model, layers: 12 },
  data: {
    families: mixture({
      scenes: 10,
      emoji: 10,
      blocks: 6,
      hybrids: 4,
      counting: 4,
      objects: 3,
      pairs: 3,
      mixes: 3,
      media: 1,
      garments: 1,
      sections: 1,
    }),
    seed: 6,
    pictures: 120_000,
  },
  seed: 6,
  steps: 3700,
  learningRate: { peak: 2e-3, end: 1e-5, warmUp: 100 },
};
