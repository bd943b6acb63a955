/** @file Stained glass: pieces of the picture's colours with lead between them. */
import { perSide } from "../tables.js";
import {
  colourEdges,
  grain,
  greyOf,
  type Image,
  imageOf,
  newPixels,
  type Plane,
  step,
} from "./raster.js";

/** Pieces to a side. */
const across = 12;
/** Points to a side: two more at each end than the picture needs. */
const wide = across + 4;

interface Window {
  /** Whose piece a pixel is in. */
  readonly pieces: Uint8Array;
  /** How bright the glass is there, darker towards the lead; 0 where lead is. */
  readonly glow: Plane;
}

/** The window without a picture: each pixel belongs to the nearest of jittered points. */
const windowOf = perSide((side): Window => {
  const cell = side / across;
  const pointAt = (index: number, salt: number, place: number) =>
    (place - 2 + 0.15 + 0.7 * grain((index % wide) - 2, Math.floor(index / wide) - 2, salt)) * cell;
  const points = Array.from({ length: wide * wide }, (_, index) => ({
    x: pointAt(index, 1, index % wide),
    y: pointAt(index, 2, Math.floor(index / wide)),
  }));
  const pieces = new Uint8Array(side * side);
  const glow = new Float32Array(side * side);
  for (let at = 0; at < pieces.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const corner = Math.floor(y / cell) * wide + Math.floor(x / cell);
    let [first, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let near = 0; near < 25; near++) {
      const candidate = corner + (near % 5) + Math.floor(near / 5) * wide;
      const point = points[candidate]!;
      const far = Math.hypot(point.x - x, point.y - y);
      if (far < first) {
        second = first;
        first = far;
        pieces[at] = candidate;
      } else if (far < second) second = far;
    }
    const gap = second - first;
    glow[at] = gap < side / 150 ? 0 : 0.9 + 0.25 * step(0, side / 24, gap);
  }
  return { pieces, glow };
});

export function stainedGlass(image: Image): Image {
  const { side, pixels } = image;
  const { pieces, glow } = windowOf(side);
  const colours = meanColours(pixels, pieces);
  const outline = colourEdges(image);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < pieces.length; at++, to += 3) {
    const light = outline[at]! > 0.34 ? 0 : glow[at]!;
    if (light === 0) {
      result[to] = 22;
      result[to + 1] = 20;
      result[to + 2] = 26;
      continue;
    }
    // A third of the piece's colour, the rest the picture's: the drawing is painted on the glass.
    const piece = pieces[at]! * 3;
    const red = (colours[piece]! + 2 * pixels[to]!) / 3;
    const green = (colours[piece + 1]! + 2 * pixels[to + 1]!) / 3;
    const blue = (colours[piece + 2]! + 2 * pixels[to + 2]!) / 3;
    const grey = greyOf(red, green, blue);
    result[to] = (grey + (red - grey) * 1.9) * light;
    result[to + 1] = (grey + (green - grey) * 1.9) * light;
    result[to + 2] = (grey + (blue - grey) * 1.9) * light;
  }
  return imageOf(side, result);
}

/** The mean colour under each piece, three numbers a piece. */
function meanColours(pixels: Uint8Array, pieces: Uint8Array): Float64Array {
  const sums = new Float64Array(wide * wide * 3);
  const counts = new Int32Array(wide * wide);
  for (let at = 0, from = 0; at < pieces.length; at++, from += 3) {
    const piece = pieces[at]!;
    sums[piece * 3]! += pixels[from]!;
    sums[piece * 3 + 1]! += pixels[from + 1]!;
    sums[piece * 3 + 2]! += pixels[from + 2]!;
    counts[piece]!++;
  }
  return sums.map((sum, at) => sum / counts[Math.floor(at / 3)]!);
}
