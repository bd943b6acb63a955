/**
 * @file A mask file, which says where a picture is drawn anew: by its transparency, as OpenAI's Images API reads one
 * [SPEC §8], or by its colours. Cut and resized as `loadImage` does. All results are white where to draw anew, black elsewhere,
 * and nothing between.
 */
import { decodePixels } from "#platform/images";
import type { DalleImage } from "./image.js";
import {
  checkAsked,
  type DecodedPixels,
  type ImageSource,
  type LoadImageOptions,
} from "./source.js";

/** Where anything is transparent, transparent is where to draw; otherwise white is. */
export async function loadMask(
  source: ImageSource,
  options: LoadImageOptions = {},
): Promise<DalleImage> {
  const decoded = await decode(source, options);
  return transparencyOf(decoded) ?? maskWhere(decoded, isWhite);
}

/** Transparent is where to draw, whatever its colour; undefined where nothing is transparent at the size asked for. */
export async function loadTransparency(
  source: ImageSource,
  options: LoadImageOptions = {},
): Promise<DalleImage | undefined> {
  return transparencyOf(await decode(source, options));
}

/** White is where to draw; what is transparent shows a black ground. */
export async function loadWhiteMask(
  source: ImageSource,
  options: LoadImageOptions = {},
): Promise<DalleImage> {
  return maskWhere(await decode(source, options), isWhiteOnBlack);
}

function decode(source: ImageSource, options: LoadImageOptions): Promise<DecodedPixels> {
  checkAsked(source, options);
  return decodePixels(source, options, 4);
}

function transparencyOf(decoded: DecodedPixels): DalleImage | undefined {
  const mask = maskWhere(decoded, isTransparent);
  return mask.pixels.includes(255) ? mask : undefined;
}

/** Of the four channels of a pixel. */
type Rule = (pixel: Uint8Array) => boolean;

const isTransparent: Rule = ([, , , alpha]) => alpha! < 128;
const isWhite: Rule = ([red, green, blue]) => red! + green! + blue! >= 3 * 128;
const isWhiteOnBlack: Rule = ([red, green, blue, alpha]) =>
  ((red! + green! + blue!) * alpha!) / 255 >= 3 * 128;

function maskWhere({ width, height, data }: DecodedPixels, isDrawn: Rule): DalleImage {
  const pixels = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (!isDrawn(data.subarray(4 * pixel, 4 * pixel + 4))) continue;
    pixels.fill(255, 3 * pixel, 3 * pixel + 3);
  }
  return { width, height, pixels };
}
