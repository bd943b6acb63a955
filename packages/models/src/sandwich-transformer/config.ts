/** @file Dimensions of ruDALL-E's transformer, and the released size [SPEC §7.6]. */
import { badOption } from "@dalle-ts/tensor";
import { requireIntegers } from "../config-integers.js";

export interface SandwichTransformerConfig {
  readonly layers: number;
  readonly width: number;
  /** Attention heads, each of width / heads. */
  readonly heads: number;
  /** Text tokens; the paddings, one a text state, are more. */
  readonly textVocabulary: number;
  readonly textStates: number;
  readonly imageCodes: number;
  /** Codes along one side of the picture. */
  readonly gridSide: number;
  /** Side of the square that convolutional layers look at; odd. */
  readonly convolutionKernel: number;
  /**
   * Which program trained the weights. "v2" puts a start in front of the caption, and its convolutional square goes on at the
   * picture's opposite edge; in "v3" it ends at the edge.
   */
  readonly release: "v2" | "v3";
  /** Whether what a block gives is normalised before it is added, as in every published model. @default true */
  readonly sandwichNorms?: boolean;
}

export const malevich: SandwichTransformerConfig = {
  layers: 24,
  width: 2048,
  heads: 16,
  textVocabulary: 16_384,
  textStates: 128,
  imageCodes: 8192,
  gridSide: 32,
  convolutionKernel: 11,
  release: "v3",
};

/** Refuses impossible dimensions by name. */
export function checkSandwichTransformerConfig(
  config: SandwichTransformerConfig,
): SandwichTransformerConfig {
  const { release: _, sandwichNorms: __, ...sizes } = config;
  requireIntegers("sandwichTransformer", sizes);
  if (config.width % config.heads)
    throw badOption("sandwichTransformer.heads", `a divisor of ${config.width}`, config.heads);
  const { convolutionKernel } = config;
  if (convolutionKernel % 2 === 0)
    throw badOption("sandwichTransformer.convolutionKernel", "an odd integer", convolutionKernel);
  return config;
}
