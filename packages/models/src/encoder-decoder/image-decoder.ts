/** @file The decoder: image tokens so far, and the caption's states, become logits of the next token. Letters as in blocks.ts. */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { biasedAttention, causalAttention } from "../attention.js";
import { layerNorm, normSpecs } from "../layers.js";
import {
  embed,
  embedSpecs,
  gatedFeedForward,
  gatedFeedForwardSpecs,
  keysAndValues,
  linearWithoutBias,
  linearWithoutBiasSpecs,
  normedAttentionSpecs,
  selfAttention,
  textAttention,
} from "./blocks.js";
import type { EncoderDecoderConfig } from "./config.js";

/** What the decoder knows of the captions. */
export interface EncodedText<T> {
  /** Of `encodeText`, [N, M, d]. */
  readonly states: T;
  /** Of `paddingBias`, [N, 1, 1, M]. */
  readonly bias: T;
}

/** tokens: [N, L] of i64, the start token first → logits [N, L, V]; row i is of the token after tokens[i]. */
export function decodeImage<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  tokens: T,
  text: EncodedText<T>,
): T {
  let x = embed(params, tokens);
  for (let index = 0; index < config.decoderLayers; index++) {
    const layer = params.at(`layers.${index}`);
    x = x.add(selfAttention(layer.at("attention"), config, x, causalAttention));
    const toText = layer.at("text_attention");
    const seen = keysAndValues(toText, config, text.states);
    x = x.add(textAttention(toText, config, x, biasedAttention(text.bias), seen));
    x = x.add(gatedFeedForward(layer.at("feed_forward"), x));
  }
  return linearWithoutBias(params, "logits", layerNorm(params.at("norm"), x));
}

export function imageDecoderSpecs(config: EncoderDecoderConfig): ParameterSpec[] {
  const { width, feedForward, decoderLayers, imageVocabulary, imageStates } = config;
  return [
    ...embedSpecs(imageVocabulary, imageStates, width),
    ...Array.from({ length: decoderLayers }, (_, index) => `layers.${index}`).flatMap((layer) => [
      ...normedAttentionSpecs(`${layer}.attention`, width),
      ...normedAttentionSpecs(`${layer}.text_attention`, width),
      ...gatedFeedForwardSpecs(`${layer}.feed_forward`, width, feedForward),
    ]),
    ...normSpecs("norm", width),
    ...linearWithoutBiasSpecs("logits", width, imageVocabulary),
  ];
}
