/** @file The losses of a card: a panel for each run that logged numbers, and no picture where none did. */
import { expect, test } from "vitest";
import { lossCurveSvg } from "../../src/export/loss-curve.js";

const row = (step: number, loss: number) => ({
  step,
  seconds: step,
  loss,
  gradientNorm: 1,
  learningRate: 1,
  skipped: 0,
});

test("runs without rows are left out, and nothing is drawn of nothing", () => {
  const empty = { title: "unlogged", rows: [], keys: ["loss"] };
  const some = { title: "some", rows: [row(50, 2), row(100, 1)], keys: ["loss"] };
  expect(lossCurveSvg([empty])).toBeUndefined();
  expect(lossCurveSvg([{ ...some, keys: ["other"] }])).toBeUndefined();
  const svg = lossCurveSvg([empty, { ...some, keys: ["loss", "validationLoss"] }])!;
  expect(svg).toContain("some");
  expect(svg).not.toMatch(/unlogged|NaN|Infinity|validationLoss/);
});
