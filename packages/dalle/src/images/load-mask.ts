/**
 * @file A mask file, which says where a picture is drawn anew. With transparency it is read as OpenAI's Images API reads
 * one, transparent where to draw [SPEC §8]; without, white is where to draw. Cut and resized as `loadImage` does.
 */
import type { DalleImage } from "./image.js";
import { decodePixels, type LoadImageOptions } from "./load.js";

/** `source`: a path, or the bytes of a picture file. Result: white where to draw anew, black elsewhere, nothing between. */
export async function loadMask(
  source: string | Uint8Array,
  options: LoadImageOptions = {},
): Promise<DalleImage> {
  const { data, info } = await decodePixels(source, options, (pipeline) => pipeline.ensureAlpha());
  const count = info.width * info.height;
  const alphas = Uint8Array.from({ length: count }, (_, pixel) => data[4 * pixel + 3]!);
  const isTransparent = alphas.some((alpha) => alpha < 128);
  const pixels = new Uint8Array(3 * count);
  for (const [pixel, alpha] of alphas.entries()) {
    const [red, green, blue] = data.subarray(4 * pixel, 4 * pixel + 3);
    const isDrawn = isTransparent ? alpha < 128 : red! + green! + blue! >= 3 * 128;
    if (isDrawn) pixels.fill(255, 3 * pixel, 3 * pixel + 3);
  }
  return { width: info.width, height: info.height, pixels };
}
