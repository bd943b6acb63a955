/** @file Held-out pictures of what a model was taught, of a seed of no training, and means over them. */
import { type FamilyName, paint, worldSample } from "@dalle-ts/data";
import type { Dalle } from "dalle-ts";

export const PICTURES = 128;
export const SEED = 4_000_003;

/** The same PICTURES captions and pictures for models that were taught the same families, at the model's size. */
export function* heldOutPictures({ config, imageSize: size }: Dalle) {
  const families = config.world?.flatMap((stream) => stream.families) as FamilyName[];
  for (let index = 0; index < PICTURES; index++) {
    const { scene, caption } = worldSample(SEED, index, { split: "held-out", families });
    yield { caption, image: { width: size, height: size, pixels: paint(scene, size) } };
  }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
