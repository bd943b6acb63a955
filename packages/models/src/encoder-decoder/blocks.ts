/**
 * @file The blocks of both halves: attention between two layer norms, and a gated feed-forward. No linear layer has a bias.
 * Letters: N rows, S states, M states attended to, d width, H heads, D head size, F inner width.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import type { LayerCache } from "../cached-attention.js";
import { layerNorm, layerNormSpecs } from "../layers.js";
import { type Attend, STANDARD_DEVIATION } from "../residual-blocks.js";
import type { EncoderDecoderConfig } from "./config.js";

const init = { normal: STANDARD_DEVIATION };

/** [..., I] → [..., O] */
export function product<T extends Tensor<T>>(params: ParameterTree<T>, name: string, x: T): T {
  return x.linear(params.get(`${name}.weight`));
}

/** States as the queries, keys or values of heads. states: [N, S, d] → [N, H, S, D] */
export function perHead<T extends Tensor<T>>(
  params: ParameterTree<T>,
  name: "query" | "key" | "value",
  { heads, width }: EncoderDecoderConfig,
  states: T,
): T {
  return product(params, name, states)
    .reshape([states.shape[0]!, states.shape[1]!, heads, width / heads])
    .permute([0, 2, 1, 3]);
}

/**
 * What an attention block adds to the stream. x: [N, S, d] → [N, S, d]; `mix` gives for queries (scaled) [N, H, S, D], and the
 * normed states [N, S, d] that they were made of, what they attend to, [N, H, S, D].
 */
export function gatedAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  x: T,
  mix: (query: T, normed: T) => T,
): T {
  const { heads, width } = config;
  const normed = layerNorm(params.at("norm_before"), x);
  const query = perHead(params, "query", config, normed).mul(1 / Math.sqrt(width / heads));
  const mixed = mix(query, normed).permute([0, 2, 1, 3]).reshape([x.shape[0]!, x.shape[1]!, width]);
  return layerNorm(params.at("norm_after"), product(params, "output", mixed));
}

/** Attention to states of the same stream. */
export function selfAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  x: T,
  attend: Attend<T>,
): T {
  return gatedAttention(params, config, x, (query, normed) => {
    const { key, value } = keysAndValues(params, config, normed);
    return attend(query, key, value);
  });
}

/** What states are attended to by. states: [N, S, d] → [N, H, S, D] each */
export function keysAndValues<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  states: T,
): LayerCache<T> {
  return {
    key: perHead(params, "key", config, states),
    value: perHead(params, "value", config, states),
  };
}

/** What a feed-forward block adds to the stream. x: [N, S, d] → [N, S, d], through F */
export function gatedFeedForward<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  const normed = layerNorm(params.at("norm"), x);
  const gated = product(params, "gate", normed)
    .gelu()
    .mul(product(params, "value", normed));
  return product(params, "output", layerNorm(params.at("inner_norm"), gated));
}

/** Token and position vectors, summed and normalised. ids: [N, S] of i64; positions: [S, d] → [N, S, d] */
export function embed<T extends Tensor<T>>(
  params: ParameterTree<T>,
  ids: T,
  positions: T = params.get("positions.weight").slice(0, 0, ids.shape[1]!),
): T {
  return layerNorm(
    params.at("embedding_norm"),
    params.get("tokens.weight").lookup(ids).add(positions),
  );
}

export function productSpecs(name: string, inputs: number, outputs: number): ParameterSpec[] {
  return [{ name: `${name}.weight`, shape: [outputs, inputs], init }];
}

export function embedSpecs(vocabulary: number, states: number, width: number): ParameterSpec[] {
  return [
    { name: "tokens.weight", shape: [vocabulary, width], init },
    { name: "positions.weight", shape: [states, width], init },
    ...layerNormSpecs("embedding_norm", width),
  ];
}

export function gatedAttentionSpecs(name: string, width: number): ParameterSpec[] {
  const products = ["query", "key", "value", "output"];
  return [
    ...layerNormSpecs(`${name}.norm_before`, width),
    ...products.flatMap((each) => productSpecs(`${name}.${each}`, width, width)),
    ...layerNormSpecs(`${name}.norm_after`, width),
  ];
}

export function gatedFeedForwardSpecs(name: string, width: number, inner: number): ParameterSpec[] {
  return [
    ...layerNormSpecs(`${name}.norm`, width),
    ...productSpecs(`${name}.gate`, width, inner),
    ...productSpecs(`${name}.value`, width, inner),
    ...layerNormSpecs(`${name}.inner_norm`, inner),
    ...productSpecs(`${name}.output`, inner, width),
  ];
}
