/** @file What attention hides. */
import { expect, test } from "vitest";
import { MASKED } from "../src/attention.js";

test("a masked score loses every softmax weight in fp32", () => {
  expect(Math.fround(Math.exp(MASKED + 1000))).toBe(0);
});
