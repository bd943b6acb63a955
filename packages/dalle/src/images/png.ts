/** @file Images to PNG bytes in Node. The same image and metadata always give the same bytes. */
import sharp from "sharp";
import { checkImage, type DalleImage } from "./image.js";
import { insertPngMetadata, type PngMetadata } from "./png-metadata.js";

/** `metadata`: caption, seed, settings and model hash, so that a picture can be made again from its file. */
export async function encodePng(
  image: DalleImage,
  metadata: PngMetadata = {},
): Promise<Uint8Array> {
  checkImage(image);
  const { width, height, pixels } = image;
  const png = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return insertPngMetadata(png, metadata);
}
