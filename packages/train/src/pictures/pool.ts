/** @file Painted pictures in memory for the training of dVAE and CLIP. */
import { type FamilyName, paintWorld } from "@dalle-ts/data";
import type { PicturePool } from "./picture-batches.js";

export interface PoolOptions {
  readonly families: readonly FamilyName[];
  readonly seed: number;
  readonly pictures: number;
  /** As of `WorldOptions`. */
  readonly alike?: number;
  /** Side in pixels. */
  readonly size: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pictures 0 … count − 1 of the training stream `seed`. */
export async function paintPool(options: PoolOptions): Promise<PicturePool> {
  const { families, seed, pictures: count, size, alike = 1, onProgress } = options;
  const length = size * size * 3;
  const pool = { count, size, bytes: new Uint8Array(count * length) };
  for await (const { start, count: painted, bytes } of paintWorld({
    seed,
    count,
    size,
    families,
    alike,
  })) {
    pool.bytes.set(bytes, start * length);
    onProgress?.(start + painted, count);
  }
  return pool;
}
