/**
 * @file Resizing by areas, as both listings of the paper do it (TensorFlow's AREA with align_corners): each new pixel is the
 * mean of the old ones that its square covers, in proportion to the covered part; the result is rounded to bytes.
 */
import type { RgbImage } from "./rgb-image.js";

/** What one new row or column covers of the old ones: `weights[k]` of old line `first + k`. Weights sum to 1. */
interface Cover {
  readonly first: number;
  readonly weights: readonly number[];
}

/** A square picture to side × side. */
export function areaResize(image: RgbImage, side: number): RgbImage {
  if (image.width === side && image.height === side) return image;
  const across = covers(image.width, side);
  const down = covers(image.height, side);
  const pixels = new Uint8Array(side * side * 3);
  // Columns first, one old row at a time, each added to the new rows that it is a part of.
  const sums = new Float64Array(side * side * 3);
  const line = new Float64Array(side * 3);
  for (const [y, { first, weights }] of down.entries()) {
    for (const [offset, weight] of weights.entries()) {
      squeeze(image, first + offset, across, line);
      for (let index = 0; index < line.length; index++) {
        sums[y * line.length + index]! += weight * line[index]!;
      }
    }
  }
  // Half to even, as `rint` rounds in the listings; sums of bytes carry rounding errors of their own.
  for (let index = 0; index < pixels.length; index++) pixels[index] = halfToEven(sums[index]!);
  return { width: side, height: side, pixels };
}

/** One old row at the new width. */
function squeeze(
  { width, pixels }: RgbImage,
  row: number,
  across: readonly Cover[],
  line: Float64Array,
): void {
  for (let x = 0; x < across.length; x++) {
    const { first, weights } = across[x]!;
    let [red, green, blue] = [0, 0, 0];
    for (let offset = 0; offset < weights.length; offset++) {
      const weight = weights[offset]!;
      const at = (row * width + first + offset) * 3;
      red += weight * pixels[at]!;
      green += weight * pixels[at + 1]!;
      blue += weight * pixels[at + 2]!;
    }
    line[3 * x] = red;
    line[3 * x + 1] = green;
    line[3 * x + 2] = blue;
  }
}

/**
 * With corners aligned, new line i covers [i · scale, (i + 1) · scale] where scale = (old − 1) / (new − 1), as far as
 * there are lines.
 */
export function covers(before: number, after: number): Cover[] {
  const scale = after > 1 ? (before - 1) / (after - 1) : before;
  return Array.from({ length: after }, (_, line) => {
    const low = line * scale;
    const high = (line + 1) * scale;
    const first = Math.min(Math.floor(low), before - 1);
    const end = Math.min(Math.max(Math.ceil(high), first + 1), before);
    const parts = Array.from({ length: end - first }, (_, offset) => {
      const old = first + offset;
      return Math.max(0, Math.min(high, old + 1) - Math.max(low, old));
    });
    const sum = parts.reduce((total, part) => total + part, 0);
    return { first, weights: sum > 0 ? parts.map((part) => part / sum) : [1] };
  });
}

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (Math.abs(rest - 0.5) < 1e-9) return floor + (floor % 2);
  return Math.round(value);
}
