/** @file Drawings by hand without colour: pencil lines with hatching, and smudged charcoal. */
import { blur, colourEdges, grain, type Image, mapPixels, step, toned } from "./raster.js";

/** White paper, thin gray lines, shadows hatched in one direction. */
export function pencil(image: Image): Image {
  const { side } = image;
  const light = toned(image);
  const lines = colourEdges(image);
  const pitch = Math.max(3, side / 32);
  return mapPixels(image, (_, at, x, y) => {
    const line = step(0.05, 0.4, lines[at]!);
    const stripe = Math.abs((((((x + y) / pitch) % 1) + 1) % 1) - 0.5) * 2;
    const crossed = Math.abs((((((x - y) / pitch) % 1) + 1) % 1) - 0.5) * 2;
    const shadow = step(0.55, 0.1, light[at]!) * 0.5 * step(0.35, 0.8, stripe);
    const deep = step(0.25, 0.05, light[at]!) * 0.4 * step(0.35, 0.8, crossed);
    const tone =
      250 - 170 * Math.max(line, shadow + deep) - 8 * grain(x, y) - 22 * (1 - light[at]!);
    return [tone, tone, tone - 4];
  });
}

/** Coarse paper, broad black strokes, wiped grays. */
export function charcoal(image: Image): Image {
  const { side } = image;
  const unit = Math.max(1, Math.round(side / 64));
  const soft = blur(toned(image), side, unit);
  const lines = blur(colourEdges(image), side, Math.max(1, Math.round(unit * 0.7)));
  return mapPixels(image, (_, at, x, y) => {
    const tooth = grain(Math.floor(x / (side / 128)), Math.floor(y / (side / 128)), 3);
    const shade = step(0.42, 0.05, soft[at]!) * 0.9;
    const stroke = step(0.06, 0.22, lines[at]!);
    const ink = Math.min(1, Math.max(shade, stroke) * (0.55 + 0.75 * tooth));
    const paper = 214 - 16 * tooth;
    const tone = paper - (paper - 22) * ink;
    return [tone, tone * 0.975, tone * 0.94];
  });
}
