/**
 * @file Token shift: part of each state is replaced by that of the state before, or, of a cell, by those above and left
 * of it.
 */
import type { Tensor } from "@dalle-ts/tensor";
import type { AxialTransformerConfig } from "./config.js";

/** x: [N, S, d], the start, all text states and at least one cell → [N, S, d] */
export function shiftTokens<T extends Tensor<T>>(config: AxialTransformerConfig, x: T): T {
  const { textStates, gridSide } = config;
  const first = 1 + textStates;
  const quarter = shiftedChannels(config);
  const image = x.slice(1, first);
  const above = later(image.slice(2, 0, quarter), gridSide);
  const left = later(image.slice(2, quarter, 2 * quarter), 1).mul(notFirstColumn(image, gridSide));
  const cells = above.concat([left, image.slice(2, 2 * quarter)], 2);
  return shiftText(config, x.slice(1, 0, first)).concat([cells], 1);
}

/** Channels that a cell takes from the one above, and as many from the one to the left. */
export function shiftedChannels({ width }: AxialTransformerConfig): number {
  return Math.ceil(width / 4);
}

/** The same of a caption's states alone. text: [N, T + 1, d] → [N, T + 1, d] */
export function shiftText<T extends Tensor<T>>({ width }: AxialTransformerConfig, text: T): T {
  const half = Math.ceil(width / 2);
  return later(text.slice(2, 0, half), 1).concat([text.slice(2, half)], 2);
}

/** The same of one cell. cell: [N, 1, d]; above, left: the channels of those cells, [N, 1, c] each, zeros where there is none. */
export function shiftCell<T extends Tensor<T>>(
  config: AxialTransformerConfig,
  cell: T,
  above: T,
  left: T,
): T {
  return above.concat([left, cell.slice(2, 2 * shiftedChannels(config))], 2);
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
