/**
 * @file A picture as the judges see it: reduced to 64 × 64, with the colour of its backdrop in every row and
 * each pixel's distance from it. Knows no family.
 */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { canvas } from "../paint/raster.js";

/** Side of the picture that judges look at, in pixels; one pixel is one canvas unit. */
export const side = canvas;

export interface Picture {
  /** 64 × 64 × 3, 0–255: height, width, RGB. */
  readonly rgb: Float32Array;
  /** 64 × 3: the backdrop's colour in each row, shadows apart. */
  readonly rows: Float32Array;
  /** 64 × 64: RGB distance of each pixel from its row's backdrop, lit or in shadow. */
  readonly apart: Float32Array;
}

/** How far a painted shadow darkens the backdrop at most, and noise brightens it. */
const shade = { darkest: 0.72, brightest: 1.03 } as const;
/** Columns at each side of the picture that show the backdrop. */
const border = 3;

/** `pixels`: size × size × 3 bytes, size a multiple of 64. Averages blocks of pixels. */
export function lookAt(pixels: Uint8Array, size: number): Picture {
  if (!Number.isInteger(size) || size < side || size % side !== 0) {
    throw badOption("size", "a multiple of 64, as judges look at 64 × 64 pixels", size);
  }
  if (pixels.length !== size * size * 3) {
    throw new DalleError(
      "bad_shape",
      `pixels: expected ${size} × ${size} × 3 = ${size * size * 3} bytes, got ${pixels.length}; pass RGB without alpha`,
    );
  }
  const rgb = reduce(pixels, size);
  const rows = backdropRows(rgb);
  return { rgb, rows, apart: distances(rgb, rows) };
}

function reduce(pixels: Uint8Array, size: number): Float32Array {
  const factor = size / side;
  const sums = new Float32Array(side * side * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const to = (Math.floor(y / factor) * side + Math.floor(x / factor)) * 3;
      const from = (y * size + x) * 3;
      for (let channel = 0; channel < 3; channel++) sums[to + channel]! += pixels[from + channel]!;
    }
  }
  return sums.map((sum) => sum / factor ** 2);
}

/** Per row and channel the mean of the brighter border: a shadow may reach one of the two. */
function backdropRows(rgb: Float32Array): Float32Array {
  const rows = new Float32Array(side * 3);
  for (let y = 0; y < side; y++) {
    const left = meanOf(rgb, y, 0);
    const right = meanOf(rgb, y, side - border);
    const brighter = left[0] + left[1] + left[2] > right[0] + right[1] + right[2] ? left : right;
    const similar = Math.abs(left[0] + left[1] + left[2] - right[0] - right[1] - right[2]) < 20;
    for (const channel of [0, 1, 2] as const) {
      rows[y * 3 + channel] = similar ? (left[channel] + right[channel]) / 2 : brighter[channel];
    }
  }
  return rows;
}

function meanOf(rgb: Float32Array, y: number, from: number): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let x = from; x < from + border; x++) {
    for (const channel of [0, 1, 2] as const)
      sum[channel] += rgb[(y * side + x) * 3 + channel]! / border;
  }
  return sum;
}

function distances(rgb: Float32Array, rows: Float32Array): Float32Array {
  const apart = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const [r, g, b] = [rows[y * 3]!, rows[y * 3 + 1]!, rows[y * 3 + 2]!];
    const norm = r * r + g * g + b * b + 1e-6;
    for (let x = 0; x < side; x++) {
      const at = y * side + x;
      const [pr, pg, pb] = [rgb[at * 3]!, rgb[at * 3 + 1]!, rgb[at * 3 + 2]!];
      const along = (pr * r + pg * g + pb * b) / norm;
      const share = Math.max(shade.darkest, Math.min(shade.brightest, along));
      apart[at] = Math.hypot(pr - share * r, pg - share * g, pb - share * b);
    }
  }
  return apart;
}
