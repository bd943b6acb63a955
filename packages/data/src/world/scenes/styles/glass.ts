/** @file Made of light: stained glass with lead between its pieces, and neon tubes on a dark wall. */
import type { Rgb } from "../../palette.js";
import {
  blur,
  colourEdges,
  grain,
  type Image,
  mapPixels,
  planeOf,
  saturate,
  step,
} from "./raster.js";

/** Pieces around jittered points; each has the mean colour under it, and lead where two meet. */
export function stainedGlass(image: Image): Image {
  const { side, pixels } = image;
  const across = 12;
  const cell = side / across;
  // The points, two more on every side than the picture needs.
  const wide = across + 4;
  const points = Array.from({ length: wide * wide }, (_, index): [number, number] => {
    const [column, row] = [(index % wide) - 2, Math.floor(index / wide) - 2];
    return [
      (column + 0.15 + 0.7 * grain(column, row, 1)) * cell,
      (row + 0.15 + 0.7 * grain(column, row, 2)) * cell,
    ];
  });
  const pieces = new Int32Array(side * side);
  const gaps = new Float32Array(side * side);
  const sums = new Map<number, [number, number, number, number]>();
  for (let at = 0; at < pieces.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    let [first, second, owner] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    const corner = row * wide + column;
    for (let step = 0; step < 25; step++) {
      const candidate = corner + (step % 5) + Math.floor(step / 5) * wide;
      const [px, py] = points[candidate]!;
      const far = (px - x) * (px - x) + (py - y) * (py - y);
      if (far < first) {
        second = first;
        first = far;
        owner = candidate;
      } else if (far < second) second = far;
    }
    pieces[at] = owner;
    gaps[at] = Math.sqrt(second) - Math.sqrt(first);
    const sum = sums.get(owner) ?? [0, 0, 0, 0];
    for (let channel = 0; channel < 3; channel++) sum[channel]! += pixels[at * 3 + channel]!;
    sum[3]++;
    sums.set(owner, sum);
  }
  const outline = colourEdges(image);
  return mapPixels(image, (old, at) => {
    const lead = gaps[at]! < side / 150 || outline[at]! > 0.34;
    if (lead) return [22, 20, 26];
    const [red, green, blue, count] = sums.get(pieces[at]!)!;
    // A third of the piece's colour, the rest the picture's: the drawing is painted on the glass.
    const mixed: Rgb = [
      blendOne(red / count, old[0]),
      blendOne(green / count, old[1]),
      blendOne(blue / count, old[2]),
    ];
    const rich = saturate(mixed, 1.9);
    const glow = 1 + 0.25 * step(0, side / 24, gaps[at]!) - 0.1;
    return [rich[0] * glow, rich[1] * glow, rich[2] * glow];
  });
}

function blendOne(piece: number, drawn: number): number {
  return piece / 3 + (drawn * 2) / 3;
}

/** The picture's outlines as tubes of its own colours at full strength, and their glow. */
export function neon(image: Image): Image {
  const { side } = image;
  const unit = Math.max(1, Math.round(side / 64));
  const lines = colourEdges(image).map((steepness) => step(0.1, 0.35, steepness));
  const tint = mapPixels(image, (old) => bright(old));
  const tubes = [0, 1, 2].map((channel) =>
    planeOf(lines.length, (at) => lines[at]! * tint.pixels[at * 3 + channel]!),
  );
  const halos = tubes.map((plane) => blur(blur(plane, side, unit * 2), side, unit));
  return mapPixels(image, (_, at, x, y) => {
    const brick = Math.floor(y / (unit * 4));
    const joint = y % (unit * 4) === 0 || (x + (brick % 2) * unit * 4) % (unit * 8) === 0 ? 8 : 0;
    const core = lines[at]! * 70;
    const channel = (index: number, wall: number) =>
      wall + joint + tubes[index]![at]! * 0.95 + halos[index]![at]! * 1.1 + core;
    return [channel(0, 16), channel(1, 8), channel(2, 28)];
  });
}

/** The hue at full strength; greys become cyan. */
function bright(colour: Rgb): Rgb {
  const [low, high] = [Math.min(...colour), Math.max(...colour)];
  if (high - low < 28) return [40, 220, 255];
  const spread = (value: number) => 30 + (225 * (value - low)) / (high - low);
  return [spread(colour[0]), spread(colour[1]), spread(colour[2])];
}
