/** @file Everything that decides a CLIP training run. */
import type { ClipConfig, ImageTowerConfig } from "@dalle-ts/models";
import type { OwnData } from "../run/own-data.js";
import type { TrainingRecipe, WorldData } from "../run/recipe.js";

/** alike: pictures of a group, as of `WorldOptions`; a batch is made of whole groups. */
export type PairedWorld = WorldData & { readonly alike: number };

export interface ClipRecipe extends TrainingRecipe {
  readonly kind: "clip";
  /** The text vocabulary comes from the tokenizer. */
  readonly model: Omit<ClipConfig, "image" | "text"> & {
    readonly image: ImageTowerConfig;
    readonly text: Omit<ClipConfig["text"], "vocabulary">;
  };
  readonly data: PairedWorld | OwnData;
  /** BPE dropout: the probability of leaving out a merge of the tokenizer, in [0, 1). */
  readonly dropout: number;
}
