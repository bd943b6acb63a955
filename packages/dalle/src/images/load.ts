/**
 * @file Any picture file to RGB pixels: turned upright by its EXIF tag, transparency on white, the first frame of an
 * animation.
 */
import { decodePixels } from "#platform/images";
import type { DalleImage } from "./image.js";
import { CODES_KEY, parseCodes } from "./picture-codes.js";
import { findPngText } from "./png-metadata.js";
import { checkAsked, type ImageSource, type LoadImageOptions } from "./source.js";

/**
 * RGB pixels of a file: at its own size, or as the square that `size` asks for, which is `dalle.imageSize` for whatever takes a
 * picture of the model's size. A PNG that `encodePng` made of a drawn picture brings its codes. What is no picture, damaged or
 * too large is refused as `bad_file`.
 */
export async function loadImage(
  source: ImageSource,
  options: LoadImageOptions = {},
): Promise<DalleImage> {
  checkAsked(source, options);
  const { width, height, data, head } = await decodePixels(source, options, 3);
  const codes = parseCodes(findPngText(head, CODES_KEY) ?? "");
  return { width, height, pixels: data, ...(codes && { codes }) };
}
