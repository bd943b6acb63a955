/**
 * @file Attention to what earlier states left in a cache and to the new states themselves, in one softmax, and the decoding
 * steps that are made of it: caches are inputs only; a step returns the keys and values of the new states, and the caller
 * stores them. Letters: N batch, L new states, H heads, D head size, C cache slots, K codes.
 */
import type { Tensor } from "@dalle-ts/tensor";
import type { Attend } from "./attention.js";

/** Keys and values of one layer's states, [N, H, states, D] each. */
export interface LayerCache<T> {
  readonly key: T;
  readonly value: T;
}

/** Of a decoding step in one stream of caption and picture. */
export interface DecodeInputs<T> {
  /** [N, L] of i64, of the family's joint table. */
  readonly ids: T;
  /** [L] of i64. */
  readonly positions: T;
  /** One per layer: [L, C + L], 0 where the key in that slot, or that new key, is seen; MASKED elsewhere. */
  readonly biases: readonly T[];
  /** One per layer. */
  readonly caches: readonly LayerCache<T>[];
}

export interface DecodeOutputs<T> {
  /** [N, L, K]; meaningful for image states. */
  readonly imageLogits: T;
  /** One per layer: keys and values of the new states, [N, H, L, D]. */
  readonly fresh: readonly LayerCache<T>[];
}

/**
 * query: [N, H, L, D] (scaled); bias: [L, C + L], 0 where the key in that slot, or that new key, is seen → [N, H, L, D].
 * Where C is known only at run time the new keys come first: bias is [L, L + C].
 */
function cachedAttention<T extends Tensor<T>>(
  query: T,
  cache: LayerCache<T>,
  fresh: LayerCache<T>,
  bias: T,
): T {
  const slots = cache.key.shape[2]!;
  const [first, second] = slots < 0 ? [fresh, cache] : [cache, fresh];
  const border = first.key.shape[2]!;
  const scores = query
    .matmul(first.key, { transposeOther: true })
    .concat([query.matmul(second.key, { transposeOther: true })], -1);
  const weights = scores.add(bias).softmax(-1);
  return weights
    .slice(-1, 0, border)
    .matmul(first.value)
    .add(weights.slice(-1, border).matmul(second.value));
}

/** How the layers of one step attend: layer i to caches[i], under biases[i]. `fresh` has what they leave behind. */
export function cachedLayers<T extends Tensor<T>>(
  caches: readonly LayerCache<T>[],
  biases: readonly T[],
): { readonly attend: (layer: number) => Attend<T>; readonly fresh: readonly LayerCache<T>[] } {
  const fresh: LayerCache<T>[] = [];
  const attend =
    (layer: number): Attend<T> =>
    (query, key, value) => {
      fresh[layer] = { key, value };
      return cachedAttention(query, caches[layer]!, { key, value }, biases[layer]!);
    };
  return { attend, fresh };
}
