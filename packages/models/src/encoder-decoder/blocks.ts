/**
 * @file The blocks of both halves: attention between two layer norms, and a gated feed-forward. No linear layer has a bias.
 * Letters: N rows, S states, M states attended to, d width, H heads, D head size, F inner width.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import type { Attend } from "../attention.js";
import type { LayerCache } from "../cached-attention.js";
import { layerNorm, normSpecs } from "../layers.js";
import { STANDARD_DEVIATION, tableSpec } from "../residual-blocks.js";
import type { EncoderDecoderConfig } from "./config.js";

const init = { normal: STANDARD_DEVIATION };

/** [..., I] → [..., O] */
export function linearWithoutBias<T extends Tensor<T>>(
  params: ParameterTree<T>,
  name: string,
  x: T,
): T {
  return x.linear(params.get(`${name}.weight`));
}

type Projection = "query" | "key" | "value";

/** States as some of the queries, keys and values of heads, by one product. states: [N, S, d] → [N, H, S, D] each */
function perHead<T extends Tensor<T>>(
  params: ParameterTree<T>,
  names: readonly Projection[],
  { heads, width }: EncoderDecoderConfig,
  states: T,
): T[] {
  const [first, ...others] = names.map((name) => params.get(`${name}.weight`)) as [T, ...T[]];
  return states
    .linear(first.concat(others, 0))
    .reshape([states.shape[0]!, states.shape[1]!, names.length * heads, width / heads])
    .permute([0, 2, 1, 3])
    .split(
      1,
      names.map(() => heads),
    );
}

/**
 * What an attention block adds to the stream. x: [N, S, d] → [N, S, d]; `mix` gives for the normed states what they attend to,
 * [N, H, S, D].
 */
function normedAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { width }: EncoderDecoderConfig,
  x: T,
  mix: (normed: T) => T,
): T {
  const mixed = mix(layerNorm(params.at("norm_before"), x))
    .permute([0, 2, 1, 3])
    .reshape([x.shape[0]!, x.shape[1]!, width]);
  return layerNorm(params.at("norm_after"), linearWithoutBias(params, "output", mixed));
}

function scaled<T extends Tensor<T>>({ heads, width }: EncoderDecoderConfig, query: T): T {
  return query.mul(1 / Math.sqrt(width / heads));
}

/** Attention to states of the same stream. */
export function selfAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  x: T,
  attend: Attend<T>,
): T {
  return normedAttention(params, config, x, (normed) => {
    const [query, key, value] = perHead(params, ["query", "key", "value"], config, normed);
    return attend(scaled(config, query!), key!, value!);
  });
}

/** Attention to what `keysAndValues` gave of a caption. */
export function textAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  x: T,
  attend: Attend<T>,
  { key, value }: LayerCache<T>,
): T {
  return normedAttention(params, config, x, (normed) => {
    const [query] = perHead(params, ["query"], config, normed);
    return attend(scaled(config, query!), key, value);
  });
}

/** What states are attended to by. states: [N, S, d] → [N, H, S, D] each */
export function keysAndValues<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  states: T,
): LayerCache<T> {
  const [key, value] = perHead(params, ["key", "value"], config, states);
  return { key: key!, value: value! };
}

/** What a feed-forward block adds to the stream. x: [N, S, d] → [N, S, d], through F */
export function gatedFeedForward<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  const normed = layerNorm(params.at("norm"), x);
  const weight = params.get("gate.weight");
  const inner = weight.shape[0]!;
  const [gate, value] = normed
    .linear(weight.concat([params.get("value.weight")], 0))
    .split(-1, [inner, inner]);
  const gated = gate!.gelu().mul(value!);
  return linearWithoutBias(params, "output", layerNorm(params.at("inner_norm"), gated));
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

export function linearWithoutBiasSpecs(
  name: string,
  inputs: number,
  outputs: number,
): ParameterSpec[] {
  return [{ name: `${name}.weight`, shape: [outputs, inputs], init }];
}

export function embedSpecs(vocabulary: number, states: number, width: number): ParameterSpec[] {
  return [
    tableSpec("tokens.weight", vocabulary, width),
    tableSpec("positions.weight", states, width),
    ...normSpecs("embedding_norm", width),
  ];
}

export function normedAttentionSpecs(name: string, width: number): ParameterSpec[] {
  const products = ["query", "key", "value", "output"];
  return [
    ...normSpecs(`${name}.norm_before`, width),
    ...products.flatMap((each) => linearWithoutBiasSpecs(`${name}.${each}`, width, width)),
    ...normSpecs(`${name}.norm_after`, width),
  ];
}

export function gatedFeedForwardSpecs(name: string, width: number, inner: number): ParameterSpec[] {
  return [
    ...normSpecs(`${name}.norm`, width),
    ...linearWithoutBiasSpecs(`${name}.gate`, width, inner),
    ...linearWithoutBiasSpecs(`${name}.value`, width, inner),
    ...normSpecs(`${name}.inner_norm`, inner),
    ...linearWithoutBiasSpecs(`${name}.output`, inner, width),
  ];
}
