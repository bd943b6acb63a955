/** @file Dimensions and options of DALLE-pytorch's transformer [SPEC §7.2]. */
import { badOption } from "@dalle-ts/tensor";
import { requireIntegers } from "../config-integers.js";
import { type AxialMask, axialMasks } from "./masks.js";

export interface AxialTransformerConfig {
  readonly width: number;
  readonly heads: number;
  readonly headSize: number;
  /** Inner width of the feed-forward blocks. */
  readonly feedForward: number;
  /** Text tokens; the paddings, one a text state, are more. */
  readonly textVocabulary: number;
  /** Text states; the start is one more. */
  readonly textStates: number;
  readonly imageCodes: number;
  /** Codes along one side of the picture. */
  readonly gridSide: number;
  /** What the layers' image states see, a mask a layer. */
  readonly masks: readonly AxialMask[];
  /** Dimensions of a head that positions turn; 0 where positions are learned vectors. */
  readonly rotary: number;
  /** Whether blocks see part of the state before, and of the cell above, in place of their own. */
  readonly tokenShift: boolean;
  /** Whether a layer norm follows each block too. */
  readonly sandwichNorms: boolean;
  /** Whether attention and feed-forward blocks have a residual stream each, whose mean is the result. */
  readonly reversible: boolean;
  /** Whether states are divided by their largest number before the logits. */
  readonly stable: boolean;
}

/** Refuses impossible dimensions by name. */
export function checkAxialTransformerConfig(
  config: AxialTransformerConfig,
): AxialTransformerConfig {
  const { masks, rotary, tokenShift, sandwichNorms, reversible, stable, ...sizes } = config;
  const { headSize } = sizes;
  requireIntegers("axialTransformer", sizes);
  if (!Number.isInteger(rotary) || rotary % 2 || rotary < 0 || rotary > headSize)
    throw badOption("axialTransformer.rotary", `an even integer in [0, ${headSize}]`, rotary);
  const wrong = masks.find((mask) => !axialMasks.includes(mask));
  if (masks.length === 0 || wrong !== undefined)
    throw badOption("axialTransformer.masks", `a list of ${axialMasks.join(", ")}`, wrong);
  return config;
}

/** All states of a caption and a picture: the start, T text states and the cells. */
export function axialStates({ textStates, gridSide }: AxialTransformerConfig): number {
  return 1 + textStates + gridSide ** 2;
}
