/** @file The encoder: caption ids become states that the decoder attends to. Letters as in blocks.ts. */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { biasedAttention, MASKED } from "../attention.js";
import { layerNorm, normSpecs } from "../layers.js";
import {
  embed,
  embedSpecs,
  gatedFeedForward,
  gatedFeedForwardSpecs,
  normedAttentionSpecs,
  selfAttention,
} from "./blocks.js";
import type { EncoderDecoderConfig } from "./config.js";

/** ids: [N, S] of i64 → added to attention scores, [N, 1, 1, S]: 0 for tokens, MASKED for padding. */
export function paddingBias<T extends Tensor<T>>({ padding }: EncoderDecoderConfig, ids: T): T {
  const number = (value: number) => ids.constant(Float32Array.of(value), [1], "f32");
  const upTo = ids.lessThan(padding).choose(number(0), number(MASKED));
  return ids
    .lessThan(padding + 1)
    .choose(upTo, number(0))
    .reshape([ids.shape[0]!, 1, 1, ids.shape[1]!]);
}

/** ids: [N, S] of i64 → [N, S, d]; the states of padding are there too, and mean nothing. */
export function encodeText<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  ids: T,
): T {
  const attend = biasedAttention(paddingBias(config, ids));
  let x = embed(params, ids);
  for (let index = 0; index < config.encoderLayers; index++) {
    const layer = params.at(`layers.${index}`);
    x = x.add(selfAttention(layer.at("attention"), config, x, attend));
    x = x.add(gatedFeedForward(layer.at("feed_forward"), x));
  }
  return layerNorm(params.at("norm"), x);
}

export function textEncoderSpecs(config: EncoderDecoderConfig): ParameterSpec[] {
  const { width, feedForward, encoderLayers, textVocabulary, textStates } = config;
  return [
    ...embedSpecs(textVocabulary, textStates, width),
    ...Array.from({ length: encoderLayers }, (_, index) => `layers.${index}`).flatMap((layer) => [
      ...normedAttentionSpecs(`${layer}.attention`, width),
      ...gatedFeedForwardSpecs(`${layer}.feed_forward`, width, feedForward),
    ]),
    ...normSpecs("norm", width),
  ];
}
