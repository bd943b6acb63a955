/** @file The mean colour and the spread of every square of a picture, by running sums. */
import type { Image } from "./raster.js";

export interface Squares {
  /** Squares to a side: those that reach over the border are cut off there. */
  readonly across: number;
  /** Three numbers a square, row by row; the first square has the picture's first pixel as its last. */
  readonly means: Float32Array;
  /** Variance of the colours in the square, the three channels' added up. */
  readonly spreads: Float32Array;
}

/** Of squares of `reach` + 1 pixels to a side. */
export function squaresOf({ side, pixels }: Image, reach: number): Squares {
  const across = side + reach;
  const means = new Float32Array(across * across * 3);
  const spreads = new Float32Array(across * across);
  // Sums down the columns of one row of squares: red, green, blue, and their squares together.
  const columns = new Int32Array(side * 4);
  const addRow = (row: number, sign: 1 | -1) => {
    for (let from = row * side * 3, to = 0; to < columns.length; from += 3, to += 4) {
      const [red, green, blue] = [pixels[from]!, pixels[from + 1]!, pixels[from + 2]!];
      columns[to]! += sign * red;
      columns[to + 1]! += sign * green;
      columns[to + 2]! += sign * blue;
      columns[to + 3]! += sign * (red * red + green * green + blue * blue);
    }
  };
  for (let y = 0, at = 0; y < across; y++) {
    if (y < side) addRow(y, 1);
    if (y > reach) addRow(y - reach - 1, -1);
    const tall = Math.min(y, side - 1) - Math.max(0, y - reach) + 1;
    let [red, green, blue, power] = [0, 0, 0, 0];
    for (let x = 0; x < across; x++, at++) {
      if (x < side) {
        red += columns[x * 4]!;
        green += columns[x * 4 + 1]!;
        blue += columns[x * 4 + 2]!;
        power += columns[x * 4 + 3]!;
      }
      if (x > reach) {
        const left = (x - reach - 1) * 4;
        red -= columns[left]!;
        green -= columns[left + 1]!;
        blue -= columns[left + 2]!;
        power -= columns[left + 3]!;
      }
      const share = 1 / (tall * (Math.min(x, side - 1) - Math.max(0, x - reach) + 1));
      const [meanRed, meanGreen, meanBlue] = [red * share, green * share, blue * share];
      means[at * 3] = meanRed;
      means[at * 3 + 1] = meanGreen;
      means[at * 3 + 2] = meanBlue;
      spreads[at] =
        power * share - (meanRed * meanRed + meanGreen * meanGreen + meanBlue * meanBlue);
    }
  }
  return { across, means, spreads };
}
