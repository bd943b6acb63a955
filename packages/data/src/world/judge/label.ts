/**
 * @file Which of the eleven colours each pixel has, and in which tone. A pixel belongs to the ramp it is
 * nearest to, unless its backdrop is nearer.
 */
import { type Colour, colours, ramps } from "../palette.js";
import { type Picture, side } from "./picture.js";

/** Label of a pixel that shows the backdrop. */
export const backdropLabel = -1;
/** Nearer than this to its backdrop a pixel is backdrop: three channels of noise, and its estimate's error. */
const backdropReach = 22;

/** A pixel's place on a ramp. */
export interface Projection {
  /** RGB distance from the ramp. */
  distance: number;
  /** −1 dark, 0 base, 1 light. */
  tone: number;
}

/** The point of `colour`'s ramp nearest to pixel `at`; written to `result`, as this runs for every pixel. */
export function project(colour: Colour, rgb: Float32Array, at: number, result: Projection): void {
  const [dark, base, light] = ramps[colour];
  const r = rgb[at * 3]! - base[0];
  const g = rgb[at * 3 + 1]! - base[1];
  const b = rgb[at * 3 + 2]! - base[2];
  let least = Infinity;
  for (let sign = -1; sign <= 1; sign += 2) {
    const end = sign < 0 ? dark : light;
    const dr = end[0] - base[0];
    const dg = end[1] - base[1];
    const db = end[2] - base[2];
    const share = Math.max(
      0,
      Math.min(1, (r * dr + g * dg + b * db) / (dr * dr + dg * dg + db * db)),
    );
    const square = (r - share * dr) ** 2 + (g - share * dg) ** 2 + (b - share * db) ** 2;
    if (square < least) {
      least = square;
      result.tone = sign * share;
    }
  }
  result.distance = Math.sqrt(least);
}

/** 64 × 64: the index in `among` of each pixel's colour, or `backdropLabel`. */
export function label(picture: Picture, among: readonly Colour[] = colours): Int8Array {
  const labels = new Int8Array(side * side).fill(backdropLabel);
  const projection: Projection = { distance: 0, tone: 0 };
  for (let at = 0; at < labels.length; at++) {
    let nearest = picture.apart[at]!;
    if (nearest < backdropReach) continue;
    for (let index = 0; index < among.length; index++) {
      project(among[index]!, picture.rgb, at, projection);
      if (projection.distance < nearest) {
        nearest = projection.distance;
        labels[at] = index;
      }
    }
  }
  return labels;
}

/** 64 × 64 ones and zeros: pixels whose eight neighbours all have the label `index` as well. */
export function core(labels: Int8Array, index: number): Uint8Array {
  const inner = new Uint8Array(side * side);
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      let all = 1;
      for (let dy = -1; dy <= 1 && all; dy++) {
        for (let dx = -1; dx <= 1; dx++) if (labels[(y + dy) * side + x + dx] !== index) all = 0;
      }
      inner[y * side + x] = all;
    }
  }
  return inner;
}
