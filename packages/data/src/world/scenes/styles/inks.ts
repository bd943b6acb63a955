/** @file Printing with a few inks: which one is nearest to each pixel's colour. */
import type { Rgb } from "../../palette.js";
import { greyOf, type Image } from "./raster.js";

/** Numbers of inks, one a pixel; `colourful`: how much more colourful than it is the picture is taken to be. */
export function nearestInks(
  { side, pixels }: Image,
  inks: readonly Rgb[],
  colourful: number,
): Uint8Array {
  const flat = Float64Array.from(inks.flat());
  const result = new Uint8Array(side * side);
  let [last, ink] = [-1, 0];
  for (let at = 0, from = 0; at < result.length; at++, from += 3) {
    const [red, green, blue] = [pixels[from]!, pixels[from + 1]!, pixels[from + 2]!];
    const colour = (red << 16) | (green << 8) | blue;
    // Neighbours are mostly of one colour.
    if (colour !== last) {
      last = colour;
      const grey = greyOf(red, green, blue);
      ink = nearest(
        flat,
        grey + (red - grey) * colourful,
        grey + (green - grey) * colourful,
        grey + (blue - grey) * colourful,
      );
    }
    result[at] = ink;
  }
  return result;
}

/** Number of the nearest ink; `inks` has three numbers for each. */
function nearest(inks: Float64Array, red: number, green: number, blue: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < inks.length; at += 3) {
    const far = (inks[at]! - red) ** 2 + (inks[at + 1]! - green) ** 2 + (inks[at + 2]! - blue) ** 2;
    if (far < least) {
      least = far;
      best = at;
    }
  }
  return best / 3;
}
