/**
 * @file What each state of DALLE-pytorch's transformer sees [SPEC §7.2, §7.9]: a caption's states and their start see
 * themselves and all before; cells see the whole caption, and of the picture what the layer's mask says.
 */

export const axialMasks = ["full", "row", "column", "convolution", "centredConvolution"] as const;

/**
 * Before release 1.5 the convolutional square was centred on the querying cell; since then that cell is its
 * bottom-right corner.
 */
export type AxialMask = (typeof axialMasks)[number];

/** Side of the convolutional square; no file tells it. */
const kernel = 5;

/** Whether a state sees another; both count from the start. */
export function axialSees(
  mask: AxialMask,
  state: number,
  seen: number,
  { textStates, gridSide }: { readonly textStates: number; readonly gridSide: number },
): boolean {
  if (seen > state) return false;
  const first = 1 + textStates;
  if (seen < first || mask === "full") return true;
  const place = (each: number) => {
    const cell = each - first;
    return { row: Math.floor(cell / gridSide), column: cell % gridSide };
  };
  const [query, key] = [place(state), place(seen)];
  if (mask === "row") return key.row === query.row;
  if (mask === "column") return key.column === query.column;
  const [up, left] = [query.row - key.row, query.column - key.column];
  if (mask === "convolution") return left >= 0 && left < kernel && up < kernel;
  const half = (kernel - 1) / 2;
  return Math.abs(left) <= half && up <= half;
}
