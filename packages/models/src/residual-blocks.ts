/**
 * @file The two residual blocks that the transformer and CLIP's towers are made of. The paper says no more of its blocks
 * than that they are the Sparse Transformer's: norms come first, and the GELU is x · σ(1.702 x) [SPEC §2.1]. Letters: N
 * batch, S states, d width, H heads, D head size. The residual stream is fp32; a block computes in `precision`.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import type { Attend } from "./attention.js";
import { layerNorm, linear, linearSpecs, normSpecs } from "./layers.js";

export type BlockPrecision = "f32" | "bf16";

export interface BlockHeads {
  readonly heads: number;
  readonly headSize: number;
}

/** x: [N, S, d] → [N, S, d]; `attend` mixes [N, H, S, D] queries (scaled), keys and values. */
export function attentionBlock<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { heads, headSize }: BlockHeads,
  x: T,
  precision: BlockPrecision,
  attend: Attend<T>,
): T {
  const [batch, states] = x.shape as [number, number];
  const normed = layerNorm(params.at("norm"), x).cast(precision);
  const together = linear(params.at("query_key_value"), normed) // [N, S, 3 H D]
    .reshape([batch, states, 3 * heads, headSize])
    .permute([0, 2, 1, 3]); // [N, 3 H, S, D]
  const [query, key, value] = together.split(1, [heads, heads, heads]) as [T, T, T];
  const mixed = attend(query.mul(1 / Math.sqrt(headSize)), key, value) // [N, H, S, D]
    .permute([0, 2, 1, 3])
    .reshape([batch, states, heads * headSize]);
  return linear(params.at("output"), mixed);
}

/** x: [N, S, d] → [N, S, d], through 4 d. activation: the Sparse Transformer's, unless another model needs its own. */
export function feedForwardBlock<T extends Tensor<T>>(
  params: ParameterTree<T>,
  x: T,
  precision: BlockPrecision,
  activation: (inner: T) => T = (inner) => inner.quickGelu(),
): T {
  const normed = layerNorm(params.at("norm"), x).cast(precision);
  return linear(params.at("contract"), activation(linear(params.at("expand"), normed)));
}

/** Of fresh weights and tables: GPT-2's, as the paper does not say. */
export const STANDARD_DEVIATION = 0.02;

/** A table of `rows` vectors. */
export function tableSpec(name: string, rows: number, width: number): ParameterSpec {
  return { name, shape: [rows, width], init: { normal: STANDARD_DEVIATION } };
}

/**
 * Parameters of `layers.0`, `layers.1`, …; residual outputs start smaller by √(number of residual blocks), as in the
 * Sparse Transformer [SPEC §2.1].
 */
export function residualSpecs(
  layers: number,
  width: number,
  { heads, headSize }: BlockHeads,
): ParameterSpec[] {
  const init = { normal: STANDARD_DEVIATION };
  const residual = { normal: STANDARD_DEVIATION / Math.sqrt(2 * layers) };
  const inner = heads * headSize;
  return Array.from({ length: layers }, (_, index) => `layers.${index}`).flatMap((layer) => [
    ...normSpecs(`${layer}.attention.norm`, width),
    ...linearSpecs(`${layer}.attention.query_key_value`, width, 3 * inner, init),
    ...linearSpecs(`${layer}.attention.output`, inner, width, residual),
    ...normSpecs(`${layer}.feed_forward.norm`, width),
    ...linearSpecs(`${layer}.feed_forward.expand`, width, 4 * width, init),
    ...linearSpecs(`${layer}.feed_forward.contract`, 4 * width, width, residual),
  ]);
}
