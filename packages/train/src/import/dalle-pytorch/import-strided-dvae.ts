/** @file DALLE-pytorch's own dVAE [SPEC §7.2], in dalle.pt below "vae" or in a vae.pt. */
import {
  checkStridedDvaeConfig,
  type PixelScale,
  type StridedDvaeConfig,
  stridedDvaeDecoderSpecs,
  stridedDvaeEncoderSpecs,
} from "@dalle-ts/models";
import { branchSpecs, type ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import type { Weights } from "../weights.js";
import { transposedConvolution } from "./transposed-convolution.js";

export interface ImportedStridedDvae {
  readonly config: StridedDvaeConfig;
  /** Below "encoder" and "decoder"; read from the open file when they are needed. */
  readonly parameters: readonly GraphParameter[];
}

/** gridSide: codes along one side of the picture; it and the scale of pixels no weight of the dVAE tells. */
export function importStridedDvae(
  weights: Weights,
  gridSide: number,
  pixelScale?: PixelScale,
): ImportedStridedDvae {
  const config = inferConfig(weights, gridSide, pixelScale);
  return {
    config,
    parameters: [
      ...branchSpecs("encoder", stridedDvaeEncoderSpecs(config)),
      ...branchSpecs("decoder", stridedDvaeDecoderSpecs(config)),
    ].map((spec) => parameter(weights, config, spec)),
  };
}

function inferConfig(
  weights: Weights,
  gridSide: number,
  pixelScale: PixelScale | undefined,
): StridedDvaeConfig {
  const [codes, codeWidth] = weights.shape("codebook.weight") as [number, number];
  const [width, channels] = weights.shape("encoder.0.0.weight") as [number, number];
  const layers = weights.count(/^encoder\.(\d+)\.0\.weight$/);
  const blocks = Math.max(0, weights.count(/^encoder\.(\d+)\.net\./) - layers);
  weights.requireColours(channels);
  return weights.sized(checkStridedDvaeConfig, {
    imageSize: gridSide * 2 ** layers,
    channels,
    layers,
    blocks,
    width,
    codes,
    codeWidth,
    ...(pixelScale ? { pixelScale } : {}),
  });
}

function parameter(
  weights: Weights,
  config: StridedDvaeConfig,
  spec: ParameterSpec,
): GraphParameter {
  const source = sourceName(spec.name, config);
  return spec.name.startsWith("decoder.upsample_")
    ? transposedConvolution(weights, spec, source)
    : weights.parameter(spec, source);
}

/** decoder.block_0.conv_1.weight → decoder.1.net.2.weight: modules are numbered in the order in which they run. */
function sourceName(name: string, { layers, blocks }: StridedDvaeConfig): string {
  if (name === "decoder.codebook.weight") return "codebook.weight";
  const isEncoder = name.startsWith("encoder.");
  const afterInput = blocks > 0 ? 1 : 0;
  const firstBlock = isEncoder ? layers : afterInput;
  return name
    .replace(/downsample_(\d+)/, "$1.0")
    .replace(/upsample_(\d+)/, (_, index) => `${Number(index) + afterInput + blocks}.0`)
    .replace(/\.input\./, ".0.")
    .replace(/block_(\d+)\.conv_(\d)/, (_, index, part) => {
      return `${Number(index) + firstBlock}.net.${2 * part}`;
    })
    .replace(/\.scores\./, `.${layers + blocks}.`)
    .replace(/\.output\./, `.${layers + blocks + afterInput}.`);
}
