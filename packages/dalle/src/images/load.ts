/**
 * @file Any picture file to RGB pixels in Node: turned upright by its EXIF tag, transparency on white, the first frame
 * of an animation. Files come from strangers: size is limited before anything is decoded, and every failure is one
 * `DalleError`.
 */
import { stat } from "node:fs/promises";
import { badOption, DalleError } from "@dalle-ts/tensor";
import sharp, { type OutputInfo, type Sharp } from "sharp";
import type { DalleImage } from "./image.js";

export interface LoadImageOptions {
  /** Cut the largest centred square out and resize it to size × size; an integer in [1, 16384]. @default as it is */
  readonly size?: number;
}

/** 300 MB of RGB; larger than any camera in common use, smaller than a decompression bomb. */
const MOST_PIXELS = 100_000_000;

/** `source`: a path, or the bytes of a PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG file. */
export async function loadImage(
  source: string | Uint8Array,
  options: LoadImageOptions = {},
): Promise<DalleImage> {
  const { data, info } = await decodePixels(source, options, (pipeline) =>
    pipeline.flatten({ background: "white" }),
  );
  return { width: info.width, height: info.height, pixels: data };
}

/** 8 bits a channel, upright, in the channels that `prepare` leaves. */
export async function decodePixels(
  source: string | Uint8Array,
  { size }: LoadImageOptions,
  prepare: (pipeline: Sharp) => Sharp,
): Promise<{ data: Uint8Array; info: OutputInfo }> {
  if (size !== undefined && !(Number.isInteger(size) && size >= 1 && size <= 16_384)) {
    throw badOption("size", "an integer in [1, 16384]", size);
  }
  if (typeof source === "string") await checkFile(source);
  try {
    const pipeline = prepare(
      sharp(source, { limitInputPixels: MOST_PIXELS, failOn: "truncated" }).autoOrient(),
    ).toColourspace("srgb");
    if (size !== undefined) pipeline.resize(size, size, { fit: "cover", kernel: "lanczos3" });
    return await pipeline.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  } catch (cause) {
    throw explain(nameOf(source), (cause as Error).message, cause);
  }
}

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DalleError("not_found", `${path} does not exist; check the path.`);
  if (!found.isFile()) throw new DalleError("bad_file", `${path} is not a file; name a picture.`);
}

const nameOf = (source: string | Uint8Array): string =>
  typeof source === "string" ? source : "The given data";

/** libvips speaks in several lines; the first says what is wrong. */
function explain(name: string, message: string, cause: unknown): DalleError {
  const reason = message.split("\n")[0]!.trim();
  const sentence = /pixel limit/i.test(reason)
    ? `${name} has more than ${MOST_PIXELS / 1e6} million pixels; make it smaller first.`
    : /unsupported image format|missing or empty|is empty/i.test(reason)
      ? `${name} is not a picture this program can read; give a PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG file.`
      : `${name} is damaged or cut short (${reason}); copy or save it again.`;
  return new DalleError("bad_file", sentence, { cause });
}
