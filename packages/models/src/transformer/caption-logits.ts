/**
 * @file The text half of the stream alone: no text state sees an image state, so a caption can be continued before there is
 * a picture.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { causalAttention } from "../attention.js";
import type { TransformerConfig } from "./config.js";
import { textLogits, transformer } from "./transformer.js";

/**
 * ids: [N, T] and positions: [T] of i64, as in stream.ts → logits of the next text token or the caption's end
 * [N, T, textVocabulary + 1], fp32. A state's logits depend on it and those before it alone.
 */
export function captionLogits<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TransformerConfig,
  ids: T,
  positions: T,
): T {
  const states = transformer(params, config, ids, positions, {
    attention: (_config, _kind, query, key, value) => causalAttention(query, key, value),
  });
  return textLogits(params, config, states);
}
