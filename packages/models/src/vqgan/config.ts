/**
 * @file Dimensions of the VQGAN that dalle-mini, min-dalle, minDALL-E and ruDALL-E draw their pictures with [SPEC §7.3,
 * §7.5, §7.6].
 */
import { badOption } from "@dalle-ts/tensor";
import { requireColour, requireIntegers } from "../config-integers.js";

/** One resolution of the encoder or the decoder; level 0 is the finest. */
export interface VqganLevel {
  /** Feature maps. */
  readonly width: number;
  /** Residual blocks. */
  readonly blocks: number;
  /** Whether attention over all pixels follows each of them. */
  readonly attention: boolean;
}

/** Half a VQGAN: each level but the last halves the picture in the encoder, each but the first doubles it in the decoder. */
export interface VqganHalf {
  /** Feature maps of the first convolution. */
  readonly inputWidth: number;
  readonly levels: readonly VqganLevel[];
}

export interface VqganConfig {
  /** Side of the square picture in pixels; a multiple of patch · 2^(levels − 1). */
  readonly imageSize: number;
  /** Colour channels; 3. */
  readonly channels: number;
  /**
   * Side of the squares of pixels that the decoder gives as channels: 1, or 2 for the wavelet variant, whose encoder reads
   * pictures of half the size.
   */
  readonly patch: number;
  /** Number of codes, K. */
  readonly codes: number;
  /** Width of a code's vector. */
  readonly codeWidth: number;
  /** Feature maps between a half and its code vectors. */
  readonly latentWidth: number;
  /** Absent in files that hold the decoder alone. */
  readonly encoder?: VqganHalf;
  readonly decoder: VqganHalf;
  /** Of the group norms: 1e-6, but 1e-5 in min-dalle. */
  readonly normEpsilon: number;
  /** What the networks count pixels in: "signed" is [−1, 1], "unit" [0, 1]. */
  readonly pixelRange: "signed" | "unit";
}

/** Groups of channels that are normalised together, in every VQGAN of the family. */
export const NORM_GROUPS = 32;

/** Codes along one side of the grid. */
export function vqganGridSide({ imageSize, patch, decoder }: VqganConfig): number {
  return imageSize / (patch * 2 ** (decoder.levels.length - 1));
}

/** Refuses impossible dimensions by name. */
export function checkVqganConfig(config: VqganConfig): VqganConfig {
  const { imageSize, channels, patch, codes, codeWidth, latentWidth } = config;
  requireIntegers("vqgan", { imageSize, channels, patch, codes, codeWidth, latentWidth });
  requireColour("vqgan", channels);
  if (!(Number.isFinite(config.normEpsilon) && config.normEpsilon > 0))
    throw badOption("vqgan.normEpsilon", "a finite number > 0", config.normEpsilon);
  for (const half of ["encoder", "decoder"] as const) {
    const { inputWidth = 0, levels = [] } = config[half] ?? {};
    const widths = [inputWidth, ...levels.map(({ width }) => width)];
    if (config[half] && !widths.every((width) => width > 0 && width % NORM_GROUPS === 0))
      throw badOption(`vqgan.${half} widths`, `multiples of ${NORM_GROUPS}`, `[${widths}]`);
    for (const [level, { blocks }] of levels.entries())
      requireIntegers(`vqgan.${half}.levels.${level}`, { blocks });
  }
  if (config.decoder.levels.length === 0)
    throw badOption("vqgan.decoder.levels", "at least one", 0);
  const [drawn, read] = [config.decoder.levels.length, config.encoder?.levels.length];
  if (read !== undefined && read !== drawn)
    throw badOption("vqgan.encoder.levels", `as many as the decoder's ${drawn}`, read);
  if (!Number.isInteger(vqganGridSide(config)))
    throw badOption(
      "vqgan.imageSize",
      "a multiple of the pixels that a code stands for",
      config.imageSize,
    );
  return config;
}
