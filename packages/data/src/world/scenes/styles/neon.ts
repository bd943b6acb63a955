/** @file Neon tubes on a dark wall. */
import { perSide } from "../tables.js";
import { blurImage } from "./blur.js";
import { colourEdges, type Image, imageOf, newPixels, planeAt, step } from "./raster.js";

const unitOf = (side: number) => Math.max(1, Math.round(side / 64));

/** Brickwork: how much lighter the joints are. */
const joints = perSide((side) => {
  const high = unitOf(side) * 4;
  return planeAt(side, (x, y) => {
    const shift = (Math.floor(y / high) % 2) * high;
    return y % high === 0 || (x + shift) % (high * 2) === 0 ? 8 : 0;
  });
});

/** The picture's outlines as tubes of its own colours at full strength, and their glow. */
export function neon(image: Image): Image {
  const { side } = image;
  const lines = colourEdges(image);
  const tubes = tubesOf(image, lines);
  const unit = unitOf(side);
  const halo = blurImage(blurImage(tubes, unit * 2), unit).pixels;
  const wall = joints(side);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < lines.length; at++, to += 3) {
    const base = wall[at]! + step(0.1, 0.35, lines[at]!) * 70;
    result[to] = base + 16 + tubes.pixels[to]! * 0.95 + halo[to]! * 1.1;
    result[to + 1] = base + 8 + tubes.pixels[to + 1]! * 0.95 + halo[to + 1]! * 1.1;
    result[to + 2] = base + 28 + tubes.pixels[to + 2]! * 0.95 + halo[to + 2]! * 1.1;
  }
  return imageOf(side, result);
}

/** The hue at full strength along the lines; greys become cyan. */
function tubesOf({ side, pixels }: Image, lines: Float32Array): Image {
  const tubes = newPixels(side);
  for (let at = 0, to = 0; at < lines.length; at++, to += 3) {
    const line = step(0.1, 0.35, lines[at]!);
    if (line === 0) continue;
    const [red, green, blue] = [pixels[to]!, pixels[to + 1]!, pixels[to + 2]!];
    const low = Math.min(red, green, blue);
    const range = Math.max(red, green, blue) - low;
    const grey = range < 28;
    tubes[to] = line * (grey ? 40 : 30 + (225 * (red - low)) / range);
    tubes[to + 1] = line * (grey ? 220 : 30 + (225 * (green - low)) / range);
    tubes[to + 2] = line * (grey ? 255 : 30 + (225 * (blue - low)) / range);
  }
  return imageOf(side, tubes);
}
