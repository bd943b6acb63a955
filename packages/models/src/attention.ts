/**
 * @file Attention, and which states it hides from which. Letters: N batch, H heads, S states, M states attended to, D head
 * size.
 */
import { lastingArray, type Tensor } from "@dalle-ts/tensor";

/** Added to the score of a key that must not be seen; its softmax weight is exactly 0. */
export const MASKED = -1e9;

/** How queries (scaled), keys and values mix: [N, H, S, D], [N, H, M, D], [N, H, M, D] → [N, H, S, D] */
export type Attend<T> = (query: T, key: T, value: T) => T;

/** Every state sees all. query (scaled), key, value: [N, H, S, D] → [N, H, S, D] */
export function fullAttention<T extends Tensor<T>>(query: T, key: T, value: T): T {
  return query.matmul(key, { transposeOther: true }).softmax(-1).matmul(value);
}

/** Every state sees itself and those before it. query (scaled), key, value: [N, H, S, D] → [N, H, S, D] */
export function causalAttention<T extends Tensor<T>>(query: T, key: T, value: T): T {
  const count = query.shape[2]!;
  const bias = query.constant(causalBias(count), [count, count], "f32");
  return biasedAttention(bias.cast(query.dtype))(query, key, value);
}

const causalBiases = new Map<number, Float32Array>();

/** Of `count` states, made once. */
function causalBias(count: number): Float32Array {
  const known = causalBiases.get(count);
  if (known) return known;
  const bias = lastingArray(maskValues(count, (state, seen) => seen <= state));
  causalBiases.set(count, bias);
  return bias;
}

/** Attention whose scores [N, H, S, M] get `bias` added, which broadcasts to them. */
export function biasedAttention<T extends Tensor<T>>(bias: T): Attend<T> {
  return (query, key, value) =>
    query.matmul(key, { transposeOther: true }).add(bias).softmax(-1).matmul(value);
}

/**
 * Of `count` states, [S, S]: 0 where the state of a row sees that of a column, MASKED elsewhere. like: any tensor of
 * the engine.
 */
export function maskBias<T extends Tensor<T>>(
  like: T,
  count: number,
  sees: (state: number, seen: number) => boolean,
): T {
  return like.constant(maskValues(count, sees), [count, count], "f32");
}

function maskValues(count: number, sees: (state: number, seen: number) => boolean): Float32Array {
  return Float32Array.from({ length: count * count }, (_, index) =>
    sees(Math.floor(index / count), index % count) ? 0 : MASKED,
  );
}
