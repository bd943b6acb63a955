/** @file Dimensions of minDALL-E's transformer, and the released size [SPEC §7.5]. */
import { badOption } from "@dalle-ts/tensor";
import { requireIntegers } from "../config-integers.js";

export interface DenseTransformerConfig {
  readonly layers: number;
  readonly width: number;
  /** Attention heads, each of width / heads. */
  readonly heads: number;
  readonly textVocabulary: number;
  readonly textStates: number;
  readonly imageCodes: number;
  /** Image states, one a code. */
  readonly imageStates: number;
  /** Of the feed-forward blocks: the exact GELU, or x · σ(1.702 x). */
  readonly activation: "gelu" | "quickGelu";
}

export const kakaoMinDalle: DenseTransformerConfig = {
  layers: 42,
  width: 1536,
  heads: 24,
  textVocabulary: 16_384,
  textStates: 64,
  imageCodes: 16_384,
  imageStates: 256,
  activation: "gelu",
};

/** Refuses impossible dimensions by name. */
export function checkDenseTransformerConfig(
  config: DenseTransformerConfig,
): DenseTransformerConfig {
  const { activation: _, ...sizes } = config;
  requireIntegers("denseTransformer", sizes);
  if (config.width % config.heads)
    throw badOption("denseTransformer.heads", `a divisor of ${config.width}`, config.heads);
  return config;
}
