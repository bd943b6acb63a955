/** @file Printed and plotted: pop art, pixel art, Japanese woodblock, blueprint. */
import { blend, type Rgb } from "../../palette.js";
import {
  blur,
  blurImage,
  brightness,
  colourEdges,
  grain,
  type Image,
  luminance,
  mapPixels,
  nearest,
  saturate,
  step,
} from "./raster.js";

/** Loud flat inks by hue and light, halftone dots in the middle tones, black outlines. */
export function popArt(image: Image): Image {
  const { side } = image;
  const pitch = side / 25;
  const lines = colourEdges(image);
  const inks: readonly Rgb[] = [
    [18, 16, 40],
    [230, 20, 70],
    [255, 106, 20],
    [255, 220, 0],
    [0, 176, 240],
    [255, 92, 178],
    [30, 190, 90],
    [120, 40, 190],
    [255, 250, 235],
  ];
  return mapPixels(image, (old, at, x, y) => {
    if (lines[at]! > 0.33) return [18, 16, 30];
    const ink = nearest(saturate(old, 2.2), inks);
    const [dx, dy] = [
      ((x / pitch) % 1) - 0.5,
      ((y / pitch + (Math.floor(x / pitch) % 2) * 0.5) % 1) - 0.5,
    ];
    const dot = Math.hypot(dx, dy) < 0.52 * (1 - luminance(old));
    return dot ? blend(ink, [230, 20, 90], 0.55) : ink;
  });
}

/** About 42 × 42 squares with few tones each channel. */
export function pixelArt(image: Image): Image {
  const { side } = image;
  const cell = Math.max(1, Math.round(side / 42));
  const soft = blurImage(image, Math.floor(cell / 2));
  const tones = 8;
  const snap = (value: number) => (Math.round((value / 255) * (tones - 1)) * 255) / (tones - 1);
  return mapPixels(image, (_, __, x, y) => {
    const middle = (value: number) =>
      Math.min(side - 1, Math.floor(value / cell) * cell + (cell >> 1));
    const at = (middle(y) * side + middle(x)) * 3;
    const old = saturate([soft.pixels[at]!, soft.pixels[at + 1]!, soft.pixels[at + 2]!], 1.25);
    return [snap(old[0]), snap(old[1]), snap(old[2])];
  });
}

const woodblock: readonly Rgb[] = [
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

/** The few inks of old prints, dark contours, fibres in the paper, and the printer's red seal. */
export function ukiyoE(image: Image): Image {
  const { side } = image;
  const unit = side / 64;
  const lines = colourEdges(image);
  return mapPixels(blurImage(image, Math.round(unit / 2)), (old, at, x, y) => {
    const [u, v] = [x / unit, y / unit];
    const border = Math.min(u, v, 64 - u, 64 - v);
    if (border < 2) return [242, 230, 200];
    if (border < 2.6) return [40, 40, 60];
    if (u > 55 && u < 59.5 && v > 5 && v < 14) {
      const cut = Math.abs(((v - 5) % 3) - 1.5) < 0.5 && u > 56 && u < 58.5;
      return cut ? [244, 226, 196] : [190, 36, 32];
    }
    const fibre = (grain(Math.floor(x / 6), y, 5) - 0.5) * 14;
    const ink = nearest(old, woodblock);
    const outlined = blend(ink, [26, 30, 56], step(0.16, 0.34, lines[at]!));
    return [outlined[0] + fibre, outlined[1] + fibre, outlined[2] + fibre];
  });
}

/** White lines and a fine grid on blue. */
export function blueprint(image: Image): Image {
  const { side } = image;
  const lines = blur(colourEdges(image), side, 0);
  const light = brightness(image);
  const [fine, coarse] = [Math.round(side / 16), Math.round(side / 4)];
  return mapPixels(image, (_, at, x, y) => {
    const paper: Rgb = [18, 62 + 10 * light[at]!, 148 + 14 * light[at]!];
    const grid =
      x % coarse === 0 || y % coarse === 0 ? 0.32 : x % fine === 0 || y % fine === 0 ? 0.13 : 0;
    return blend(paper, [240, 248, 255], Math.max(grid, step(0.06, 0.26, lines[at]!)));
  });
}
