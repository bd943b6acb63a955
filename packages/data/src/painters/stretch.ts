/** @file A stretch of the world's stream as pictures in memory, painted in the thread that asks. */
import type { FamilyName } from "../world/families.js";
import { paint, type Split, worldSample } from "../world/world.js";

export interface Stretch {
  readonly seed: number;
  /** Index of the first sample. */
  readonly start: number;
  readonly count: number;
  /** Side in pixels. */
  readonly size: number;
  readonly split: Split;
  readonly families: readonly FamilyName[];
  readonly alike: number;
}

/** Height × width × channel bytes of each picture, one behind the other. */
export function paintStretch(stretch: Stretch): Uint8Array<ArrayBuffer> {
  const { seed, start, count, size, split, families, alike } = stretch;
  const length = size * size * 3;
  const bytes = new Uint8Array(count * length);
  for (let index = 0; index < count; index++) {
    const { scene } = worldSample(seed, start + index, { split, families, alike });
    bytes.set(paint(scene, size), index * length);
  }
  return bytes;
}
