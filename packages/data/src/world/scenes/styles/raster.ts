/** @file What the styles share: RGB bytes in, RGB bytes out, and single planes of numbers (brightness, edges). */
import { blend, type Rgb } from "../../palette.js";

/** side × side × 3 bytes. */
export interface Image {
  readonly side: number;
  readonly pixels: Uint8Array;
}

/** One number a pixel. */
export type Plane = Float32Array;

/** A new image, each pixel given by its place; colours are rounded and clamped. */
export function mapPixels(
  { side, pixels }: Image,
  colour: (old: Rgb, at: number, x: number, y: number) => Rgb,
): Image {
  const result = new Uint8ClampedArray(pixels.length);
  for (let at = 0; at < side * side; at++) {
    const old: Rgb = [pixels[at * 3]!, pixels[at * 3 + 1]!, pixels[at * 3 + 2]!];
    const fresh = colour(old, at, at % side, Math.floor(at / side));
    result[at * 3] = fresh[0];
    result[at * 3 + 1] = fresh[1];
    result[at * 3 + 2] = fresh[2];
  }
  return { side, pixels: new Uint8Array(result.buffer) };
}

/** A plane of `count` numbers. A loop, because `Float32Array.from` takes ten times as long. */
export function planeOf(count: number, value: (at: number) => number): Plane {
  const plane = new Float32Array(count);
  for (let at = 0; at < count; at++) plane[at] = value(at);
  return plane;
}

/** 0 (black) to 1 (white). */
export function luminance([red, green, blue]: Rgb): number {
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}

export function brightness({ side, pixels }: Image): Plane {
  return planeOf(side * side, (at) =>
    luminance([pixels[at * 3]!, pixels[at * 3 + 1]!, pixels[at * 3 + 2]!]),
  );
}

/**
 * Brightness stretched to the whole range, darkest and lightest 2 % apart, half of it against its surroundings: a dark
 * cat at night still stands out.
 */
export function toned(image: Image): Plane {
  const { side } = image;
  const light = brightness(image);
  const around = blur(light, side, Math.round(side / 7));
  const local = light.map((value, at) => 0.55 * value + 1.1 * (value - around[at]!));
  const sorted = local.toSorted();
  const [low, high] = [0.02, 0.98].map((share) => sorted[Math.floor(share * local.length)]!);
  return local.map((value) => step(low!, Math.max(high!, low! + 0.05), value));
}

/** The mean over a square of 2 · radius + 1, by two running sums. */
export function blur(plane: Plane, side: number, radius: number): Plane {
  return alongRows(alongRows(plane, side, radius), side, radius);
}

/** Blurs along rows and turns the plane on its side, so that doing it twice blurs both ways. */
function alongRows(plane: Plane, side: number, radius: number): Plane {
  const result = new Float32Array(plane.length);
  const clamp = (x: number) => Math.max(0, Math.min(side - 1, x));
  for (let y = 0; y < side; y++) {
    let sum = 0;
    for (let x = -radius; x <= radius; x++) sum += plane[y * side + clamp(x)]!;
    for (let x = 0; x < side; x++) {
      result[x * side + y] = sum / (2 * radius + 1);
      sum += plane[y * side + clamp(x + radius + 1)]! - plane[y * side + clamp(x - radius)]!;
    }
  }
  return result;
}

export function blurImage({ side, pixels }: Image, radius: number): Image {
  const result = new Uint8Array(pixels.length);
  for (let channel = 0; channel < 3; channel++) {
    const plane = planeOf(side * side, (at) => pixels[at * 3 + channel]!);
    const soft = blur(plane, side, radius);
    for (let at = 0; at < soft.length; at++) result[at * 3 + channel] = soft[at]!;
  }
  return { side, pixels: result };
}

/** Steepness of a plane, 0 where it is even; about 1 at a step from black to white. */
export function edges(plane: Plane, side: number): Plane {
  const last = side - 1;
  const result = new Float32Array(plane.length);
  for (let y = 0; y < side; y++) {
    const [above, here, below] = [
      Math.max(0, y - 1) * side,
      y * side,
      Math.min(last, y + 1) * side,
    ];
    for (let x = 0; x < side; x++) {
      const west = x === 0 ? 0 : x - 1;
      const east = x === last ? last : x + 1;
      const [nw, ne] = [plane[above + west]!, plane[above + east]!];
      const [sw, se] = [plane[below + west]!, plane[below + east]!];
      const across = ne + 2 * plane[here + east]! + se - nw - 2 * plane[here + west]! - sw;
      const down = sw + 2 * plane[below + x]! + se - nw - 2 * plane[above + x]! - ne;
      result[here + x] = Math.sqrt(across * across + down * down) / 4;
    }
  }
  return result;
}

/** The steepest of the three channels: it sees red on green of one brightness. */
export function colourEdges({ side, pixels }: Image): Plane {
  const planes = [0, 1, 2].map((channel) =>
    edges(
      planeOf(side * side, (at) => pixels[at * 3 + channel]! / 255),
      side,
    ),
  );
  return planeOf(side * side, (at) => Math.max(planes[0]![at]!, planes[1]![at]!, planes[2]![at]!));
}

/** The same grain for the same place, everywhere: 0 to 1. */
export function grain(x: number, y: number, salt = 0): number {
  let word = Math.imul(x + 374761393 * salt, 668265263) ^ Math.imul(y + 974711, 2246822519 | 0);
  word = Math.imul(word ^ (word >>> 13), 1274126177);
  return ((word ^ (word >>> 16)) >>> 0) / 2 ** 32;
}

/** The nearest of a palette. */
export function nearest(colour: Rgb, palette: readonly Rgb[]): Rgb {
  let best = palette[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of palette) {
    const far =
      (candidate[0] - colour[0]) ** 2 +
      (candidate[1] - colour[1]) ** 2 +
      (candidate[2] - colour[2]) ** 2;
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** A colour of a ramp with stops evenly from 0 to 1. */
export function ramp(stops: readonly Rgb[], share: number): Rgb {
  const place = Math.max(0, Math.min(0.9999, share)) * (stops.length - 1);
  const index = Math.floor(place);
  return blend(stops[index]!, stops[index + 1]!, place - index);
}

/** More or less colourful, around the pixel's own grey. */
export function saturate(colour: Rgb, by: number): Rgb {
  const grey = luminance(colour) * 255;
  return [
    grey + (colour[0] - grey) * by,
    grey + (colour[1] - grey) * by,
    grey + (colour[2] - grey) * by,
  ];
}

/** `share` of the way from nothing below `low` to all above `high`. */
export function step(low: number, high: number, value: number): number {
  return Math.max(0, Math.min(1, (value - low) / (high - low)));
}
