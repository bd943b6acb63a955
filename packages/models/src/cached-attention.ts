/**
 * @file Attention to what earlier states left in a cache and to the new states themselves, in one softmax.
 * Letters: N batch, L new states, H heads, D head size, C cache slots.
 */
import type { Tensor } from "@dalle-ts/tensor";

/** Keys and values of one layer's states, [N, H, states, D] each. */
export interface LayerCache<T> {
  readonly key: T;
  readonly value: T;
}

/**
 * query: [N, H, L, D] (scaled); bias: [L, C + L], 0 where the key in that slot, or that new key, is seen → [N, H, L, D]
 */
export function cachedAttention<T extends Tensor<T>>(
  query: T,
  cache: LayerCache<T>,
  fresh: LayerCache<T>,
  bias: T,
): T {
  const slots = cache.key.shape[2]!;
  const scores = query
    .matmul(cache.key, { transposeOther: true })
    .concat([query.matmul(fresh.key, { transposeOther: true })], -1); // [N, H, L, C + L]
  const weights = scores.add(bias).softmax(-1);
  return weights
    .slice(-1, 0, slots)
    .matmul(cache.value)
    .add(weights.slice(-1, slots).matmul(fresh.value));
}
