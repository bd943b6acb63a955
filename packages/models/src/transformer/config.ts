/** @file Dimensions of the sparse transformer and the paper's preset [SPEC §2.1]. */
import { badOption } from "@dalle-ts/tensor";
import { requireIntegers } from "../config-integers.js";

export interface TransformerConfig {
  readonly layers: number;
  /** Width of the residual stream, d. */
  readonly width: number;
  readonly heads: number;
  readonly headSize: number;
  /** States for the caption: one start state and textStates − 1 tokens or paddings. */
  readonly textStates: number;
  /** Number of text tokens. */
  readonly textVocabulary: number;
  /** Number of image codes, K. */
  readonly imageCodes: number;
  readonly gridRows: number;
  readonly gridColumns: number;
  /** Side of the convolutional mask; odd. The paper's is 11. */
  readonly convolutionKernel: number;
}

/** The 12-billion-parameter model of the paper. */
export const paperTransformer: TransformerConfig = {
  layers: 64,
  width: 3968,
  heads: 62,
  headSize: 64,
  textStates: 256,
  textVocabulary: 16_384,
  imageCodes: 8192,
  gridRows: 32,
  gridColumns: 32,
  convolutionKernel: 11,
};

/** States that carry the picture: one for each code to predict. */
export function imageStates(config: TransformerConfig): number {
  return config.gridRows * config.gridColumns;
}

/** Length of the whole stream. */
export function streamStates(config: TransformerConfig): number {
  return config.textStates + imageStates(config);
}

/** Refuses impossible dimensions by name. */
export function checkTransformerConfig(config: TransformerConfig): TransformerConfig {
  requireIntegers("transformer", { ...config });
  if (config.textStates < 2) throw badOption("transformer.textStates", "≥ 2", config.textStates);
  if (config.convolutionKernel % 2 === 0) {
    throw badOption("transformer.convolutionKernel", "an odd integer", config.convolutionKernel);
  }
  return config;
}
