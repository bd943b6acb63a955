/**
 * @file minDALL-E's transformer [SPEC §7.5]: caption and picture as one stream in which every state sees itself and all before
 * it, with tables and logits of their own. There is no start token: the last text state predicts the first code, and padding
 * is attended to. Letters: N rows, T text states, I image states, L image codes given, d width.
 */
import { branchSpecs, type ParameterSpec, type ParameterTree, type Tensor } from "@dalle-ts/tensor";
import { type Attend, causalAttention } from "../attention.js";
import { layerNorm, normSpecs } from "../layers.js";
import { attentionBlock, feedForwardBlock, residualSpecs, tableSpec } from "../residual-blocks.js";
import type { DenseTransformerConfig } from "./config.js";

export interface DenseLogits<T> {
  /** [N, T − 1, text vocabulary]; entry i is of text token i + 1. */
  readonly text: T;
  /** [N, L + 1, image codes]; entry i is of image code i. */
  readonly image: T;
}

/** text: [N, T] of i64; codes: [N, L] of i64, L < I. */
export function denseTransformer<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DenseTransformerConfig,
  text: T,
  codes: T,
): DenseLogits<T> {
  const x = embed(params.at("text"), text).concat([embed(params.at("image"), codes)], 1); // [N, T + L, d]
  const normed = denseStates(params, config, x, () => causalAttention);
  const last = config.textStates - 1;
  return {
    text: normed.slice(1, 0, last).linear(params.get("text.logits.weight")),
    image: normed.slice(1, last).linear(params.get("image.logits.weight")),
  };
}

/** The layers and the norm after them. x: [N, S, d] → [N, S, d] */
export function denseStates<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DenseTransformerConfig,
  embedded: T,
  attend: (layer: number) => Attend<T>,
): T {
  const blockHeads = { heads: config.heads, headSize: config.width / config.heads };
  let x = embedded;
  for (let index = 0; index < config.layers; index++) {
    const layer = params.at(`layers.${index}`);
    x = x.add(attentionBlock(layer.at("attention"), blockHeads, x, "f32", attend(index)));
    const activation = (inner: T) => inner[config.activation]();
    x = x.add(feedForwardBlock(layer.at("feed_forward"), x, "f32", activation));
  }
  return layerNorm(params.at("norm"), x);
}

/** ids: [N, S] → [N, S, d] */
function embed<T extends Tensor<T>>(params: ParameterTree<T>, ids: T): T {
  const positions = params.get("positions.weight").slice(0, 0, ids.shape[1]!);
  return params.get("tokens.weight").lookup(ids).add(positions);
}

export function denseTransformerSpecs(config: DenseTransformerConfig): ParameterSpec[] {
  const { layers, width, heads } = config;
  const side = (vocabulary: number, states: number): ParameterSpec[] => [
    tableSpec("tokens.weight", vocabulary, width),
    tableSpec("positions.weight", states, width),
    tableSpec("logits.weight", vocabulary, width),
  ];
  return [
    ...branchSpecs("text", side(config.textVocabulary, config.textStates)),
    ...branchSpecs("image", side(config.imageCodes, config.imageStates)),
    ...residualSpecs(layers, width, { heads, headSize: width / heads }),
    ...normSpecs("norm", width),
  ];
}
