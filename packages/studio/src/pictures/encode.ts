/** @file Pictures to the bytes that clients get: resized from the model's size, as PNG, WebP or JPEG. */
import { type DalleImage, encodePng, type PngMetadata } from "dalle-ts";
import sharp from "sharp";
import type { PictureSize } from "./size.js";

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

export async function encodePicture(
  image: DalleImage,
  { format, quality = 100, size, metadata }: EncodeOptions,
): Promise<Uint8Array> {
  const sized = size ? await resize(image, size) : image;
  if (format === "png") return encodePng(sized, metadata);
  const { width, height, pixels } = sized;
  const pipeline = sharp(pixels, { raw: { width, height, channels: 3 } });
  // Neither takes 0 for its lowest quality.
  return pipeline.toFormat(format, { quality: Math.max(1, quality) }).toBuffer();
}

async function resize(image: DalleImage, { width, height }: PictureSize): Promise<DalleImage> {
  if (image.width === width && image.height === height) return image;
  const { data, info } = await sharp(image.pixels, {
    raw: { width: image.width, height: image.height, channels: 3 },
  })
    .resize(width, height, { fit: "contain", background: "white", kernel: "lanczos3" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}
