/** @file What is written into a PNG, so that it can be drawn again: the same keys as `dalle generate` writes. */
import type { PngMetadata } from "dalle-ts";

export function pictureMetadata(picture: {
  readonly caption: string;
  readonly seed: number;
  readonly settings: object;
  readonly modelHash: string;
}): PngMetadata {
  const { caption, seed, settings, modelHash } = picture;
  return { caption, seed: String(seed), settings: JSON.stringify(settings), model: modelHash };
}
