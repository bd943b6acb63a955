/** @file Squares of pixels as channels, and back, `space to depth` and `depth to space`; or as their means. */
import type { Tensor } from "@dalle-ts/tensor";

/** [N, C, H · side, W · side] → [N, C · side², H, W]; each channel's square in raster order. */
export function fold<T extends Tensor<T>>(x: T, side: number): T {
  if (side === 1) return x;
  const [count, channels, height, width] = x.shape as [number, number, number, number];
  return x
    .reshape([count, channels, height / side, side, width / side, side])
    .permute([0, 1, 3, 5, 2, 4])
    .reshape([count, channels * side * side, height / side, width / side]);
}

/** [N, C · side², H, W] → [N, C, H · side, W · side], the inverse of `fold`. */
export function unfold<T extends Tensor<T>>(x: T, side: number): T {
  if (side === 1) return x;
  const [count, channels, height, width] = x.shape as [number, number, number, number];
  return x
    .reshape([count, channels / (side * side), side, side, height, width])
    .permute([0, 1, 4, 2, 5, 3])
    .reshape([count, channels / (side * side), times(height, side), times(width, side)]);
}

/** A size that is known only when a graph runs is −1. */
const times = (size: number, factor: number) => (size < 0 ? size : size * factor);

/** [N, C, H · side, W · side] → [N, C, H, W] */
export function meansOfSquares<T extends Tensor<T>>(x: T, side: number): T {
  if (side === 1) return x;
  const [count, channels, height, width] = x.shape as [number, number, number, number];
  return x.reshape([count, channels, height / side, side, width / side, side]).mean([3, 5]);
}
