/** @file Means over squares of 2 · radius + 1 pixels, by running sums: along the rows, then down the columns. */
import type { Image, Plane } from "./raster.js";

/** Outside, the picture goes on as at its border. */
export function blur(plane: Plane, side: number, radius: number): Plane {
  const last = side - 1;
  const share = 1 / (2 * radius + 1);
  const rows = new Float32Array(plane.length);
  for (let row = 0; row < plane.length; row += side) {
    let sum = plane[row]! * (radius + 1);
    for (let x = 1; x <= radius; x++) sum += plane[row + Math.min(last, x)]!;
    for (let x = 0; x < side; x++) {
      rows[row + x] = sum * share;
      sum += plane[row + Math.min(last, x + radius + 1)]! - plane[row + Math.max(0, x - radius)]!;
    }
  }
  const result = new Float32Array(plane.length);
  const sums = new Float64Array(side);
  for (let y = -radius; y <= radius; y++) {
    const row = Math.max(0, Math.min(last, y)) * side;
    for (let x = 0; x < side; x++) sums[x]! += rows[row + x]!;
  }
  for (let y = 0; y < side; y++) {
    const entering = Math.min(last, y + radius + 1) * side;
    const leaving = Math.max(0, y - radius) * side;
    for (let x = 0; x < side; x++) {
      result[y * side + x] = sums[x]! * share;
      sums[x]! += rows[entering + x]! - rows[leaving + x]!;
    }
  }
  return result;
}

export function blurImage({ side, pixels }: Image, radius: number): Image {
  return { side, pixels: blurBytes(pixels, side, 3, radius) };
}

/** As `blur`, of side × side × `channels` bytes. */
export function blurBytes(
  pixels: Uint8Array,
  side: number,
  channels: number,
  radius: number,
): Uint8Array {
  const stride = side * channels;
  const last = stride - channels;
  const rows = new Int32Array(pixels.length);
  const reach = radius * channels;
  for (let row = 0; row < pixels.length; row += stride) {
    for (let channel = 0; channel < channels; channel++) {
      const start = row + channel;
      let sum = pixels[start]! * (radius + 1);
      for (let x = channels; x <= reach; x += channels) sum += pixels[start + Math.min(last, x)]!;
      for (let x = 0; x < stride; x += channels) {
        rows[start + x] = sum;
        const entering = Math.min(last, x + reach + channels);
        sum += pixels[start + entering]! - pixels[start + Math.max(0, x - reach)]!;
      }
    }
  }
  const result = new Uint8Array(pixels.length);
  const sums = new Int32Array(stride);
  const share = 1 / (2 * radius + 1) ** 2;
  for (let y = -radius; y <= radius; y++) {
    const row = Math.max(0, Math.min(side - 1, y)) * stride;
    for (let x = 0; x < stride; x++) sums[x]! += rows[row + x]!;
  }
  for (let y = 0; y < side; y++) {
    const entering = Math.min(side - 1, y + radius + 1) * stride;
    const leaving = Math.max(0, y - radius) * stride;
    for (let x = 0; x < stride; x++) {
      result[y * stride + x] = sums[x]! * share + 0.5;
      sums[x]! += rows[entering + x]! - rows[leaving + x]!;
    }
  }
  return result;
}
