/** @file Pixel art: about 42 × 42 squares with few tones each channel. */
import { greyOf, type Image, imageOf, newPixels } from "./raster.js";

const tones = 8;
const snap = (value: number) => (Math.round((value / 255) * (tones - 1)) * 255) / (tones - 1);

export function pixelArt(image: Image): Image {
  const { side } = image;
  const cell = Math.max(1, Math.round(side / 42));
  const result = newPixels(side);
  for (let top = 0; top < side; top += cell) {
    const bottom = Math.min(side, top + cell);
    for (let left = 0; left < side; left += cell)
      fillSquare(image, result, { left, right: Math.min(side, left + cell), top, bottom });
  }
  return imageOf(side, result);
}

interface Square {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** One colour: the mean of what the picture has there, a little more colourful. */
function fillSquare(
  { side, pixels }: Image,
  result: Uint8ClampedArray,
  { left, right, top, bottom }: Square,
): void {
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * side + left) * 3; at < (y * side + right) * 3; at += 3) {
      red += pixels[at]!;
      green += pixels[at + 1]!;
      blue += pixels[at + 2]!;
    }
  }
  const count = (right - left) * (bottom - top);
  const grey = greyOf(red, green, blue) / count;
  const tone = (sum: number) => snap(grey + (sum / count - grey) * 1.25);
  [red, green, blue] = [tone(red), tone(green), tone(blue)];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * side + left) * 3; at < (y * side + right) * 3; at += 3) {
      result[at] = red;
      result[at + 1] = green;
      result[at + 2] = blue;
    }
  }
}
