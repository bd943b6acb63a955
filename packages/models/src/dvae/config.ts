/** @file Dimensions of the discrete VAE, and the paper's preset [SPEC §1.1]. */
import { badOption } from "@dalle-ts/tensor";
import { requireColour, requireIntegers } from "../config-integers.js";

export interface DvaeConfig {
  /** Side of the square picture in pixels; a multiple of `pixelsPerCode`. */
  readonly imageSize: number;
  /** Colour channels; 3. */
  readonly channels: number;
  /**
   * Side of the squares of pixels whose means are all that the encoder reads, where it is not 1. The decoder draws every
   * pixel, and so more finely than the codes see: codes of small pictures may draw large ones.
   */
  readonly reduction?: number | undefined;
  /**
   * Side of the squares of pixels that are folded into channels before the encoder, and unfolded after the decoder,
   * times `reduction` there; 1, as in the paper, folds nothing. Folding is far cheaper than convolutions at full size.
   */
  readonly patch: number;
  /**
   * Whether the encoder reads pixels with mean 0 and deviation near 1 instead of the mapped [0.1, 0.9]. The paper's
   * reads the mapped ones; details, which vary far less than the mean, are then learnt many times more slowly.
   */
  readonly centred: boolean;
  /** Number of codes, K. */
  readonly codes: number;
  /** Feature maps of the first group; group g of the encoder has hidden · 2^(g − 1). */
  readonly hidden: number;
  /** Width of a code's vector in the decoder. */
  readonly codeWidth: number;
  /** Groups of residual blocks; each but the last halves the picture. The paper's 4 give 8 × 8 pixels a code. */
  readonly groups: number;
  readonly blocksPerGroup: number;
  /** The decoder's own sizes, where they are others than the encoder's; the paper's are the same. */
  readonly decoder?: DecoderSize | undefined;
  /** Factor on each block's residual path. The paper's is 1 / (groups · blocksPerGroup)². */
  readonly residualGain: number;
}

export interface DecoderSize extends Pick<DvaeConfig, "hidden" | "blocksPerGroup"> {
  /**
   * Each but the last doubles the picture; with more than the encoder has, smaller squares are unfolded after them, and so
   * edges are drawn across the borders of cells. @default the encoder's
   */
  readonly groups?: number | undefined;
}

/** OpenAI's released dVAE: 256 × 256 pixels → 32 × 32 codes of 8192. */
export const paperDvae: DvaeConfig = {
  imageSize: 256,
  channels: 3,
  patch: 1,
  centred: false,
  codes: 8192,
  hidden: 256,
  codeWidth: 128,
  groups: 4,
  blocksPerGroup: 2,
  residualGain: 1 / 64,
};

/** Pixels along one side of the square that one code stands for. */
export function pixelsPerCode(config: DvaeConfig): number {
  return seenPatch(config) * 2 ** (config.groups - 1);
}

/** Side of the squares of pixels that the encoder's first maps stand for. */
export function seenPatch({ patch, reduction = 1 }: DvaeConfig): number {
  return patch * reduction;
}

/** Side of the squares that the decoder unfolds. */
export function drawnPatch(config: DvaeConfig): number {
  return pixelsPerCode(config) / 2 ** (decoderSize(config).groups - 1);
}

/** Codes along one side of the grid. */
export function gridSide(config: DvaeConfig): number {
  return config.imageSize / pixelsPerCode(config);
}

/** The decoder's own, or the encoder's. */
export function decoderSize(config: DvaeConfig): Required<DecoderSize> {
  const { hidden, blocksPerGroup, groups = config.groups } = config.decoder ?? config;
  return { hidden, blocksPerGroup, groups };
}

/** Codes are kept as 16 bits each. */
const MOST_CODES = 2 ** 16;

/** Refuses impossible dimensions by name. */
export function checkDvaeConfig(config: DvaeConfig): DvaeConfig {
  const { centred: _, decoder: __, residualGain, reduction = 1, ...sizes } = config;
  requireIntegers("dvae", { ...sizes, reduction });
  requireIntegers("dvae.decoder", { ...decoderSize(config) });
  const quartered = { hidden: config.hidden, "decoder.hidden": decoderSize(config).hidden };
  for (const [name, maps] of Object.entries(quartered)) {
    if (maps % 4) throw badOption(`dvae.${name}`, "a multiple of 4", maps);
  }
  if (!Number.isInteger(drawnPatch(config))) {
    const expected = `so few that they halve the ${pixelsPerCode(config)} pixels of a code into whole ones`;
    throw badOption("dvae.decoder.groups", expected, decoderSize(config).groups);
  }
  requireColour("dvae", config.channels);
  if (config.codes < 2 || config.codes > MOST_CODES) {
    throw badOption("dvae.codes", `an integer in [2, ${MOST_CODES}]`, config.codes);
  }
  if (!Number.isInteger(gridSide(config))) {
    throw badOption("dvae.imageSize", `a multiple of ${pixelsPerCode(config)}`, config.imageSize);
  }
  if (!(residualGain > 0 && residualGain <= 1)) {
    throw badOption("dvae.residualGain", "a number in (0, 1]", residualGain);
  }
  return config;
}
