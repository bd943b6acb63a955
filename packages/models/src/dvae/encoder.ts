/**
 * @file The dVAE's encoder: a picture becomes, for each cell of the grid, logits over the K codes.
 * Letters: N batch, C channels, P pixels a side, S grid side, K codes.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { convolution, convolutionSpecs, pointwise } from "../layers.js";
import type { BlockPrecision } from "../residual-blocks.js";
import { type BlockShape, block, blockSpecs } from "./block.js";
import type { DvaeConfig } from "./config.js";
import { fold, meansOfSquares } from "./fold.js";

/** The paper's first convolution sees 7 × 7 pixels; over folded pixels the smallest odd kernel that sees them. */
function inputKernel({ patch }: DvaeConfig): number {
  return 2 * Math.ceil(3 / patch) + 1;
}

/** The groups in order, each a list of blocks. */
function groups(config: DvaeConfig): BlockShape[][] {
  const width = (group: number) => config.hidden * 2 ** Math.max(0, group);
  return Array.from({ length: config.groups }, (_, group) =>
    Array.from({ length: config.blocksPerGroup }, (_, index) => ({
      name: `group_${group + 1}.block_${index + 1}`,
      inputs: index ? width(group) : width(group - 1),
      outputs: width(group),
      kernels: [3, 3, 3, 1] as const,
    })),
  );
}

/**
 * pixels: [N, C, P, P], mapped into [0.1, 0.9] by `mapPixels`, fp32 → what the last convolution reads, [N, width, S, S],
 * fp32 and ≥ 0. Its own convolutions compute in `precision`.
 */
export function encoderFeatures<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DvaeConfig,
  pixels: T,
  precision: BlockPrecision = "f32",
): T {
  const centred = config.centred ? pixels.add(-0.5).mul(4) : pixels; // deviation near 1
  const read = meansOfSquares(centred, config.reduction ?? 1);
  const folded = fold(read, config.patch).cast(precision);
  let x = convolution(params.at("input"), folded).cast("f32"); // [N, hidden, P', P'], P' = P / reduction / patch
  for (const [index, blocks] of groups(config).entries()) {
    if (index > 0) x = x.maxPool2d(2); // halves height and width
    for (const shape of blocks) x = block(params, shape, config.residualGain, x, precision);
  }
  return x.relu();
}

/** pixels: as for `encoderFeatures` → logits [N, S, S, K]; the last convolution is fp32 [SPEC §1.1]. */
export function encoder<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DvaeConfig,
  pixels: T,
  precision: BlockPrecision = "f32",
): T {
  const features = encoderFeatures(params, config, pixels, precision);
  return pointwise(params.at("output"), features);
}

export function encoderSpecs(config: DvaeConfig): ParameterSpec[] {
  const blocks = groups(config).flat();
  return [
    ...convolutionSpecs(
      "input",
      config.channels * config.patch ** 2,
      config.hidden,
      inputKernel(config),
    ),
    ...blocks.flatMap(blockSpecs),
    ...convolutionSpecs("output", blocks.at(-1)!.outputs, config.codes, 1),
  ];
}
