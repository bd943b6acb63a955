/** @file What ruDALL-E and DALLE-pytorch do alike with a caption and a grid of codes [SPEC §7.2, §7.6]. */
import type { Tensor } from "@dalle-ts/tensor";

/**
 * ids: [N, T] of i64, 0 where a caption has ended → the same with `first` + its position there: each has a padding of
 * its own.
 */
export function padText<T extends Tensor<T>>(ids: T, first: number): T {
  const count = ids.shape[1]!;
  const paddings = BigInt64Array.from({ length: count }, (_, state) => BigInt(first + state));
  return ids.lessThan(1).choose(ids.constant(paddings, [count], "i64"), ids);
}

/** ids: [N, T] of i64 → [N, T + 1], `start` in front of each row. */
export function withStart<T extends Tensor<T>>(ids: T, start: number): T {
  const starts = ids.constant(BigInt64Array.of(BigInt(start)), [1, 1], "i64");
  // A column of the ids times 0 has their number of rows, which a recorder may not know.
  const rows = ids.slice(1, 0, 1).mul(0).add(starts);
  return rows.concat([ids], 1);
}

/** rows, columns: [side, d] each → [side², d], the sum for every cell in raster order. */
export function gridPositions<T extends Tensor<T>>(rows: T, columns: T): T {
  const [side, width] = rows.shape as [number, number];
  return rows
    .reshape([side, 1, width])
    .add(columns.reshape([1, side, width]))
    .reshape([side * side, width]);
}
