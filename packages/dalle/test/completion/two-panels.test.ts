import { expect, test } from "vitest";
import { twoPanels } from "../../src/completion/two-panels.js";

/** 4 × 4: grey levels 0, 10, … 150 in reading order. */
const image = {
  width: 4,
  height: 4,
  pixels: Uint8Array.from({ length: 48 }, (_, index) => 10 * Math.floor(index / 3)),
};

test("the picture lies half as large in the middle of the upper half, its edges go on", () => {
  const { width, height, pixels } = twoPanels(image, 4);
  expect([width, height]).toEqual([4, 4]);
  const greys = [...pixels].filter((_, index) => index % 3 === 0);
  // Means of 2 × 2 pixels are 25 and 45, 105 and 125.
  expect(greys).toEqual([
    ...[25, 25, 45, 45],
    ...[105, 105, 125, 125],
    ...[105, 105, 125, 125],
    ...[105, 105, 125, 125],
  ]);
});

test("refuses a picture of another size", () => {
  expect(() => twoPanels(image, 8)).toThrow("image: expected 8 × 8 pixels, got 4 × 4");
});
