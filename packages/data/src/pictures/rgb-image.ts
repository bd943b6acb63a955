/** @file A picture in memory. */

export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** 8 bits each, row by row from the top left: (height, width, RGB). */
  readonly pixels: Uint8Array;
}
