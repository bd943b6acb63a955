/**
 * @file The blocks of both halves: attention between two layer norms, and a gated feed-forward. No linear layer has a bias.
 * Letters: N rows, S states, M states attended to, d width, H heads, D head size, F inner width.
 */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { layerNorm, layerNormSpecs } from "../layers.js";
import { type Attend, STANDARD_DEVIATION } from "../residual-blocks.js";
import type { EncoderDecoderConfig } from "./config.js";

const init = { normal: STANDARD_DEVIATION };

/** [..., I] → [..., O] */
export function product<T extends Tensor<T>>(params: ParameterTree<T>, name: string, x: T): T {
  return x.linear(params.get(`${name}.weight`));
}

/**
 * What an attention block adds to the stream. x: [N, S, d] → [N, S, d]; attended: [N, M, d], absent where states attend
 * to each other.
 */
export function gatedAttention<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { heads, width }: EncoderDecoderConfig,
  x: T,
  attend: Attend<T>,
  attended?: T,
): T {
  const normed = layerNorm(params.at("norm_before"), x);
  const apart = (states: T, name: string) =>
    product(params, name, states)
      .reshape([states.shape[0]!, states.shape[1]!, heads, width / heads])
      .permute([0, 2, 1, 3]); // [N, H, S, D]
  const source = attended ?? normed;
  const query = apart(normed, "query").mul(1 / Math.sqrt(width / heads));
  const mixed = attend(query, apart(source, "key"), apart(source, "value"))
    .permute([0, 2, 1, 3])
    .reshape([x.shape[0]!, x.shape[1]!, width]);
  return layerNorm(params.at("norm_after"), product(params, "output", mixed));
}

/** What a feed-forward block adds to the stream. x: [N, S, d] → [N, S, d], through F */
export function gatedFeedForward<T extends Tensor<T>>(params: ParameterTree<T>, x: T): T {
  const normed = layerNorm(params.at("norm"), x);
  const gated = product(params, "gate", normed)
    .gelu()
    .mul(product(params, "value", normed));
  return product(params, "output", layerNorm(params.at("inner_norm"), gated));
}

/** Token and position vectors, summed and normalised. ids: [N, S] of i64 → [N, S, d] */
export function embed<T extends Tensor<T>>(params: ParameterTree<T>, ids: T): T {
  const positions = params.get("positions.weight").slice(0, 0, ids.shape[1]!);
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
