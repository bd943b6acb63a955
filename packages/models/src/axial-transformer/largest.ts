/** @file The largest number along the last axis, of comparisons of its halves. */
import type { Tensor } from "@dalle-ts/tensor";

/** [..., d] → [..., 1] */
export function largest<T extends Tensor<T>>(x: T): T {
  const count = x.shape.at(-1)!;
  if (count === 1) return x;
  const half = Math.ceil(count / 2);
  // Of an odd number both parts hold the one in the middle.
  return largest(x.slice(-1, 0, half).maximum(x.slice(-1, count - half)));
}
