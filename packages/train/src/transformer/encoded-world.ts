/** @file The painted world as pairs of captions and codes, encoded once by a trained dVAE. */
import { captionOf, type FamilyName, paintWorld, worldSample } from "@dalle-ts/data";
import { type DvaeConfig, gridSide } from "@dalle-ts/models";
import { encodePictures } from "../dvae/encode-pictures.js";
import type { TorchParameters } from "../parameters.js";
import type { Pairs } from "./task.js";

export interface EncodeOptions {
  readonly families: readonly FamilyName[];
  readonly seed: number;
  readonly pictures: number;
  readonly device: string;
  readonly onProgress?: (done: number, total: number) => void;
}

const BATCH = 64;

/** Samples 0 … pictures − 1 of the training stream, painted, encoded and kept as codes: 2 bytes each. */
export async function encodeWorld(
  dvae: { config: DvaeConfig; parameters: TorchParameters },
  options: EncodeOptions,
): Promise<Pairs> {
  const { families, seed, pictures: count } = options;
  const size = dvae.config.imageSize;
  const perPicture = gridSide(dvae.config) ** 2;
  const codes = new Uint16Array(count * perPicture);
  for await (const { start, count: painted, bytes } of paintWorld({
    seed,
    count,
    size,
    families,
  })) {
    for (let first = 0; first < painted; first += BATCH) {
      const some = Math.min(BATCH, painted - first);
      const [from, to] = [first, first + some].map((index) => index * size * size * 3);
      const found = encodePictures(dvae, bytes.subarray(from, to), some, options.device);
      codes.set(found, (start + first) * perPicture);
    }
    options.onProgress?.(start + painted, count);
  }
  return {
    count,
    caption: (record, random) => captionOf(worldSample(seed, record, { families }).scene, random),
    codes: (record) => codes.subarray(record * perPicture, (record + 1) * perPicture),
  };
}
