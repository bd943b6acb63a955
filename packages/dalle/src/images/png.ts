/** @file Images to PNG bytes. The same image and metadata always give the same bytes, in Node or in one browser. */
import { compressPng } from "#platform/images";
import { checkImage, type DalleImage } from "./image.js";
import { insertPngMetadata, type PngMetadata } from "./png-metadata.js";

/** `metadata`: caption, seed, settings and model hash, so that a picture can be made again from its file. */
export async function encodePng(
  image: DalleImage,
  metadata: PngMetadata = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkImage(image);
  return insertPngMetadata(await compressPng(image), metadata);
}
