/**
 * @file The residual block of the dVAE: id(x) + gain · res(x), where res is four convolutions, each after a ReLU,
 * through a quarter of the width. The 1 × 1 convolution is the last in the encoder and the first in the decoder. The identity
 * path is fp32, as the transformer's [SPEC §3]: what a small gain leaves of `res` would be lost in the roundings of bf16.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { convolution, convolutionSpecs } from "../layers.js";
import type { BlockPrecision } from "../residual-blocks.js";

export interface BlockShape {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Kernel sizes of the four convolutions. */
  readonly kernels: readonly [number, number, number, number];
}

/** x: [N, inputs, H, W], fp32 → [N, outputs, H, W], fp32; convolutions compute in `precision`. */
export function block<T extends Tensor<T>>(
  params: ParameterTree<T>,
  shape: BlockShape,
  gain: number,
  x: T,
  precision: BlockPrecision,
): T {
  const branch = params.at(shape.name);
  const read = x.cast(precision);
  const identity =
    shape.inputs === shape.outputs ? x : convolution(branch.at("identity"), read).cast("f32");
  let residual = read;
  for (const index of shape.kernels.keys()) {
    residual = convolution(branch.at(`residual.conv_${index + 1}`), residual.relu());
  }
  return identity.add(residual.cast("f32").mul(gain));
}

export function blockSpecs({ name, inputs, outputs, kernels }: BlockShape): ParameterSpec[] {
  const hidden = outputs / 4;
  const widths = [inputs, hidden, hidden, hidden, outputs];
  return [
    ...(inputs === outputs ? [] : convolutionSpecs(`${name}.identity`, inputs, outputs, 1)),
    ...kernels.flatMap((kernel, index) =>
      convolutionSpecs(
        `${name}.residual.conv_${index + 1}`,
        widths[index]!,
        widths[index + 1]!,
        kernel,
      ),
    ),
  ];
}
