/** @file How a wrong option is told: with its type only where the value does not tell it. */
import { expect, test } from "vitest";
import { badOption } from "../src/index.js";

test.each([
  [0, "0"],
  [Number.NaN, "NaN"],
  [null, "null"],
  [undefined, "undefined"],
  ["5", '"5" (string)'],
  ["", '"" (string)'],
  [5n, "5 (bigint)"],
  ["none", "none"],
  [[5], "[5]"],
  [Array(6).fill(1), "a list of 6"],
  [{ width: 4, height: 2 }, "an object with width, height"],
  [{}, "an object with nothing in it"],
])("%s is shown as %s", (got, shown) => {
  expect(badOption("count", "an integer", got).message).toBe(
    `count: expected an integer, got ${shown}`,
  );
});
