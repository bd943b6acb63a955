/** @file Images to PNG bytes. The same image and metadata always give the same bytes, in Node or in one browser. */
import { compressPng } from "#platform/images";
import { checkImage, type DalleImage } from "./image.js";
import { CODES_KEY, codesText } from "./picture-codes.js";
import { insertPngMetadata, type PngMetadata } from "./png-metadata.js";

/**
 * `metadata`: caption, seed, settings and model hash, so that a picture can be made again from its file. The codes of a picture
 * that has some are written too.
 */
export async function encodePng(
  image: DalleImage,
  metadata: PngMetadata = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkImage(image);
  const codes = image.codes && { [CODES_KEY]: codesText(image.codes) };
  return insertPngMetadata(await compressPng(image), { ...metadata, ...codes });
}
