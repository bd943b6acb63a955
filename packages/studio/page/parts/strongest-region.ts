/** @file In words, where in a picture numbers are largest: what a heat map says to those who do not see it. */

const vertical = ["upper", "middle", "lower"] as const;
const horizontal = ["left", "middle", "right"] as const;

/** "the upper left": the ninth of the grid with the largest mean. `values`: rows × columns, in raster order. */
export function strongestRegion(
  values: readonly number[] | Float32Array,
  rows: number,
  columns: number,
): string {
  const sums = new Array<number>(9).fill(0);
  const counts = new Array<number>(9).fill(0);
  for (const [index, value] of values.entries()) {
    const third = (place: number, size: number) => Math.floor((3 * place) / size);
    const region = 3 * third(Math.floor(index / columns), rows) + third(index % columns, columns);
    sums[region]! += value;
    counts[region]!++;
  }
  const means = sums.map((sum, region) => sum / Math.max(1, counts[region]!));
  const strongest = means.indexOf(Math.max(...means));
  const [row, column] = [vertical[Math.floor(strongest / 3)]!, horizontal[strongest % 3]!];
  return row === column ? "the middle" : `the ${row} ${column}`;
}
