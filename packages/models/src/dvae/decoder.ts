/**
 * @file The dVAE's decoder: codes, or mixtures of codes while training, become the parameters of a logit-Laplace
 * distribution for each pixel value. Letters as in encoder.ts; E is the width of a code's vector.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { convolution, convolutionSpecs } from "../layers.js";
import type { BlockPrecision } from "../residual-blocks.js";
import { type BlockShape, block, blockSpecs } from "./block.js";
import { type DvaeConfig, decoderSize, drawnPatch } from "./config.js";
import { unfold } from "./fold.js";

/** Its groups, in the paper the encoder's in reverse, with the 1 × 1 convolution first. */
function groupsOf(config: DvaeConfig): BlockShape[][] {
  const { hidden, blocksPerGroup, groups } = decoderSize(config);
  const width = (group: number) =>
    group < 0 ? config.codeWidth : hidden * 2 ** (groups - 1 - group);
  return Array.from({ length: groups }, (_, group) =>
    Array.from({ length: blocksPerGroup }, (_, index) => ({
      name: `group_${group + 1}.block_${index + 1}`,
      inputs: index ? width(group) : width(group - 1),
      outputs: width(group),
      kernels: [1, 3, 3, 3] as const,
    })),
  );
}

/**
 * The relaxed decoder of training. weights: [N, S, S, K], each cell summing to 1, fp32 → [N, 2 C, P, P]:
 * the means of the C channels, then their ln b. Convolutions compute in `precision`; the code book is fp32.
 */
export function decodeMixture<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DvaeConfig,
  weights: T,
  precision: BlockPrecision = "f32",
): T {
  const vectors = weights.matmul(params.get("codebook.weight")); // [N, S, S, E]
  return decodeVectors(params, config, vectors, precision);
}

/** codes: [N, S, S] of i64 in [0, K) → [N, 2 C, P, P], as `decodeMixture` of one-hot weights. */
export function decodeCodes<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DvaeConfig,
  codes: T,
  precision: BlockPrecision = "f32",
): T {
  return decodeVectors(params, config, params.get("codebook.weight").lookup(codes), precision);
}

/** What both decoders share. vectors: [N, S, S, E] → as `decodeMixture`. */
export function decodeVectors<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DvaeConfig,
  vectors: T,
  precision: BlockPrecision,
): T {
  const biased = vectors.add(params.get("codebook.bias"));
  let x = biased.permute([0, 3, 1, 2]); // [N, E, S, S]
  for (const [index, blocks] of groupsOf(config).entries()) {
    if (index > 0) x = x.upsampleNearest2d(2); // doubles height and width
    for (const shape of blocks) x = block(params, shape, config.residualGain, x, precision);
  }
  const drawn = convolution(params.at("output"), x.relu().cast(precision));
  return unfold(drawn.cast("f32"), drawnPatch(config));
}

/** The code book is the paper's 1 × 1 convolution from K one-hot maps to E, stored a row a code. */
export function decoderSpecs(config: DvaeConfig): ParameterSpec[] {
  const blocks = groupsOf(config).flat();
  return [
    {
      name: "codebook.weight",
      shape: [config.codes, config.codeWidth],
      init: { normal: 1 / Math.sqrt(config.codes) },
    },
    { name: "codebook.bias", shape: [config.codeWidth], init: { fill: 0 } },
    ...blocks.flatMap(blockSpecs),
    ...convolutionSpecs(
      "output",
      blocks.at(-1)!.outputs,
      2 * config.channels * drawnPatch(config) ** 2,
      1,
    ),
  ];
}
