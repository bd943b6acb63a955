/**
 * @file What the styles share: RGB bytes in, RGB bytes out, and single planes of numbers (edges, brightness). Filters
 * are plain loops over bytes: a closure or an array for each pixel takes ten times as long.
 */
import type { Rgb } from "../../palette.js";

/** side × side × 3 bytes. */
export interface Image {
  readonly side: number;
  readonly pixels: Uint8Array;
}

/** One number a pixel. */
export type Plane = Float32Array;

/** Bytes of a new picture of this side, to write colours to: they are rounded and clamped. */
export function newPixels(side: number): Uint8ClampedArray<ArrayBuffer> {
  return new Uint8ClampedArray(side * side * 3);
}

export function imageOf(side: number, pixels: Uint8ClampedArray<ArrayBuffer>): Image {
  return { side, pixels: new Uint8Array(pixels.buffer) };
}

/** A plane of `count` numbers. A loop, because `Float32Array.from` takes ten times as long. */
export function planeOf(count: number, value: (at: number) => number): Plane {
  const plane = new Float32Array(count);
  for (let at = 0; at < count; at++) plane[at] = value(at);
  return plane;
}

/** A plane that depends on a pixel's place alone. */
export function planeAt(side: number, value: (x: number, y: number) => number): Plane {
  return planeOf(side * side, (at) => value(at % side, Math.floor(at / side)));
}

/** 0 (black) to 1 (white). */
export function luminance([red, green, blue]: Rgb): number {
  return greyOf(red, green, blue) / 255;
}

/** The grey of a colour's brightness, 0 to 255. */
export function greyOf(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** 0 (black) to 1 (white). */
export function brightness({ side, pixels }: Image): Plane {
  const plane = new Float32Array(side * side);
  for (let at = 0, from = 0; at < plane.length; at++, from += 3)
    plane[at] = greyOf(pixels[from]!, pixels[from + 1]!, pixels[from + 2]!) / 255;
  return plane;
}

/**
 * Steepness of the steepest of the three channels, 0 where all are even; about 1 at a step from black to white. It sees
 * red on green of one brightness.
 */
export function colourEdges({ side, pixels }: Image): Plane {
  const steepest = new Float32Array(side * side);
  const stride = side * 3;
  for (let y = 0; y < side; y++) {
    for (let channel = 0; channel < 3; channel++) {
      let here = y * stride + channel;
      let above = y === 0 ? here : here - stride;
      let below = y === side - 1 ? here : here + stride;
      // Sobel's two sums, column by column from west to east: a smoothed one, and the one downwards.
      let smooth = pixels[above]! + 2 * pixels[here]! + pixels[below]!;
      let down = pixels[below]! - pixels[above]!;
      let [westSmooth, westDown] = [smooth, down];
      for (let x = 0, at = y * side; x < side; x++, at++) {
        if (x < side - 1) {
          above += 3;
          here += 3;
          below += 3;
        }
        const eastSmooth = pixels[above]! + 2 * pixels[here]! + pixels[below]!;
        const eastDown = pixels[below]! - pixels[above]!;
        const across = eastSmooth - westSmooth;
        const downwards = westDown + 2 * down + eastDown;
        const steepness = across * across + downwards * downwards;
        if (steepness > steepest[at]!) steepest[at] = steepness;
        westSmooth = smooth;
        westDown = down;
        smooth = eastSmooth;
        down = eastDown;
      }
    }
  }
  for (let at = 0; at < steepest.length; at++) steepest[at] = Math.sqrt(steepest[at]!) / (4 * 255);
  return steepest;
}

/** The same grain for the same place, everywhere: 0 to 1. */
export function grain(x: number, y: number, salt = 0): number {
  let word = Math.imul(x + 374761393 * salt, 668265263) ^ Math.imul(y + 974711, 2246822519 | 0);
  word = Math.imul(word ^ (word >>> 13), 1274126177);
  return ((word ^ (word >>> 16)) >>> 0) / 2 ** 32;
}

/** `share` of the way from nothing below `low` to all above `high`. */
export function step(low: number, high: number, value: number): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}
