/** @file The painted world as pairs of captions and codes, encoded once by a trained dVAE. */
import { type FamilyName, paint, worldSample } from "@dalle-ts/data";
import { type DvaeConfig, encoder, gridSide, mapPixels } from "@dalle-ts/models";
import { noGradient, tidy } from "@dalle-ts/torch";
import { type TorchParameters, treeOf } from "../parameters.js";
import { picturesFromBytes } from "../pictures.js";
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
    codes.set(encodeBatch(dvae, options, start, count), start * perPicture);
    options.onProgress?.(start + count, pictures);
  }
  return {
    count: pictures,
    caption: (record) => worldSample(seed, record, { families }).caption,
    codes: (record) => codes.subarray(record * perPicture, (record + 1) * perPicture),
  };
}

function encodeBatch(
  { config, parameters }: { config: DvaeConfig; parameters: TorchParameters },
  { families, seed, precision, device }: EncodeOptions,
  start: number,
  count: number,
): Uint16Array {
  const size = config.imageSize;
  const bytes = new Uint8Array(count * size * size * 3);
  for (let index = 0; index < count; index++) {
    const { scene } = worldSample(seed, start + index, { families });
    bytes.set(paint(scene, size), index * size * size * 3);
  }
  const codes = noGradient(() =>
    tidy(() => {
      const pixels = mapPixels(picturesFromBytes(bytes, count, size, device));
      const logits = encoder(treeOf(parameters).at("encoder"), config, pixels.cast(precision));
      return logits.argmax(-1).toArray() as BigInt64Array;
    }),
  );
  return Uint16Array.from(codes, Number);
}
