/** @file Painted pictures in memory for the dVAE's training. */
import { type FamilyName, paint, worldSample } from "@dalle-ts/data";
import type { PicturePool } from "./picture-batches.js";

export interface PoolOptions {
  readonly families: readonly FamilyName[];
  readonly seed: number;
  readonly pictures: number;
  /** Side in pixels. */
  readonly size: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pictures 0 … count − 1 of the training stream `seed`. */
export function paintPool({
  families,
  seed,
  pictures,
  size,
  onProgress,
}: PoolOptions): PicturePool {
  const length = size * size * 3;
  const bytes = new Uint8Array(pictures * length);
  for (let index = 0; index < pictures; index++) {
    bytes.set(paint(worldSample(seed, index, { families }).scene, size), index * length);
    onProgress?.(index + 1, pictures);
  }
  return { count: pictures, size, bytes };
}
