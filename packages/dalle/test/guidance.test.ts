/** @file Guidance that changes along a picture. */
import { expect, test } from "vitest";
import { checkGuidance, type Guidance, guidanceAt, isGuided } from "../src/guidance.js";

test("one number is the scale of all codes, two are those of the first and of the last", () => {
  expect([0, 0.25, 1].map((place) => guidanceAt(2, place))).toEqual([2, 2, 2]);
  expect([0, 0.25, 1].map((place) => guidanceAt([3, 1], place))).toEqual([3, 2.5, 1]);
});

test("an empty caption runs beside where any code is guided", () => {
  const isAny = ([undefined, 1, [1, 1], 2, [3, 1], [1, 3]] as const).map((each) => isGuided(each));
  expect(isAny).toEqual([false, false, false, true, true, true]);
});

test.each([
  [Number.NaN],
  ["2"],
  [null],
  [[3]],
  [[3, 2, 1]],
  [[3, Number.NaN]],
  [1001],
])("refuses %j", (guidance) => {
  expect(() => checkGuidance(guidance as unknown as Guidance)).toThrow(
    "guidance: expected a number in [-1000, 1000], or two, of the first code and the last, got",
  );
});
