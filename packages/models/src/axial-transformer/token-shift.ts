/** @file Token shift: part of each state is replaced by that of the state before, or, of a cell, by those above and left of it. */
import type { Tensor } from "@dalle-ts/tensor";
import type { AxialTransformerConfig } from "./config.js";

/** x: [N, S, d], the start, all text states and at least one cell → [N, S, d] */
export function shiftTokens<T extends Tensor<T>>(
  { textStates, gridSide, width }: AxialTransformerConfig,
  x: T,
): T {
  const first = 1 + textStates;
  const [half, quarter] = [Math.ceil(width / 2), Math.ceil(width / 4)];
  const text = x.slice(1, 0, first);
  const image = x.slice(1, first);
  const above = later(image.slice(2, 0, quarter), gridSide);
  const left = later(image.slice(2, quarter, 2 * quarter), 1).mul(notFirstColumn(image, gridSide));
  return later(text.slice(2, 0, half), 1)
    .concat([text.slice(2, half)], 2)
    .concat([above.concat([left, image.slice(2, 2 * quarter)], 2)], 1);
}

/** Every state takes the place `by` states later; zeros come first. [N, S, c] → [N, S, c] */
function later<T extends Tensor<T>>(x: T, by: number): T {
  const states = x.shape[1]!;
  const zeros = x.slice(1, 0, Math.min(by, states)).mul(0);
  return by < states ? zeros.concat([x.slice(1, 0, states - by)], 1) : zeros;
}

/** [cells, 1]: 0 for cells that have none left of them. */
function notFirstColumn<T extends Tensor<T>>(image: T, gridSide: number): T {
  const cells = image.shape[1]!;
  const values = Float32Array.from({ length: cells }, (_, cell) => (cell % gridSide ? 1 : 0));
  return image.constant(values, [cells, 1], "f32");
}
