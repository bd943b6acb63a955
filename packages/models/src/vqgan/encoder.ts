/**
 * @file The VQGAN's encoder: a picture becomes, for each cell of the grid, scores of the K codes, whose largest is the code.
 * Letters: N pictures, C channels, P pixels a side, S grid side, E width of a code's vector, K codes.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import {
  convolution,
  convolutionSpecs,
  linear,
  linearSpecs,
  normSpecs,
  pointwise,
} from "../layers.js";
import { blockSpecs, levelBlocks, middleBlocks, norm, runBlocks } from "./blocks.js";
import type { VqganConfig, VqganHalf } from "./config.js";

/** The levels from fine to coarse. */
function levelsOf(half: VqganHalf) {
  const { levels, inputWidth } = half;
  return levels.map((_, level) => levelBlocks(half, level, levels[level - 1]?.width ?? inputWidth));
}

/** pixels: [N, C, P, P] in [0, 1] → the vectors that are compared with the codes', [N, S, S, E]. */
export function vqganVectors<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: VqganConfig,
  pixels: T,
): T {
  const half = config.encoder!;
  const scaled = config.pixelRange === "signed" ? pixels.mul(2).add(-1) : pixels;
  let x = convolution(params.at("input"), scaled);
  for (const [level, blocks] of levelsOf(half).entries()) {
    x = runBlocks(params, blocks, config.normEpsilon, x);
    if (level === half.levels.length - 1) break;
    // Halves height and width: the reference pads only below and to the right [SPEC §7.5].
    const halved = { stride: 2, padding: [0, 1] } as const;
    x = convolution(params.at(`level_${level}.downsample`), x, halved);
  }
  x = runBlocks(params, middleBlocks(x.shape[1]!), config.normEpsilon, x);
  x = convolution(params.at("output"), norm(params.at("norm"), config.normEpsilon, x).silu());
  return pointwise(params.at("quantize"), x);
}

/** pixels: as for `vqganVectors` → scores [N, S, S, K]. The nearest code is one of highest x · e − |e|² / 2. */
export function vqganScores<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: VqganConfig,
  pixels: T,
): T {
  return linear(params.at("codes"), vqganVectors(params, config, pixels));
}

/** Of the encoder's branch; none where the config has no encoder. */
export function vqganEncoderSpecs({
  encoder,
  channels,
  latentWidth,
  codeWidth,
  codes,
}: VqganConfig): ParameterSpec[] {
  if (!encoder) return [];
  const { levels, inputWidth } = encoder;
  const last = levels.at(-1)!.width;
  return [
    ...convolutionSpecs("input", channels, inputWidth, 3),
    ...levelsOf(encoder).flat().flatMap(blockSpecs),
    ...levels
      .slice(0, -1)
      .flatMap(({ width }, level) =>
        convolutionSpecs(`level_${level}.downsample`, width, width, 3),
      ),
    ...middleBlocks(last).flatMap(blockSpecs),
    ...normSpecs("norm", last),
    ...convolutionSpecs("output", last, latentWidth, 3),
    ...convolutionSpecs("quantize", latentWidth, codeWidth, 1),
    ...linearSpecs("codes", codeWidth, codes, { normal: 1 / Math.sqrt(codeWidth) }),
  ];
}
