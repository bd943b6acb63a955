/** @file Layers that read their weights from a branch of the parameter tree. Precision follows the input's. */
import type { Initializer, ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";

/** [..., I] → [..., O] */
export function linear<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  return x.linear(params.get("weight").cast(x.dtype), params.get("bias").cast(x.dtype));
}

/** [N, C, H, W] → [N, O, H, W] */
export function convolution<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  return x.conv2d(params.get("weight").cast(x.dtype), params.get("bias").cast(x.dtype));
}

export const NORM_EPSILON = 1e-5;

/** Layer norm over the last axis, in the input's precision; the residual stream that feeds it is fp32. */
export function layerNorm<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  return x.layerNorm(params.get("weight"), params.get("bias"), NORM_EPSILON);
}

export function linearSpecs(
  name: string,
  inputs: number,
  outputs: number,
  init: Initializer,
): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], init },
    { name: `${name}.bias`, shape: [outputs], init: { fill: 0 } },
  ];
}

/** Weights ~ N(0, 1 / √(inputs · kernel²)), bias 0 [SPEC §1.1]. */
export function convolutionSpecs(
  name: string,
  inputs: number,
  outputs: number,
  kernel: number,
): ParameterSpec[] {
  return [
    {
      name: `${name}.weight`,
      shape: [outputs, inputs, kernel, kernel],
      init: { normal: 1 / Math.sqrt(inputs * kernel * kernel) },
    },
    { name: `${name}.bias`, shape: [outputs], init: { fill: 0 } },
  ];
}

export function layerNormSpecs(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], init: { fill: 1 } },
    { name: `${name}.bias`, shape: [width], init: { fill: 0 } },
  ];
}
