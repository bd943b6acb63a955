import { expect, test } from "vitest";
import { attentionOverlay } from "../../src/explain/attention-overlay.js";

const grid = { rows: 2, columns: 2 };
const white = { width: 8, height: 8, pixels: new Uint8Array(8 * 8 * 3).fill(255) };
const pixelOf = (pixels: Uint8Array, row: number, column: number) => [
  ...pixels.subarray(3 * (row * 8 + column), 3 * (row * 8 + column) + 3),
];

test("the most looked at code is the reddest, and one not looked at is as it was", () => {
  const { pixels } = attentionOverlay(white, grid, Float32Array.of(0, 0, 0.02, 0));
  expect(pixelOf(pixels, 7, 0)).toEqual([230, 55, 47]); // 85 % of (225, 20, 10) over white
  expect(pixelOf(pixels, 0, 7)).toEqual([255, 255, 255]);
});

test("between the middles of codes heat goes over evenly", () => {
  const { pixels } = attentionOverlay(white, grid, Float32Array.of(1, 0, 1, 0));
  const greens = [0, 1, 2, 3, 4, 5, 6, 7].map((column) => pixelOf(pixels, 3, column)[1]!);
  expect(greens).toEqual([55, 55, 80, 130, 180, 230, 255, 255]);
});

test("attention to nothing leaves the picture in greys, also black not quite black", () => {
  const black = { ...white, pixels: new Uint8Array(8 * 8 * 3) };
  const { pixels } = attentionOverlay(black, grid, new Float32Array(4));
  expect(new Set(pixels)).toEqual(new Set([90]));
});

test("refuses attention over another grid, and what is no attention", () => {
  for (const value of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
    expect(() => attentionOverlay(white, grid, Float32Array.of(0, value, 0, 1))).toThrow(
      "attention: expected finite numbers >= 0, got a Float32Array of 16 bytes",
    );
  }
  expect(() => attentionOverlay(white, grid, new Float32Array(3))).toThrow(
    "Attention over 2 × 2 codes has 4 numbers, got 3; pass that of one word.",
  );
});
