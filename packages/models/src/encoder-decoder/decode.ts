/**
 * @file Cached drawing: what the decoder keeps of a caption, made once, and one image state given what earlier ones left in
 * caches, which are inputs only. Letters as in blocks.ts; M text states, C cache slots, K codes.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { biasedAttention } from "../attention.js";
import { cachedLayers, type LayerCache } from "../cached-attention.js";
import { layerNorm } from "../layers.js";
import {
  embed,
  gatedFeedForward,
  keysAndValues,
  linearWithoutBias,
  selfAttention,
  textAttention,
} from "./blocks.js";
import type { EncoderDecoderConfig } from "./config.js";

/** states: of `encodeText`, [N, M, d] → for each layer of the decoder what its states attend to of the caption, [N, H, M, D]. */
export function textCaches<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  states: T,
): LayerCache<T>[] {
  return Array.from({ length: config.decoderLayers }, (_, index) =>
    keysAndValues(params.at(`layers.${index}.text_attention`), config, states),
  );
}

export interface ImageStepInputs<T> {
  /** [N, 1] of i64: the start, or the code before. */
  readonly ids: T;
  /** [1] of i64. */
  readonly positions: T;
  /** [1, 1 + C], 0 for the state itself, and where the state in that slot is seen. */
  readonly bias: T;
  /** One a layer, [N, H, C, D]. */
  readonly caches: readonly LayerCache<T>[];
  /** Of `textCaches`. */
  readonly text: readonly LayerCache<T>[];
  /** Of `paddingBias`, [N, 1, 1, M]. */
  readonly textBias: T;
}

/** → logits [N, 1, K] of the next code, and keys and values of the state, [N, H, 1, D] a layer. */
export function decodeImageStep<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: EncoderDecoderConfig,
  inputs: ImageStepInputs<T>,
): { readonly logits: T; readonly fresh: readonly LayerCache<T>[] } {
  let x = embed(params, inputs.ids, params.get("positions.weight").lookup(inputs.positions));
  const attendText = biasedAttention(inputs.textBias);
  const { attend, fresh } = cachedLayers(
    inputs.caches,
    inputs.caches.map(() => inputs.bias),
  );
  for (let index = 0; index < config.decoderLayers; index++) {
    const layer = params.at(`layers.${index}`);
    x = x.add(selfAttention(layer.at("attention"), config, x, attend(index)));
    const toText = layer.at("text_attention");
    x = x.add(textAttention(toText, config, x, attendText, inputs.text[index]!));
    x = x.add(gatedFeedForward(layer.at("feed_forward"), x));
  }
  const normed = layerNorm(params.at("norm"), x);
  return {
    logits: linearWithoutBias(params, "logits", normed).slice(2, 0, config.imageCodes),
    fresh,
  };
}
