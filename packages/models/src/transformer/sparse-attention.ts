/** @file Attention over the whole stream: text states see earlier text; image states see all text and their mask. */
import type { Tensor } from "@dalle-ts/tensor";
import { blockAttention } from "./block-attention.js";
import { imageStates, type TransformerConfig } from "./config.js";
import { MASKED, type MaskKind } from "./masks.js";

/** query (scaled), key, value: [N, H, S, D] over the whole stream → [N, H, S, D] */
export function sparseAttention<T extends Tensor<T>>(
  config: TransformerConfig,
  kind: MaskKind,
  query: T,
  key: T,
  value: T,
): T {
  const [textQuery, imageQuery] = textAndImage(config, query);
  const [textKey, imageKey] = textAndImage(config, key);
  const [textValue, imageValue] = textAndImage(config, value);
  const ofImage = { query: imageQuery, key: imageKey, value: imageValue };
  const ofText = { key: textKey, value: textValue };
  const textOut = causalAttention(textQuery, textKey, textValue);
  return textOut.concat([blockAttention(config, kind, ofImage, ofText)], 2);
}

/** [N, H, S, D] → [N, H, T, D] and [N, H, S − T, D] */
function textAndImage<T extends Tensor<T>>(config: TransformerConfig, x: T): [T, T] {
  return x.split(2, [config.textStates, imageStates(config)]) as [T, T];
}

/** query, key, value: [N, H, T, D] → [N, H, T, D] */
function causalAttention<T extends Tensor<T>>(query: T, key: T, value: T): T {
  const count = query.shape[2]!;
  const bias = query.constant(causalBias(count), [count, count], "f32").cast(query.dtype);
  return query.matmul(key, { transposeOther: true }).add(bias).softmax(-1).matmul(value);
}

function causalBias(count: number): Float32Array {
  return Float32Array.from({ length: count * count }, (_, index) =>
    index % count > Math.floor(index / count) ? MASKED : 0,
  );
}
