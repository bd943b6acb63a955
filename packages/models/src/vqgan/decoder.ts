/** @file The VQGAN's decoder: codes become pixels. Letters as in encoder.ts. */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { unfold } from "../dvae/fold.js";
import { convolution, convolutionSpecs, linear, linearSpecs, normSpecs } from "../layers.js";
import { blockSpecs, levelBlocks, middleBlocks, norm, runBlocks } from "./blocks.js";
import type { VqganConfig, VqganHalf } from "./config.js";

/** The levels from coarse to fine, each with its number. */
function levelsOf(half: VqganHalf) {
  const { levels, inputWidth } = half;
  return levels
    .map((_, level) => ({
      level,
      blocks: levelBlocks(half, level, levels[level + 1]?.width ?? inputWidth),
    }))
    .reverse();
}

/** codes: [N, S, S] of i64 in [0, K) → pixels [N, C, P, P] around [0, 1], unclipped. */
export function vqganPixels<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: VqganConfig,
  codes: T,
): T {
  const { decoder, normEpsilon } = config;
  const vectors = params.get("codebook.weight").lookup(codes); // [N, S, S, E]
  const latent = linear(params.at("unquantize"), vectors).permute([0, 3, 1, 2]);
  let x = convolution(params.at("input"), latent);
  x = runBlocks(params, middleBlocks(decoder.inputWidth), normEpsilon, x);
  for (const { level, blocks } of levelsOf(decoder)) {
    x = runBlocks(params, blocks, normEpsilon, x);
    if (level > 0) x = convolution(params.at(`level_${level}.upsample`), x.upsampleNearest2d(2));
  }
  x = convolution(params.at("output"), norm(params.at("norm"), normEpsilon, x).silu());
  const pixels = unfold(x, config.patch);
  return config.pixelRange === "signed" ? pixels.add(1).mul(0.5) : pixels;
}

/** Of the decoder's branch. */
export function vqganDecoderSpecs({
  decoder,
  channels,
  patch,
  latentWidth,
  codeWidth,
  codes,
}: VqganConfig): ParameterSpec[] {
  const { levels, inputWidth } = decoder;
  const last = levels[0]!.width;
  return [
    {
      name: "codebook.weight",
      shape: [codes, codeWidth],
      init: { normal: 1 / Math.sqrt(codeWidth) },
    },
    ...linearSpecs("unquantize", codeWidth, latentWidth, { normal: 1 / Math.sqrt(codeWidth) }),
    ...convolutionSpecs("input", latentWidth, inputWidth, 3),
    ...middleBlocks(inputWidth).flatMap(blockSpecs),
    ...levelsOf(decoder).flatMap(({ blocks }) => blocks.flatMap(blockSpecs)),
    ...levels.flatMap(({ width }, level) =>
      level > 0 ? convolutionSpecs(`level_${level}.upsample`, width, width, 3) : [],
    ),
    ...normSpecs("norm", last),
    ...convolutionSpecs("output", last, channels * patch ** 2, 3),
  ];
}
