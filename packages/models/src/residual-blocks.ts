/**
 * @file The two residual blocks that the transformer and CLIP's towers are made of, and plain attention. The paper says
 * no more of its blocks than that they are the Sparse Transformer's: norms come first, and the GELU is x · σ(1.702 x)
 * [SPEC §2.1]. Letters: N batch, S states, d width, H heads, D head size. The residual stream is fp32; a block computes
 * in `precision`.
 */
import {
  lastingArray,
  type ParameterSpec,
  type ParameterTree,
  type Tensor,
} from "@dalle-ts/tensor";
import { layerNorm, linear, linearSpecs, normSpecs } from "./layers.js";
import { MASKED } from "./transformer/masks.js";

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

/** Every state sees all. query (scaled), key, value: [N, H, S, D] → [N, H, S, D] */
export function fullAttention<T extends Tensor<T>>(query: T, key: T, value: T): T {
  return query.matmul(key, { transposeOther: true }).softmax(-1).matmul(value);
}

/** How queries (scaled), keys and values mix: [N, H, S, D], [N, H, M, D], [N, H, M, D] → [N, H, S, D] */
export type Attend<T> = (query: T, key: T, value: T) => T;

/** Every state sees itself and those before it. query (scaled), key, value: [N, H, S, D] → [N, H, S, D] */
export function causalAttention<T extends Tensor<T>>(query: T, key: T, value: T): T {
  const count = query.shape[2]!;
  const bias = query.constant(causalBias(count), [count, count], "f32");
  return biasedAttention(bias.cast(query.dtype))(query, key, value);
}

const causalBiases = new Map<number, Float32Array>();

/** Of `count` states, made once. */
function causalBias(count: number): Float32Array {
  const known = causalBiases.get(count);
  if (known) return known;
  const bias = lastingArray(maskValues(count, (state, seen) => seen <= state));
  causalBiases.set(count, bias);
  return bias;
}

/** Attention whose scores [N, H, S, M] get `bias` added, which broadcasts to them. */
export function biasedAttention<T extends Tensor<T>>(bias: T): Attend<T> {
  return (query, key, value) =>
    query.matmul(key, { transposeOther: true }).add(bias).softmax(-1).matmul(value);
}

/**
 * Of `count` states, [S, S]: 0 where the state of a row sees that of a column, MASKED elsewhere. like: any tensor of
 * the engine.
 */
export function maskBias<T extends Tensor<T>>(
  like: T,
  count: number,
  sees: (state: number, seen: number) => boolean,
): T {
  return like.constant(maskValues(count, sees), [count, count], "f32");
}

function maskValues(count: number, sees: (state: number, seen: number) => boolean): Float32Array {
  return Float32Array.from({ length: count * count }, (_, index) =>
    sees(Math.floor(index / count), index % count) ? 0 : MASKED,
  );
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
