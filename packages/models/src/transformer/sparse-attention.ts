/** @file Attention over the whole stream: text states see earlier text; image states see all text and their mask. */
import type { Tensor } from "@dalle-ts/tensor";
import { causalAttention } from "../attention.js";
import { blockAttention } from "./block-attention.js";
import { imageStates, type TransformerConfig } from "./config.js";
import type { MaskKind } from "./masks.js";

/**
 * query (scaled), key, value: [N, H, S, D] over the whole stream → [N, H, S, D]. `onTextWeights` gets what each image
 * state gives to each text state: [N, H, S − T, T].
 */
export function sparseAttention<T extends Tensor<T>>(
  config: TransformerConfig,
  kind: MaskKind,
  query: T,
  key: T,
  value: T,
  onTextWeights?: (weights: T) => void,
): T {
  const [textQuery, imageQuery] = textAndImage(config, query);
  const [textKey, imageKey] = textAndImage(config, key);
  const [textValue, imageValue] = textAndImage(config, value);
  const ofImage = { query: imageQuery, key: imageKey, value: imageValue };
  const ofText = { key: textKey, value: textValue };
  const textOut = causalAttention(textQuery, textKey, textValue);
  return textOut.concat([blockAttention(config, kind, ofImage, ofText, onTextWeights)], 2);
}

/** [N, H, S, D] → [N, H, T, D] and [N, H, S − T, D] */
function textAndImage<T extends Tensor<T>>(config: TransformerConfig, x: T): [T, T] {
  return x.split(2, [config.textStates, imageStates(config)]) as [T, T];
}
