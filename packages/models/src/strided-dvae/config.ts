/** @file Dimensions of DALLE-pytorch's own dVAE [SPEC §7.2], which is not the paper's. */
import { badOption } from "@dalle-ts/tensor";
import { requireColour, requireIntegers } from "../config-integers.js";
import { checkPixelScale, type PixelScale } from "./pixel-scale.js";

export interface StridedDvaeConfig {
  /** Side of the square picture in pixels; a multiple of 2^layers. */
  readonly imageSize: number;
  /** Colour channels; 3. */
  readonly channels: number;
  /** Convolutions that halve, and those that double, the picture. */
  readonly layers: number;
  /** Residual blocks at the coarsest size, in each half. */
  readonly blocks: number;
  /** Feature maps. */
  readonly width: number;
  /** Number of codes. */
  readonly codes: number;
  /** Width of a code's vector. */
  readonly codeWidth: number;
  /** How pixels are normalised. @default [−1, 1] */
  readonly pixelScale?: PixelScale | undefined;
}

/** Refuses impossible dimensions by name. */
export function checkStridedDvaeConfig(config: StridedDvaeConfig): StridedDvaeConfig {
  const { pixelScale, ...sizes } = config;
  requireIntegers("stridedDvae", sizes, ["blocks"]);
  requireColour("stridedDvae", config.channels);
  if (pixelScale) checkPixelScale(pixelScale, config.channels);
  if (config.imageSize % 2 ** config.layers)
    throw badOption(
      "stridedDvae.imageSize",
      `a multiple of ${2 ** config.layers}`,
      config.imageSize,
    );
  return config;
}
