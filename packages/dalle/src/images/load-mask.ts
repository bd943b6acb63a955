/**
 * @file A mask file, which says where a picture is drawn anew. With transparency it is read as OpenAI's Images API reads
 * one, transparent where to draw [SPEC §8]; without, white is where to draw. Cut and resized as `loadImage` does.
 */
import { decodePixels } from "#platform/images";
import type { DalleImage } from "./image.js";
import { checkSize, type ImageSource, type LoadImageOptions } from "./source.js";

/** Result: white where to draw anew, black elsewhere, nothing between. */
export async function loadMask(
  source: ImageSource,
  options: LoadImageOptions = {},
): Promise<DalleImage> {
  checkSize(options);
  const { width, height, data } = await decodePixels(source, options, 4);
  const count = width * height;
  const alphas = Uint8Array.from({ length: count }, (_, pixel) => data[4 * pixel + 3]!);
  const isTransparent = alphas.some((alpha) => alpha < 128);
  const pixels = new Uint8Array(3 * count);
  for (const [pixel, alpha] of alphas.entries()) {
    const [red, green, blue] = data.subarray(4 * pixel, 4 * pixel + 3);
    const isDrawn = isTransparent ? alpha < 128 : red! + green! + blue! >= 3 * 128;
    if (isDrawn) pixels.fill(255, 3 * pixel, 3 * pixel + 3);
  }
  return { width, height, pixels };
}
