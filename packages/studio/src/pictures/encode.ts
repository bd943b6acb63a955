/** @file Pictures to the bytes that clients get: resized from the model's size, as PNG, WebP or JPEG. */
import { type DalleImage, encodePng, insertPngMetadata, type PngMetadata } from "dalle-ts";
import sharp from "sharp";
import type { PictureSize } from "./size.js";
import { pictureTurns } from "./turns.js";

export const pictureFormats = ["png", "webp", "jpeg"] as const;
export type PictureFormat = (typeof pictureFormats)[number];

export interface EncodeOptions {
  readonly format: PictureFormat;
  /** Of WebP and JPEG, in [0, 100]. @default 100 */
  readonly quality?: number;
  /** The square picture is fitted into it, on white. @default the picture's own */
  readonly size?: PictureSize;
  /** Written into a PNG. */
  readonly metadata?: PngMetadata;
}

/** A few at a time, whoever asks. */
export function encodePicture(image: DalleImage, options: EncodeOptions): Promise<Uint8Array> {
  return pictureTurns.run(() => encode(image, options));
}

async function encode(
  image: DalleImage,
  { format, quality = 100, size, metadata = {} }: EncodeOptions,
): Promise<Uint8Array> {
  const { width, height, pixels } = image;
  const isSized = size === undefined || (size.width === width && size.height === height);
  if (format === "png" && isSized) return encodePng(image, metadata);
  // One pipeline: libvips passes strips of the large picture on to the encoder and never holds all of it.
  const pipeline = sharp(pixels, { raw: { width, height, channels: 3 } });
  if (!isSized) {
    pipeline.resize(size.width, size.height, {
      fit: "contain",
      background: "white",
      kernel: "lanczos3",
    });
  }
  if (format === "png") return insertPngMetadata(await pipeline.png().toBuffer(), metadata);
  // Neither takes 0 for its lowest quality.
  return pipeline.toFormat(format, { quality: Math.max(1, quality) }).toBuffer();
}
