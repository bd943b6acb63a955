/** @file The painted world as pairs of captions and codes, encoded once by a trained dVAE. */
import { captionOf, type FamilyName, paint, worldSample } from "@dalle-ts/data";
import { type DvaeConfig, gridSide } from "@dalle-ts/models";
import { encodePictures } from "../dvae/encode-pictures.js";
import type { TorchParameters } from "../parameters.js";
import type { PairSource } from "./task.js";

export interface EncodeOptions {
  readonly families: readonly FamilyName[];
  readonly seed: number;
  readonly pictures: number;
  readonly precision: "f32" | "bf16";
  readonly device: string;
  readonly onProgress?: (done: number, total: number) => void;
}

const BATCH = 64;

/** Samples 0 … pictures − 1 of the training stream, painted, encoded and kept as codes: 2 bytes each. */
export function encodeWorld(
  dvae: { config: DvaeConfig; parameters: TorchParameters },
  options: EncodeOptions,
): Pick<PairSource, "count" | "caption" | "codes"> {
  const { families, seed, pictures } = options;
  const perPicture = gridSide(dvae.config) ** 2;
  const codes = new Uint16Array(pictures * perPicture);
  for (let start = 0; start < pictures; start += BATCH) {
    const count = Math.min(BATCH, pictures - start);
    const bytes = paintBatch(options, dvae.config.imageSize, start, count);
    codes.set(encodePictures(dvae, bytes, count, options), start * perPicture);
    options.onProgress?.(start + count, pictures);
  }
  return {
    count: pictures,
    caption: (record, random) => captionOf(worldSample(seed, record, { families }).scene, random),
    codes: (record) => codes.subarray(record * perPicture, (record + 1) * perPicture),
  };
}

function paintBatch(
  { families, seed }: EncodeOptions,
  size: number,
  start: number,
  count: number,
): Uint8Array {
  const bytes = new Uint8Array(count * size * size * 3);
  for (let index = 0; index < count; index++) {
    const { scene } = worldSample(seed, start + index, { families });
    bytes.set(paint(scene, size), index * size * size * 3);
  }
  return bytes;
}
