/** @file The parts of DALLE-pytorch's transformer, each against its definition. */
import { tensor } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import type { AxialTransformerConfig } from "../../src/axial-transformer/config.js";
import { largest } from "../../src/axial-transformer/largest.js";
import { type AxialMask, axialSees } from "../../src/axial-transformer/masks.js";
import { rotate } from "../../src/axial-transformer/rotary.js";
import { shiftTokens } from "../../src/axial-transformer/token-shift.js";
import { checkAxialTransformerConfig } from "../../src/index.js";

const config: AxialTransformerConfig = {
  width: 4,
  heads: 1,
  headSize: 3,
  feedForward: 4,
  textVocabulary: 9,
  textStates: 1,
  imageCodes: 7,
  gridSide: 8,
  masks: ["full"],
  rotary: 2,
  tokenShift: true,
  sandwichNorms: false,
  reversible: false,
  stable: false,
};

const numbers = (count: number) => Float32Array.from({ length: count }, (_, index) => index + 1);

test("the masks of cells", () => {
  const cell = (row: number, column: number) => 2 + row * 8 + column;
  const seen = (mask: AxialMask, row: number, column: number) =>
    axialSees(mask, cell(5, 5), cell(row, column), config);
  expect(["row", "column", "full", "convolution"].map((mask) => seen(mask as AxialMask, 5, 6))) //
    .toEqual([false, false, false, false]);
  expect([seen("row", 5, 0), seen("row", 4, 5)]).toEqual([true, false]);
  expect([seen("column", 0, 5), seen("column", 5, 4)]).toEqual([true, false]);
  expect([seen("convolution", 1, 1), seen("convolution", 1, 0), seen("convolution", 0, 1)]) //
    .toEqual([true, false, false]);
  expect(seen("convolution", 4, 6)).toBe(false);
  expect([seen("centredConvolution", 3, 7), seen("centredConvolution", 2, 5)]) //
    .toEqual([true, false]);
  for (const mask of ["row", "column", "convolution", "centredConvolution"] as const)
    expect([axialSees(mask, cell(5, 5), 1, config), axialSees(mask, 0, 1, config)]) //
      .toEqual([true, false]);
});

test("a state takes half of the one before, a cell a quarter of those above and left", () => {
  const small = { ...config, gridSide: 2 };
  // Start, one text state, and three of four cells.
  const shifted = shiftTokens(small, tensor(numbers(20), [1, 5, 4], "f32"));
  expect([...shifted.toArray()]).toEqual([
    ...[0, 0, 3, 4],
    ...[1, 2, 7, 8],
    ...[0, 0, 11, 12],
    ...[0, 10, 15, 16],
    ...[9, 0, 19, 20],
  ]);
});

test("pairs of dimensions turn, the others stay", () => {
  const half = Float32Array.of(0, 0, -1, -1);
  const angles = {
    cosine: tensor(half, [2, 2], "f32"),
    sine: tensor(Float32Array.of(1, 1, 0, 0), [2, 2], "f32"),
  };
  const turned = rotate(angles, config, tensor(numbers(6), [1, 1, 2, 3], "f32"));
  expect([...turned.toArray()]).toEqual([-2, 1, 3, -4, -5, 6]);
});

test.each([1, 2, 5, 8])("the largest of %d numbers", (count) => {
  const values = Float32Array.from({ length: 2 * count }, (_, index) => -((index * 7) % 11) - 1);
  const rows = [values.subarray(0, count), values.subarray(count)];
  const found = largest(tensor(values, [2, count], "f32"));
  expect(found.shape).toEqual([2, 1]);
  expect([...found.toArray()]).toEqual(rows.map((row) => Math.max(...row)));
});

test("impossible dimensions are refused by name", () => {
  expect(() => checkAxialTransformerConfig({ ...config, rotary: 3 })).toThrow(/rotary/);
  expect(() => checkAxialTransformerConfig({ ...config, gridSide: 2.5 })).toThrow(/gridSide/);
  expect(() => checkAxialTransformerConfig({ ...config, masks: [] })).toThrow(/masks/);
});
