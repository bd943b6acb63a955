/** @file Photographs without colour. */
import { blend, type Rgb } from "../../palette.js";
import { once, perSide } from "../tables.js";
import { type Image, imageOf, newPixels, planeAt, step } from "./raster.js";
import { toned } from "./toned.js";

export function blackAndWhite(image: Image): Image {
  const tones = toned(image);
  const result = newPixels(image.side);
  for (let at = 0, to = 0; at < tones.length; at++, to += 3)
    result[to] = result[to + 1] = result[to + 2] = 255 * tones[at]!;
  return imageOf(image.side, result);
}

const paper: Rgb = [246, 236, 212];
const brown: readonly [dark: Rgb, middle: Rgb, light: Rgb] = [
  [48, 28, 14],
  [150, 106, 62],
  [244, 224, 184],
];

/** 256 colours from dark to light. */
const browns = once(() =>
  Uint8ClampedArray.from(
    Array.from({ length: 256 }, (_, index): Rgb => {
      const place = (index / 255) * 2;
      return place < 1 ? blend(brown[0], brown[1], place) : blend(brown[1], brown[2], place - 1);
    }).flat(),
  ),
);

/** What a place takes from the tone: the corners are darker. */
const vignette = perSide((side) =>
  planeAt(
    side,
    (x, y) => 0.5 * step(0.42, 0.75, Math.hypot(x / side - 0.5, y / side - 0.5)) - 0.06,
  ),
);

/** Brown tones, dark corners, a faded white border. */
export function sepia(image: Image): Image {
  const { side } = image;
  const tones = toned(image);
  const [colours, corners] = [browns(), vignette(side)];
  const border = Math.ceil(side * 0.045);
  const result = newPixels(side);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at++) {
      const to = at * 3;
      if (Math.min(x, y, side - 1 - x, side - 1 - y) < border) {
        result.set(paper, to);
        continue;
      }
      const tone = Math.max(0, Math.min(1, tones[at]! * 0.92 - corners[at]!));
      const from = Math.round(tone * 255) * 3;
      result[to] = colours[from]!;
      result[to + 1] = colours[from + 1]!;
      result[to + 2] = colours[from + 2]!;
    }
  }
  return imageOf(side, result);
}
