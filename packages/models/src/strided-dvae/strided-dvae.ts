/**
 * @file DALLE-pytorch's own dVAE [SPEC §7.2]: convolutions with stride, and convolutions that give squares of 2 × 2 pixels,
 * which is what its transposed ones come to. Letters: N pictures, C channels, P pixels a side, S grid side, K codes.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { unfold } from "../dvae/fold.js";
import { convolution, convolutionSpecs, pointwise } from "../layers.js";
import type { StridedDvaeConfig } from "./config.js";
import { normalisePixels } from "./pixel-scale.js";

/** pixels: [N, C, P, P] in [0, 1] → scores [N, S, S, K], whose largest is the code. */
export function stridedDvaeScores<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: StridedDvaeConfig,
  pixels: T,
): T {
  const { layers, blocks } = config;
  let x = normalisePixels(config, pixels);
  for (let index = 0; index < layers; index++) {
    const halved = { stride: 2, padding: [1, 1] } as const;
    x = convolution(params.at(`downsample_${index}`), x, halved).relu();
  }
  return pointwise(params.at("scores"), runBlocks(params, blocks, x));
}

/** codes: [N, S, S] of i64 → [N, C, P, P] normalised; see `denormalisePixels`. */
export function stridedDvaePixels<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { layers, blocks }: StridedDvaeConfig,
  codes: T,
): T {
  let x = params.get("codebook.weight").lookup(codes).permute([0, 3, 1, 2]);
  if (blocks > 0) x = runBlocks(params, blocks, convolution(params.at("input"), x));
  for (let index = 0; index < layers; index++)
    x = unfold(convolution(params.at(`upsample_${index}`), x).relu(), 2);
  return convolution(params.at("output"), x);
}

/** [N, F, S, S] → [N, F, S, S] */
function runBlocks<T extends Tensor<T>>(params: ParameterTree<T>, count: number, x: T): T {
  let sum = x;
  for (let index = 0; index < count; index++) {
    const block = params.at(`block_${index}`);
    const inner = convolution(block.at("conv_1"), convolution(block.at("conv_0"), sum).relu());
    sum = sum.add(convolution(block.at("conv_2"), inner.relu()));
  }
  return sum;
}

/** Of the encoder's branch. */
export function stridedDvaeEncoderSpecs(config: StridedDvaeConfig): ParameterSpec[] {
  const { channels, layers, width, codes } = config;
  return [
    ...Array.from({ length: layers }, (_, index) =>
      convolutionSpecs(`downsample_${index}`, index ? width : channels, width, 4),
    ).flat(),
    ...blockSpecs(config),
    ...convolutionSpecs("scores", width, codes, 1),
  ];
}

/** Of the decoder's branch. */
export function stridedDvaeDecoderSpecs(config: StridedDvaeConfig): ParameterSpec[] {
  const { channels, layers, blocks, width, codes, codeWidth } = config;
  const first = blocks > 0 ? width : codeWidth;
  return [
    { name: "codebook.weight", shape: [codes, codeWidth], init: { normal: 1 } },
    ...(blocks > 0 ? convolutionSpecs("input", codeWidth, width, 1) : []),
    ...blockSpecs(config),
    ...Array.from({ length: layers }, (_, index) =>
      convolutionSpecs(`upsample_${index}`, index ? width : first, 4 * width, 3),
    ).flat(),
    ...convolutionSpecs("output", width, channels, 1),
  ];
}

function blockSpecs({ blocks, width }: StridedDvaeConfig): ParameterSpec[] {
  return Array.from({ length: blocks }, (_, index) => `block_${index}`).flatMap((block) => [
    ...convolutionSpecs(`${block}.conv_0`, width, width, 3),
    ...convolutionSpecs(`${block}.conv_1`, width, width, 3),
    ...convolutionSpecs(`${block}.conv_2`, width, width, 1),
  ]);
}
