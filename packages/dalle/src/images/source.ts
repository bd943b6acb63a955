/** @file A picture file that is to be read, and what can be asked of the reading. */
import { badOption, DalleError } from "@dalle-ts/tensor";

/**
 * A path in Node or an address in a page, or the bytes of the file: a PNG, JPEG, WebP, GIF or AVIF; in Node TIFF too,
 * and SVG where it is asked for.
 */
export type ImageSource = string | Uint8Array | Blob;

export interface LoadImageOptions {
  /** Cut the largest centred square out and resize it to size × size; an integer in [1, 16384]. @default as it is */
  readonly size?: number | undefined;
  /**
   * In Node: read an SVG too, if it is one. Only for files that you trust: one of a kilobyte can keep a processor busy for hours.
   * @default false
   */
  readonly svg?: boolean | undefined;
}

/** 8 bits a channel, row by row from the top left. */
export interface DecodedPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** The first HEAD_BYTES of the file, or all of a smaller one. */
  readonly head: Uint8Array;
}

/** 3: on a white ground. 4: with transparency, colours not multiplied by it. */
export type ChannelCount = 3 | 4;

/** 300 MB of RGB; larger than any camera in common use, smaller than a decompression bomb. */
export const MOST_PIXELS = 100_000_000;

/** Before anything is read. */
export function checkAsked(source: ImageSource, { size }: LoadImageOptions): void {
  const isSource =
    typeof source === "string" || source instanceof Uint8Array || source instanceof Blob;
  if (!isSource) throw badOption("source", "a path, bytes (Uint8Array) or a Blob", source);
  if (source === "")
    throw new DalleError("not_found", "The name of the picture's file is empty; give its path.");
  if (size !== undefined && !(Number.isInteger(size) && size >= 1 && size <= 16_384)) {
    throw badOption("size", "an integer in [1, 16384]", size);
  }
}

/** Of a data: address, which is a whole picture, the beginning. */
export const sourceName = (source: ImageSource): string => {
  if (typeof source !== "string") return "The given data";
  return /^data:/i.test(source) && source.length > 40 ? `${source.slice(0, 40)}…` : source;
};
