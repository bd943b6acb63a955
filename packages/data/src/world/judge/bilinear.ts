/** @file A value between the middles of four pixels. */

/** x, y: 0 in the middle of the first pixel; at: the value of a pixel; what is outside is for the caller to say. */
export function bilinear(
  x: number,
  y: number,
  at: (column: number, row: number) => number,
): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - column, y - row];
  const above = at(column, row) * (1 - right) + at(column + 1, row) * right;
  const below = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right;
  return above * (1 - down) + below * down;
}
