/** @file Attention over the whole stream: text states see earlier text; image states see all text and their mask. */
import type { Tensor } from "@dalle-ts/tensor";
import { blockAttention } from "./block-attention.js";
import type { TransformerConfig } from "./config.js";
import { MASKED, type MaskKind } from "./masks.js";

/** query (scaled), key, value: [N, H, S, D] over the whole stream → [N, H, S, D] */
export function sparseAttention<T extends Tensor<T>>(
  config: TransformerConfig,
  kind: MaskKind,
  query: T,
  key: T,
  value: T,
): T {
  const text = config.textStates;
  const states = query.shape[2]!;
  const ofText = { key: key.slice(2, 0, text), value: value.slice(2, 0, text) };
  const ofImage = {
    query: query.slice(2, text, states),
    key: key.slice(2, text, states),
    value: value.slice(2, text, states),
  };
  const textOut = causalAttention(query.slice(2, 0, text), ofText.key, ofText.value);
  return textOut.concat([blockAttention(config, kind, ofImage, ofText)], 2);
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
