/**
 * @file Another size for a square picture: bicubic, over as many pixels as one new pixel covers where it shrinks, rounded to
 * bytes after rows and after columns. This is how Pillow resizes, and so what CLIP was trained to see.
 */
import type { DalleImage } from "./image.js";

/** Of the cubic, between the ringing of −1 and the blur of 0. */
const SHARPNESS = -0.5;

/** → a picture of size × size pixels; the picture itself if it has that size. */
export function resizeSquare(image: DalleImage, size: number): DalleImage {
  if (image.width === size && image.height === size) return image;
  const narrowed = resizeRows(image, size);
  return turned(resizeRows(turned(narrowed), size));
}

/** Every row becomes `width` pixels long. */
function resizeRows({ width: from, height, pixels }: DalleImage, width: number): DalleImage {
  const result = new Uint8Array(3 * width * height);
  for (const [column, { first, weights }] of sources(from, width).entries())
    for (let row = 0; row < height; row++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (const [place, weight] of weights.entries())
          sum += weight * pixels[3 * (row * from + first + place) + channel]!;
        result[3 * (row * width + column) + channel] = Math.min(255, Math.max(0, Math.round(sum)));
      }
  return { width, height, pixels: result };
}

/** For each new pixel the old ones that it is made of, and their weights, which add up to 1. */
function sources(from: number, to: number) {
  const ratio = from / to;
  const scale = Math.max(1, ratio);
  const reach = 2 * scale;
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * ratio;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    const raw = Array.from({ length: end - first }, (_, place) =>
      cubic((first + place + 0.5 - centre) / scale),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: raw.map((weight) => weight / total) };
  });
}

function cubic(offset: number): number {
  const x = Math.abs(offset);
  if (x < 1) return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * SHARPNESS : 0;
}

/** Rows become columns. */
function turned({ width, height, pixels }: DalleImage): DalleImage {
  const result = new Uint8Array(pixels.length);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [from, to] = [3 * (row * width + column), 3 * (column * height + row)];
      for (let channel = 0; channel < 3; channel++) result[to + channel] = pixels[from + channel]!;
    }
  return { width: height, height: width, pixels: result };
}
