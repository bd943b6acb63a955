/** @file The same masks computed the obvious way, every pair scored: the oracle that sparse attention is tested against. */
import type { Tensor } from "@dalle-ts/tensor";
import {
  attends,
  MASKED,
  type MaskKind,
  streamStates,
  type TransformerConfig,
} from "../../src/index.js";

/** S · S entries over the whole stream: 0 where the key is seen, MASKED elsewhere. */
export function denseBias(config: TransformerConfig, kind: MaskKind): Float32Array {
  const states = streamStates(config);
  const text = config.textStates;
  const sees = (query: number, key: number) => {
    if (key > query) return false;
    if (key < text) return true;
    return attends(kind, query - text, key - text, config);
  };
  return Float32Array.from({ length: states * states }, (_, index) =>
    sees(Math.floor(index / states), index % states) ? 0 : MASKED,
  );
}

/** query (scaled), key, value: [N, H, S, D] over the whole stream → [N, H, S, D] */
export function denseAttention<T extends Tensor<T>>(
  config: TransformerConfig,
  kind: MaskKind,
  query: T,
  key: T,
  value: T,
): T {
  const states = streamStates(config);
  const bias = query.constant(denseBias(config, kind), [states, states], "f32").cast(query.dtype);
  return query.matmul(key, { transposeOther: true }).add(bias).softmax(-1).matmul(value);
}
