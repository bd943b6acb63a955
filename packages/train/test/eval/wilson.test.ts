/** @file Wilson's interval against published values and its own limits. */
import { wilson } from "@dalle-ts/train";
import { expect, test } from "vitest";

// Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
test.each([
  { right: 81, count: 263, low: 0.2553, high: 0.3662 },
  { right: 15, count: 148, low: 0.0624, high: 0.1605 },
  { right: 0, count: 20, low: 0, high: 0.1611 },
  { right: 1, count: 29, low: 0.0061, high: 0.1718 },
])("$right of $count is known to [$low, $high]", ({ right, count, low, high }) => {
  const found = wilson(right, count);
  expect(found.share).toBe(right / count);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

test("right and wrong mirror each other, and all right reaches 1", () => {
  const [right, wrong] = [wilson(170, 200), wilson(30, 200)];
  expect(right.low).toBeCloseTo(1 - wrong.high, 12);
  expect(wilson(20, 20).high).toBe(1);
});

test("nothing tried is nothing known", () => {
  expect(wilson(0, 0)).toEqual({ right: 0, count: 0, share: Number.NaN, low: 0, high: 1 });
});
