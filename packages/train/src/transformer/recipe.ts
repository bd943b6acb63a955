/** @file Everything that decides a transformer training run. */
import type { FamilyName } from "@dalle-ts/data";
import type { TransformerConfig } from "@dalle-ts/models";

export interface TransformerRecipe {
  readonly kind: "transformer";
  readonly name: string;
  /** Vocabulary, codes and grid come from the tokenizer and the dVAE. */
  readonly model: Pick<
    TransformerConfig,
    "layers" | "width" | "heads" | "headSize" | "textStates" | "convolutionKernel"
  >;
  readonly data: {
    readonly families: readonly FamilyName[];
    readonly seed: number;
    /** Different pictures; they are encoded at the start. Captions are worded anew in every epoch. */
    readonly pictures: number;
  };
  readonly seed: number;
  readonly steps: number;
  /** Pairs in a step. */
  readonly batch: number;
  readonly learningRate: { readonly peak: number; readonly end: number; readonly warmUp: number };
  /** Probability of leaving out a merge of the tokenizer, in [0, 1) [SPEC §2.4]. */
  readonly dropout: number;
  /** Share of captions replaced by the empty one, so that guidance has something to guide from. */
  readonly emptyCaptions: number;
  readonly optimiser: {
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly weightDecay: number;
  };
  readonly clipNorm: number;
  readonly averageDecay: number;
  readonly precision: "f32" | "bf16";
  readonly checkpointEvery: number;
  readonly sampleEvery: number;
}
