/** @file Layers that read their weights from a branch of the parameter tree. Precision follows the input's. */
import type {
  ConvolutionOptions,
  Initializer,
  ParameterSpec,
  ParameterTree,
  Tensor,
} from "@dalle-ts/tensor";

/** [..., I] → [..., O] */
export function linear<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  return x.linear(params.get("weight").cast(x.dtype), params.get("bias").cast(x.dtype));
}

/** [N, C, H, W] → [N, O, H', W']; by default H' = H and W' = W. */
export function convolution<T extends Tensor<T>>(
  params: ParameterTree<T>,
  x: T,
  options?: ConvolutionOptions,
): T {
  return x.conv2d(params.get("weight").cast(x.dtype), params.get("bias").cast(x.dtype), options);
}

/**
 * A 1 × 1 convolution that leaves channels last: [N, C, H, W] → [N, H, W, O]. What follows, a softmax or an argmax over
 * O, then walks memory in order, which is several times faster than over a convolution's result.
 */
export function pointwise<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  const weight = params.get("weight").cast(x.dtype);
  const [outputs, inputs, height, width] = [...weight.shape.slice(0, 2), ...x.shape.slice(2)];
  const cells = x.permute([0, 2, 3, 1]).reshape([-1, inputs!]); // libtorch's product wants them side by side
  return cells
    .linear(weight.reshape([outputs!, inputs!]), params.get("bias").cast(x.dtype))
    .reshape([-1, height!, width!, outputs!]);
}

export const NORM_EPSILON = 1e-5;

/** Layer norm over the last axis, in the input's precision; the residual stream that feeds it is fp32. */
export function layerNorm<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  return x.layerNorm(params.get("weight"), params.get("bias"), NORM_EPSILON);
}

/**
 * The tanh approximation of the GELU. One in place of the other moves a model's results by 8e-5 to 5e-4 of their norm
 * [SPEC §7.9].
 */
export function tanhGelu<T extends Tensor<T>>(x: T): T {
  // x (1 + tanh z) / 2 = x σ(2 z)
  return x.mul(
    x
      .mul(x)
      .mul(x)
      .mul(0.044715)
      .add(x)
      .mul(2 * Math.sqrt(2 / Math.PI))
      .sigmoid(),
  );
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

/** Gain and bias of a norm, of layers or of groups. */
export function normSpecs(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], init: { fill: 1 } },
    { name: `${name}.bias`, shape: [width], init: { fill: 0 } },
  ];
}
