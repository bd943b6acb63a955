/** @file Everything that decides a transformer training run. */
import type { TransformerConfig } from "@dalle-ts/models";
import type { OwnData } from "../run/own-data.js";
import type { TrainingRecipe, WorldData } from "../run/recipe.js";

export interface TransformerRecipe extends TrainingRecipe {
  readonly kind: "transformer";
  /** Vocabulary, codes and grid come from the tokenizer and the dVAE. */
  readonly model: Pick<
    TransformerConfig,
    "layers" | "width" | "heads" | "headSize" | "textStates" | "convolutionKernel"
  >;
  readonly data: WorldData | OwnData;
  /** BPE dropout: the probability of leaving out a merge of the tokenizer, in [0, 1) [SPEC §2.4]. */
  readonly dropout: number;
  /** Share of captions replaced by the empty one, so that guidance has something to guide from. */
  readonly emptyCaptions: number;
}
