/** @file Drawings by hand without colour: pencil lines with hatching, and smudged charcoal. */
import { perSide } from "../tables.js";
import { blur } from "./blur.js";
import { colourEdges, grain, type Image, imageOf, newPixels, planeAt, step } from "./raster.js";
import { toned } from "./toned.js";

/** How dark the strokes of a hatching are where there is one: slantwise, and across that. */
const hatching = perSide((side) => {
  const pitch = Math.max(3, side / 32);
  const strokes = (place: number) =>
    step(0.35, 0.8, Math.abs(((((place / pitch) % 1) + 1) % 1) - 0.5) * 2);
  return {
    slanting: planeAt(side, (x, y) => 0.5 * strokes(x + y)),
    crossing: planeAt(side, (x, y) => 0.4 * strokes(x - y)),
    paper: planeAt(side, (x, y) => 250 - 8 * grain(x, y)),
  };
});

/** White paper, thin gray lines, shadows hatched in one direction. */
export function pencil(image: Image): Image {
  const { side } = image;
  const light = toned(image);
  const lines = colourEdges(image);
  const { slanting, crossing, paper } = hatching(side);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < light.length; at++, to += 3) {
    const shadow = step(0.55, 0.1, light[at]!) * slanting[at]!;
    const deep = step(0.25, 0.05, light[at]!) * crossing[at]!;
    const line = step(0.05, 0.4, lines[at]!);
    const tone = paper[at]! - 170 * Math.max(line, shadow + deep) - 22 * (1 - light[at]!);
    result[to] = result[to + 1] = tone;
    result[to + 2] = tone - 4;
  }
  return imageOf(side, result);
}

/** The roughness of the paper. */
const tooth = perSide((side) =>
  planeAt(side, (x, y) => grain(Math.floor(x / (side / 128)), Math.floor(y / (side / 128)), 3)),
);

/** Coarse paper, broad black strokes, wiped grays. */
export function charcoal(image: Image): Image {
  const { side } = image;
  const unit = Math.max(1, Math.round(side / 64));
  const soft = blur(toned(image), side, unit);
  const lines = blur(colourEdges(image), side, Math.max(1, Math.round(unit * 0.7)));
  const rough = tooth(side);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < soft.length; at++, to += 3) {
    const shade = step(0.42, 0.05, soft[at]!) * 0.9;
    const stroke = step(0.06, 0.22, lines[at]!);
    const ink = Math.min(1, Math.max(shade, stroke) * (0.55 + 0.75 * rough[at]!));
    const paper = 214 - 16 * rough[at]!;
    const tone = paper - (paper - 22) * ink;
    result[to] = tone;
    result[to + 1] = tone * 0.975;
    result[to + 2] = tone * 0.94;
  }
  return imageOf(side, result);
}
