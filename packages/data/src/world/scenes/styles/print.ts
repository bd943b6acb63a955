/** @file Printed and plotted: Japanese woodblock, and blueprint. */
import type { Rgb } from "../../palette.js";
import { perSide } from "../tables.js";
import { blurImage } from "./blur.js";
import { nearestInks } from "./inks.js";
import {
  colourEdges,
  grain,
  greyOf,
  type Image,
  imageOf,
  newPixels,
  planeAt,
  step,
} from "./raster.js";

const inks: readonly Rgb[] = [
  [28, 44, 84],
  [52, 92, 140],
  [126, 164, 178],
  [196, 208, 192],
  [240, 226, 192],
  [226, 186, 132],
  [204, 92, 60],
  [158, 52, 44],
  [110, 128, 84],
  [168, 170, 112],
  [120, 84, 60],
  [222, 148, 128],
];
const contour: Rgb = [26, 30, 56];

/** The printer's frame and red seal, which are on every print, with 255 where the picture shows; and the paper's fibres. */
const sheet = perSide((side) => {
  const unit = side / 64;
  return {
    frame: Uint8Array.from(planeAt(side, (x, y) => frameAt(x / unit, y / unit))),
    fibres: planeAt(side, (x, y) => (grain(Math.floor(x / 6), y, 5) - 0.5) * 14),
  };
});

const frameColours: readonly Rgb[] = [
  [242, 230, 200],
  [40, 40, 60],
  [190, 36, 32],
  [244, 226, 196],
];

/** Which of the frame's colours is at a point in canvas units. */
function frameAt(u: number, v: number): number {
  const border = Math.min(u, v, 64 - u, 64 - v);
  if (border < 2) return 0;
  if (border < 2.6) return 1;
  if (!(u > 55 && u < 59.5 && v > 5 && v < 14)) return 255;
  const cut = Math.abs(((v - 5) % 3) - 1.5) < 0.5 && u > 56 && u < 58.5;
  return cut ? 3 : 2;
}

/** The few inks of old prints, dark contours, fibres in the paper, and the printer's red seal. */
export function ukiyoE(image: Image): Image {
  const { side } = image;
  const lines = colourEdges(image);
  const nearest = nearestInks(blurImage(image, Math.round(side / 128)), inks, 1);
  const { frame, fibres } = sheet(side);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < lines.length; at++, to += 3) {
    if (frame[at]! !== 255) {
      result.set(frameColours[frame[at]!]!, to);
      continue;
    }
    const ink = inks[nearest[at]!]!;
    const line = step(0.16, 0.34, lines[at]!);
    const fibre = fibres[at]!;
    result[to] = ink[0] + (contour[0] - ink[0]) * line + fibre;
    result[to + 1] = ink[1] + (contour[1] - ink[1]) * line + fibre;
    result[to + 2] = ink[2] + (contour[2] - ink[2]) * line + fibre;
  }
  return imageOf(side, result);
}

/** How white the grid is. */
const grid = perSide((side) => {
  const [fine, coarse] = [Math.max(1, Math.round(side / 16)), Math.max(1, Math.round(side / 4))];
  const on = (pitch: number, x: number, y: number) => x % pitch === 0 || y % pitch === 0;
  return planeAt(side, (x, y) => (on(coarse, x, y) ? 0.32 : on(fine, x, y) ? 0.13 : 0));
});

/** White lines and a fine grid on blue. */
export function blueprint(image: Image): Image {
  const { side, pixels } = image;
  const lines = colourEdges(image);
  const printed = grid(side);
  const result = newPixels(side);
  for (let at = 0, to = 0; at < lines.length; at++, to += 3) {
    const light = greyOf(pixels[to]!, pixels[to + 1]!, pixels[to + 2]!) / 255;
    const line = Math.max(printed[at]!, step(0.06, 0.26, lines[at]!));
    const [green, blue] = [62 + 10 * light, 148 + 14 * light];
    result[to] = 18 + (240 - 18) * line;
    result[to + 1] = green + (248 - green) * line;
    result[to + 2] = blue + (255 - blue) * line;
  }
  return imageOf(side, result);
}
