import { expect, test } from "vitest";
import { enlarge } from "../../src/images/enlarge.js";

const image = { width: 2, height: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };

test("each pixel becomes a square of its colour", () => {
  const row = [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6];
  const { width, height, pixels } = enlarge(image, 2);
  expect([width, height, ...pixels]).toEqual([4, 2, ...row, ...row]);
});

test("refuses a picture that no memory holds, and what is no picture", () => {
  expect(() => enlarge(image, 1e6)).toThrow(
    "scale: expected at most 100 million pixels to come of it, got 1000000",
  );
  expect(() => enlarge(image, 1.5)).toThrow("scale: expected an integer ≥ 1, got 1.5");
  expect(() => enlarge(null as never, 2)).toThrow("image: expected a picture: width, height and");
});
