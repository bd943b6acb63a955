/**
 * @file The blocks of DALLE-pytorch's transformer: attention with rotary positions in queries, keys and values, and a
 * GEGLU feed-forward.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import type { Attend } from "../attention.js";
import { layerNorm, linear, linearSpecs, normSpecs } from "../layers.js";
import { STANDARD_DEVIATION } from "../residual-blocks.js";
import type { AxialTransformerConfig } from "./config.js";
import { type Angles, rotate } from "./rotary.js";

/** What a block adds to the stream: `inner` after a layer norm and `shift`, scaled by dimension. x: [N, S, d] → [N, S, d] */
export function scaledBlock<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: AxialTransformerConfig,
  x: T,
  shift: (normed: T) => T,
  inner: (seen: T) => T,
): T {
  const result = inner(shift(layerNorm(params.at("norm"), x)));
  const after = config.sandwichNorms ? layerNorm(params.at("norm_after"), result) : result;
  return after.mul(params.get("scale"));
}

/** x: [N, S, d] → [N, S, d]. Values are rotated by the states' angles, as queries and keys are. */
export function rotaryAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  angles: Angles<T> | undefined,
  config: AxialTransformerConfig,
  x: T,
  attend: Attend<T>,
): T {
  const { heads, headSize } = config;
  const [batch, states] = x.shape as [number, number];
  const together = x
    .linear(params.get("query_key_value.weight")) // [N, S, 3 H D]
    .reshape([batch, states, 3 * heads, headSize])
    .permute([0, 2, 1, 3]); // [N, 3 H, S, D]
  const rotated = rotate(angles, config, together);
  const [query, key, value] = rotated.split(1, [heads, heads, heads]) as [T, T, T];
  const mixed = attend(query.mul(1 / Math.sqrt(headSize)), key, value)
    .permute([0, 2, 1, 3])
    .reshape([batch, states, heads * headSize]);
  return linear(params.at("output"), mixed);
}

/** x: [N, S, d] → [N, S, d]; GEGLU: the GELU of the second half of what is expanded gates the first [Shazeer 2020]. */
export function gegluFeedForward<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { feedForward }: AxialTransformerConfig,
  x: T,
): T {
  const expanded = linear(params.at("expand"), x);
  const [values, gates] = expanded.split(2, [feedForward, feedForward]) as [T, T];
  return linear(params.at("contract"), values.mul(gates.gelu()));
}

/** Of one layer. */
export function layerSpecs(
  layer: string,
  { width, heads, headSize, feedForward, sandwichNorms }: AxialTransformerConfig,
): ParameterSpec[] {
  const init = { normal: STANDARD_DEVIATION };
  const inner = heads * headSize;
  const around = (block: string): ParameterSpec[] => [
    ...normSpecs(`${block}.norm`, width),
    ...(sandwichNorms ? normSpecs(`${block}.norm_after`, width) : []),
    { name: `${block}.scale`, shape: [width], init: { fill: 0.1 } },
  ];
  const [attention, fed] = [`${layer}.attention`, `${layer}.feed_forward`];
  return [
    ...around(attention),
    { name: `${attention}.query_key_value.weight`, shape: [3 * inner, width], init },
    ...linearSpecs(`${attention}.output`, inner, width, init),
    ...around(fed),
    ...linearSpecs(`${fed}.expand`, width, 2 * feedForward, init),
    ...linearSpecs(`${fed}.contract`, feedForward, width, init),
  ];
}
