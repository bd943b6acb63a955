/**
 * @file A stranger's picture file to the square that a model sees: upright by its EXIF tag, transparency on white, the first
 * frame of an animation. The number of pixels is read from the header and limited before anything is decoded.
 */
import sharp, { type Metadata } from "sharp";
import type { Random } from "../random.js";
import { Unreadable } from "../source/read-file.js";
import { areaResize } from "./area-resize.js";
import type { Cut, Cutter } from "./cut.js";
import type { RgbImage } from "./rgb-image.js";

/** Larger than any camera in common use, smaller than a decompression bomb. */
export const MOST_PIXELS = 100_000_000;
/** Seconds that libvips may spend on one picture. */
const MOST_SECONDS = 60;
/** Above this ratio libvips shrinks first, without holding the picture in memory; areas do the last factor. */
const LARGEST_RATIO = 4;

const formats: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "gif", "tiff", "heif"]);

export interface PictureHeader {
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  /** "jpeg", "png", "webp", "gif", "tiff" or "heif" (AVIF). */
  readonly format: string;
}

/** Reads the header alone. Throws `Unreadable`. */
export async function readPictureHeader(bytes: Uint8Array): Promise<PictureHeader> {
  const { format, autoOrient } = await readMetadata(bytes);
  if (!formats.has(format)) throw new Unreadable(`is of the format ${format}; save it as PNG`);
  const { width, height } = autoOrient;
  if (width * height > MOST_PIXELS) {
    throw new Unreadable(
      `has ${width} × ${height} pixels, and ${MOST_PIXELS / 1e6} million are allowed`,
    );
  }
  return { width, height, format };
}

async function readMetadata(bytes: Uint8Array): Promise<Metadata> {
  try {
    // The limit is ours to tell: libvips would not say how large the picture is.
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new Unreadable(explain((error as Error).message));
  }
}

export interface DecodedPicture {
  readonly header: PictureHeader;
  /** size × size */
  readonly image: RgbImage;
}

/** Throws `Unreadable` for anything that is not a whole picture. */
export async function decodePicture(
  bytes: Uint8Array,
  size: number,
  cutter: Cutter,
  random: Random,
): Promise<DecodedPicture> {
  const header = await readPictureHeader(bytes);
  const cut = cutter(header.width, header.height, size, random);
  const square = await readSquare(bytes, cut);
  return { header, image: windowOf(areaResize(square, cut.resized), cut, size) };
}

async function readSquare(bytes: Uint8Array, { left, top, side, resized }: Cut): Promise<RgbImage> {
  const pipeline = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "truncated" })
    .timeout({ seconds: MOST_SECONDS })
    .autoOrient()
    .extract({ left, top, width: side, height: side })
    .flatten({ background: "white" })
    .toColourspace("srgb");
  if (side > LARGEST_RATIO * resized) {
    pipeline.resize(LARGEST_RATIO * resized, LARGEST_RATIO * resized, { kernel: "linear" });
  }
  try {
    const { data, info } = await pipeline
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, pixels: data };
  } catch (error) {
    throw new Unreadable(explain((error as Error).message));
  }
}

function windowOf(image: RgbImage, cut: Cut, size: number): RgbImage {
  const { windowLeft, windowTop, mirrored } = cut;
  if (image.width === size && !mirrored) return image;
  const pixels = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const column = windowLeft + (mirrored ? size - 1 - x : x);
      const from = ((windowTop + y) * image.width + column) * 3;
      pixels.set(image.pixels.subarray(from, from + 3), (y * size + x) * 3);
    }
  }
  return { width: size, height: size, pixels };
}

/** libvips speaks in several lines; the first says what is wrong. */
function explain(message: string): string {
  const reason = message.split("\n")[0]!.trim();
  if (/unsupported image format|missing or empty|is empty/i.test(reason)) {
    return "is not a picture of a format that is read";
  }
  return `is damaged or cut short (${reason})`;
}
